"""有据 Youju: answers questions over a folder of Chinese documents with verbatim, cited passages."""
