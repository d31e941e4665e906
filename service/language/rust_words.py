"""A run of Chinese characters in, its words out: jieba's cuts by rjieba, which is compiled and loads its dictionary at once."""

import rjieba

from service.language.dictionary import NOT_LOOKED_UP


class RustWords:
    """Cuts as ``Words`` does. Where the two would differ, at letters, digits and what joins them, runs of Han characters
    have none. The dictionary is the one that rjieba has loaded when it is imported."""

    def cut(self, run: str) -> list[str]:
        """Return the words of a run of Han characters; joined they are the run."""
        return self._cut(run, True)

    def known(self, run: str) -> list[str]:
        """Return the words of a run, single characters where the dictionary has none."""
        return self._cut(run, False)

    def has(self, word: str) -> bool:
        """Return whether the dictionary has a word."""
        found: bool = rjieba.has_word(word)
        return found

    def _cut(self, run: str, guessed: bool) -> list[str]:
        if not NOT_LOOKED_UP.search(run):
            words: list[str] = rjieba.cut(run, guessed)
            return words
        parts = NOT_LOOKED_UP.split(run)
        return [word for part in parts for word in (rjieba.cut(part, guessed) if len(part) != 1 else part)]
