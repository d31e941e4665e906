"""Question sets and an engine in, figures, misses and a comparison with an earlier run out."""
