"""The passages that the index benchmark makes of texts."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from tests.bench.passages import Sentences, made, packed, sentences_of, words_of, write_passages


def sentences(*documents: Iterable[tuple[int, list[str]]]) -> Sentences:
    """Return documents of sentences, each with how many characters it is said to have."""
    flat = [sentence for document in documents for sentence in document]
    vocabulary = list(dict.fromkeys(word for _, words in flat for word in words))
    return Sentences(
        vocabulary,
        np.array([vocabulary.index(word) for _, words in flat for word in words], np.int32),
        np.cumsum([0, *(len(words) for _, words in flat)]),
        np.array([length for length, _ in flat], np.int32),
        np.cumsum([0, *(len(list(document)) for document in documents)]),
    )


@pytest.mark.parametrize(
    ("lengths", "spans"),
    [
        ([], []),
        ([59], []),
        ([60], [(0, 1)]),
        ([40, 40, 40, 70], [(0, 3), (3, 4)]),
        # 59 and the longest sentence there is are still one passage, 61 and that are two.
        ([59, 240], [(0, 2)]),
        ([61, 240], [(0, 1), (1, 2)]),
        # The short rest of a document is in no passage.
        ([120, 59], [(0, 1)]),
    ],
)
def test_passages_are_whole_sentences_of_60_to_300_characters(lengths: list[int], spans: list[tuple[int, int]]) -> None:
    assert packed(lengths) == spans


def test_sentences_end_at_their_marks_and_lines_and_hold_no_tags() -> None:
    text = "<p>会议强调：“要抓落实。”各地要行动！</p><p>第一条&nbsp;为了规范</p>\n" + "长" * 241 + "。好。"
    assert sentences_of(text) == ["会议强调：“要抓落实。”", "各地要行动！", "第一条\xa0为了规范", "好。"]


def test_words_are_jiebas_without_punctuation() -> None:
    assert words_of("招商引资，增长5%。") == ["招商引资", "增长", "5%"]


def test_documents_stay_whole_and_shuffled_sentences_come_after_all_of_them() -> None:
    first, second = [(60, ["甲"]), (70, ["乙"])], [(60, ["丙"]), (70, ["丁"])]
    found = [words.tolist() for words in made(sentences(first, second), 20, seed=1)]
    assert sorted(found[:2]) == [[0, 1], [2, 3]]
    # Each turn of shuffled sentences is all four, in pairs.
    assert len(found) == 20
    assert all(sorted(found[turn] + found[turn + 1]) == [0, 1, 2, 3] for turn in range(2, 20, 2))
    assert len({tuple(pair) for pair in found}) > 2


def test_the_same_seed_makes_the_same_passages() -> None:
    texts = sentences([(100, [word]) for word in "甲乙丙丁戊己庚辛"])
    several = [[words.tolist() for words in made(texts, 12, seed)] for seed in (1, 1, 2)]
    assert several[0] == several[1] != several[2]


def test_texts_without_a_passage_are_said_to_have_none() -> None:
    with pytest.raises(SystemExit, match="60 characters"):
        list(made(sentences([(10, ["甲"])]), 1, seed=1))


@pytest.mark.parametrize("block", [1, 2, 3, 1000])
def test_passages_are_read_as_they_were_written_whatever_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr("tests.bench.passages._BLOCK", block)
    texts = sentences([(60, ["甲", "乙"])], [(60, ["丙"])], [(60, ["乙", "丁", "甲"])], [(60, [])])
    expected = [[texts.vocabulary[number] for number in words] for words in made(texts, 9, seed=3)]
    written = write_passages(texts, 9, 3, tmp_path)
    assert len(written) == 9
    assert list(written.first(9)) == expected == [written.words_of(passage) for passage in range(9)]
    assert list(written.first(4)) == list(islice(expected, 4))
