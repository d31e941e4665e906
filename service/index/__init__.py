"""Passages' terms in, Hits for a Query out: the protocol, and the engine that is embedded (rank_bm25); runs of classes too."""
