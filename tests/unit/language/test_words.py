"""Words cuts as jieba does."""

import pytest

from service.language.analyser import Analyser
from service.language.words import Words
from service.settings import shipped


def test_words_are_the_cuts_of_jieba_on_every_line_of_the_seeds(analyser: Analyser) -> None:
    tokenizer = analyser._jieba
    words = Words(tokenizer)
    lines = [
        line
        for path in sorted(shipped("seeds").glob("*.txt"))
        for line in "".join(c if "\u3400" <= c <= "\u9fff" else "\n" for c in path.read_text("utf-8")).split()
    ]
    assert len(lines) > 1000
    assert [words.cut(line) for line in lines] == [tokenizer.lcut(line) for line in lines]


@pytest.mark.parametrize(
    "run",
    [
        "",
        "的",
        "龘",
        # Names and coined words, which the model guesses.
        "王小麻说亮晾晒比",
        # Characters that jieba does not look up stand alone, and cut the run.
        "全县㐂抓项目",
        "鿖招商引资",
        # No word itself, but the beginning of some.
        "葡",
        "葡葡萄",
    ],
)
def test_words_are_the_cuts_of_jieba(run: str, analyser: Analyser) -> None:
    assert Words(analyser._jieba).cut(run) == analyser._jieba.lcut(run)


def test_terms_are_those_of_the_tokens(analyser: Analyser) -> None:
    text = "２０２２年林长制改革，哪些项目的成效明显？百分之五点五，A股上能办好名是没立的事；2023年的“三重一大”㐂。"
    assert sorted(analyser.terms(text)) == sorted(token.term for token in analyser.tokens(text))


def test_terms_of_the_seeds_are_those_of_their_tokens(analyser: Analyser) -> None:
    for path in sorted(shipped("seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        assert sorted(analyser.terms(text)) == sorted(token.term for token in analyser.tokens(text))
