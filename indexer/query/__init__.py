from indexer.query import deferred as deferred
