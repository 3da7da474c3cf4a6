"""How well do other engines do on the same files?

Source: the READMEs of the collections, `data/test-collections/README.md` and
`data/reuters-21578/README.md`, section "Measured figures", where the settings are told. The halves of the
Reuters known items are not in them; those rows come from `--peers` (bm25s 0.3.16, SQLite 3.40.1, Tantivy
0.27.0, whoosh3 3.54.0), which gives the READMEs' figures for the whole. Measures are those of
`collections.ADHOC` and `KNOWN_ITEM`, in that order.
"""

ENGINES = (
    "bm25s k1=1.5 b=.75",
    "bm25s k1=0.9 b=.4",
    "sqlite FTS5 porter",
    "Tantivy en_stem",
    "Whoosh stem, BM25F",
)
Row = tuple[float, float, float]

BASELINES: dict[str, tuple[Row, ...]] = {  # in the order of ENGINES
    "cran": (
        (0.3650, 0.3014, 0.7349),
        (0.3433, 0.2796, 0.7221),
        (0.3535, 0.2925, 0.7228),
        (0.3554, 0.2919, 0.7262),
        (0.3507, 0.2922, 0.7312),
    ),
    "cisi": (
        (0.3858, 0.2146, 0.4402),
        (0.3679, 0.2007, 0.4193),
        (0.3143, 0.1734, 0.3969),
        (0.3038, 0.1677, 0.3834),
        (0.2965, 0.1534, 0.3712),
    ),
    "npl": (
        (0.4280, 0.2803, 0.5966),
        (0.4449, 0.2891, 0.6230),
        (0.4317, 0.2824, 0.6050),
        (0.4385, 0.2849, 0.6160),
        (0.4303, 0.2778, 0.5872),
    ),
    "adi": (
        (0.4938, 0.4185, 0.9103),
        (0.4802, 0.4076, 0.9103),
        (0.4855, 0.4085, 0.9831),
        (0.4698, 0.4014, 0.9831),
        (0.4085, 0.3408, 0.8865),
    ),
    "reuters": (
        (0.7354, 0.6400, 0.8933),
        (0.7612, 0.6733, 0.8933),
        (0.7404, 0.6500, 0.8900),
        (0.7538, 0.6667, 0.8967),
        (0.7493, 0.6700, 0.8933),
    ),
    "reuters-even": (
        (0.7327, 0.6467, 0.8733),
        (0.7584, 0.6800, 0.8733),
        (0.7280, 0.6400, 0.8600),
        (0.7420, 0.6600, 0.8733),
        (0.7557, 0.6867, 0.8733),
    ),
    "reuters-odd": (
        (0.7380, 0.6333, 0.9133),
        (0.7641, 0.6667, 0.9133),
        (0.7528, 0.6600, 0.9200),
        (0.7657, 0.6800, 0.9200),
        (0.7660, 0.6733, 0.9333),
    ),
}


def best(collection: str) -> Row:
    """The best figure of any engine, measure by measure: no single engine need have them all."""
    rows = BASELINES[collection]
    return (max(r[0] for r in rows), max(r[1] for r in rows), max(r[2] for r in rows))
