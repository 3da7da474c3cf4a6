"""Search a folder of news with stock Whoosh: the program one would write for oneself."""

from datetime import date

import click
from whoosh import index, qparser
from whoosh.query import NumericRange


@click.command()
@click.argument("folder")
@click.argument("query")
@click.option("--since", help="YYYY-MM-DD")
@click.option("--until", help="YYYY-MM-DD")
def main(folder: str, query: str, since: str | None, until: str | None) -> None:
    """Print the ten best articles."""
    first, last = (date.fromisoformat(day).toordinal() if day else None for day in (since, until))
    limits = NumericRange("day", first, last) if first or last else None
    whoosh = index.open_dir(folder)
    with whoosh.searcher() as searcher:
        results = searcher.search(
            qparser.QueryParser("text", whoosh.schema).parse(query), limit=10, filter=limits
        )
        click.echo(f"{len(results)} articles")
        for hit in results:
            click.echo(
                f"\n{click.style(hit['headline'], bold=True)}\n{date.fromordinal(hit['day'])} {hit['source']}"
            )
            click.echo(hit.highlights("text", top=2))


if __name__ == "__main__":
    main()
