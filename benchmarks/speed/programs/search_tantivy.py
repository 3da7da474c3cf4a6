"""Search a folder of news with Tantivy: the program one would write for oneself."""

from datetime import date

import click
import tantivy


@click.command()
@click.argument("folder")
@click.argument("query")
@click.option("--since", help="YYYY-MM-DD")
@click.option("--until", help="YYYY-MM-DD")
def main(folder: str, query: str, since: str | None, until: str | None) -> None:
    """Print the ten best articles."""
    index = tantivy.Index.open(folder)
    parsed = index.parse_query(query, ["text"], conjunction_by_default=True)
    if since or until:
        first, last = (date.fromisoformat(day).toordinal() if day else None for day in (since, until))
        days = tantivy.Query.range_query(index.schema, "day", tantivy.FieldType.Integer, first, last)
        parsed = tantivy.Query.boolean_query([(tantivy.Occur.Must, parsed), (tantivy.Occur.Must, days)])
    searcher = index.searcher()
    found = searcher.search(parsed, 10, count=True)
    click.echo(f"{found.count} articles")
    snippets = tantivy.SnippetGenerator.create(searcher, parsed, index.schema, "text")
    snippets.set_max_num_chars(300)
    for _, address in found.hits:
        hit = searcher.doc(address)
        click.echo(f"\n{click.style(hit['headline'][0], bold=True)}\n{date.fromordinal(hit['day'][0])}")
        click.echo(f"{hit['source'][0]}\n{snippets.snippet_from_doc(hit).to_html()}")


if __name__ == "__main__":
    main()
