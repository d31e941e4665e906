"""Settings in, answers out: reads the corpus, builds the index, and swaps both at once."""

# A sketch of the names other rooms use; the bodies follow.
