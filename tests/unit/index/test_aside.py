"""Files that are set aside say which of them may hold an id, however many ids each of them has."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.index.aside import Aside
from indexer.index.ledger import Known, Records, SeedFile

names = st.sampled_from([f"own-{number}" for number in range(40)])
hashes = st.integers(0, 40).map("{:016x}".format)
articles = st.one_of(
    st.builds(Known, st.just(1), st.just(1), names, st.just(True), st.none()),
    st.builds(Known, st.just(1), st.just(1), hashes, st.just(False), st.none()),
)
sizes = st.sampled_from([0, 1, 3, 60])


@given(st.lists(sizes.flatmap(lambda size: st.lists(articles, min_size=size, max_size=size)), max_size=4), articles)
def test_the_files_that_hold_an_id_are_found(files: list[list[Known]], wanted: Known) -> None:
    aside = Aside(
        SeedFile(str(number), 1, 1, 1, records=Records(records)) for number, records in enumerate(files)
    )
    expected = {
        str(number)
        for number, records in enumerate(files)
        if any((one.id, one.own_id) == (wanted.id, wanted.own_id) for one in records)
    }
    assert set(aside.holders(wanted.id, wanted.own_id)) == expected
    for path in expected:
        aside.take_back(path)
    assert not aside.holders(wanted.id, wanted.own_id)
