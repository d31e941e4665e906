"""Everything this program raises on purpose, each with when it happens.

YoujuError
├── SettingError        a setting (option or YOUJU_* variable) has a value that cannot be used
├── CorpusError         the documents cannot be served
│   ├── NoCorpus        no folder was named and ./seeds is not there, or a named folder is missing
│   └── UnreadableFile  one file cannot be read; the report names it, and the rest goes on
├── AnalyserError       the analyser failed its own proof at start, so a search would silently miss
├── NotReady            a question came before the first index was built
├── EvalError           a question set or a saved run cannot be read, or a run not be saved
└── Refused             a request cannot be answered as it stands (in web/problems.py, where its answer is made)

The message of each says what, where, and what to do about it; it may be shown to a person.
"""


class YoujuError(Exception):
    """Base of all errors whose message may be shown to a person."""


class SettingError(YoujuError):
    """A setting has a value that cannot be used."""


class CorpusError(YoujuError):
    """The documents cannot be served."""


class NoCorpus(CorpusError):
    """There is no folder of documents."""


class UnreadableFile(CorpusError):
    """One file cannot be read."""


class AnalyserError(YoujuError):
    """The analyser does not find what it indexed."""


class NotReady(YoujuError):
    """The first index is still being built."""


class EvalError(YoujuError):
    """A question set or a saved run cannot be read, or a run not be saved."""
