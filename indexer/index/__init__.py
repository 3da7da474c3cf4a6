"""Which segments exist right now, and how do they come to hold what seeds hold?

Entry points, each imported from its module so that a search does not pay for what only an update needs:

    seeds.SeedFolder(folder, limits)                      the seeds that the functions below take
    schema.fingerprint(settings.fingerprint())            what an index has to be written under
    reader.open_snapshot(directory, fingerprint)          -> Snapshot: one generation, open; see there
    reader.is_current(manifest, stamps, fingerprint)      did nothing change? costs no ledger and no Whoosh
    writer.update(seeds, directory, analyzer, ...)        -> report.UpdateReport
    writer.build(seeds, directory, analyzer, ...)         the same from nothing, beside the old generation
    report.pending(seeds, directory, fingerprint)         what an update would do, without doing it
    check.check(directory)                                every byte compared; what is wrong, a line each
    base.find_base(directory, fingerprint)                the newest whole generation with its ledger

``directory`` is a ``storage.FileDirectory(root / "index_data")``. How a commit survives a power cut is
told in ``commit``; which files there are, in ``manifest``; what is merged when, in ``merge``; where
Whoosh sees it is in ``whoosh_index``.
"""
