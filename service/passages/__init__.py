"""A Document in, its structure and its Passages out: headings, enumerations, sentences, and the spans that are cited."""
