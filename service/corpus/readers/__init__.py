"""A file's bytes in, its text out: one reader per format, chosen by the file's suffix."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from service.corpus.readers import plain
from service.corpus.readers.reading import Reading

Reader = Callable[[bytes], Reading]

READERS: Mapping[str, Reader] = MappingProxyType({".txt": plain.read, ".md": plain.read})

__all__ = ["READERS", "Reader", "Reading"]
