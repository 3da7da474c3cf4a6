"""Search a folder of news with SQLite: the program one would write for oneself."""

import sqlite3
from datetime import date

import click

PAGE = """
select day, headline, source, snippet(news, 0, '[', ']', ' ... ', 48)
from news cross join articles on articles.rowid = news.rowid
where news match ?{limits} order by rank limit 10
"""
COUNT = (
    "select count(*) from news cross join articles on articles.rowid = news.rowid where news match ?{limits}"
)


@click.command()
@click.argument("database")
@click.argument("query")
@click.option("--since", help="YYYY-MM-DD")
@click.option("--until", help="YYYY-MM-DD")
def main(database: str, query: str, since: str | None, until: str | None) -> None:
    """Print the ten best articles."""
    values: list[str | int] = [query]
    limits = ""
    for day, sign in ((since, ">="), (until, "<=")):
        if day:
            limits += f" and day {sign} ?"
            values.append(date.fromisoformat(day).toordinal())
    connection = sqlite3.connect(database)
    (total,) = connection.execute(COUNT.format(limits=limits), values).fetchone()
    click.echo(f"{total} articles")
    for day, headline, source, passage in connection.execute(PAGE.format(limits=limits), values):
        click.echo(f"\n{click.style(headline, bold=True)}\n{date.fromordinal(day)} {source}\n{passage}")


if __name__ == "__main__":
    main()
