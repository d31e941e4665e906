"""A Document in, its structure and its Passages out: headings, items, sentences, and the spans that are cited."""
