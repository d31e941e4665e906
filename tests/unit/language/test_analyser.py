"""The analyser: a question and the text that answers it meet in their terms."""

import logging
import marshal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import AnalyserError
from service.language import words as cut
from service.language.analyser import Analyser, Token
from service.language.dictionary import VERSION
from service.language.prepared import keep


@pytest.mark.parametrize(
    ("question", "text", "meet"),
    [
        ("怎么招商", "招商引资取得突破", {"招商"}),  # a word inside a longer one
        ("招商引资做得怎么样", "全年招商引资到位资金18亿元", {"招商引资", "招商", "商引", "引资"}),
        ("GDP是多少", "实现ＧＤＰ增长", {"gdp"}),
        ("2025年的目标", "二〇二五年目标任务", {"2025", "2025年", "目标"}),
        ("增长5.5%", "增长百分之五点五", {"增长", "5.5%"}),
        ("三批短板", "存在3批短板", {"3", "3批", "批短", "短板"}),
        ("領導班子", "领导班子成员", {"领导班子", "领导", "导班", "班子"}),
        ("金蝶湾项目", "金蝶湾一期", {"金蝶", "蝶湾"}),  # a name in no dictionary, by its bigrams
        ("25家", "2025家", set()),
    ],
)
def test_a_question_and_its_text_meet(analyser: Analyser, question: str, text: str, meet: set[str]) -> None:
    assert set(analyser.terms(question)) & set(analyser.terms(text)) == meet


def test_the_tokens_of_a_sentence_are_its_words_their_parts_and_all_bigrams(analyser: Analyser) -> None:
    assert analyser.tokens("开发区招商改革") == [
        Token("开发", 0, 2, word=True, whole=False),
        Token("开发区", 0, 3, word=True, whole=True),
        Token("发区", 1, 3, word=False, whole=False),
        Token("区招", 2, 4, word=False, whole=False),
        Token("招商", 3, 5, word=True, whole=True),
        Token("商改", 4, 6, word=False, whole=False),
        Token("改革", 5, 7, word=True, whole=True),
    ]


def test_a_number_is_a_term_alone_and_with_what_it_counts(analyser: Analyser) -> None:
    assert analyser.tokens("签约32个、covid-19") == [
        Token("签约", 0, 2, word=True, whole=True),
        Token("32", 2, 4, word=True, whole=True),
        Token("32个", 2, 5, word=False, whole=False),
        Token("covid-19", 6, 14, word=True, whole=True),
    ]


def test_a_term_is_given_once_for_each_place(analyser: Analyser) -> None:
    assert analyser.terms("改革、改革、改革") == ["改革"] * 3


@pytest.mark.parametrize("text", ["", " \u3000\n", "。？！，……", "的了吗", "怎么", "什么呢？", "\ud800", "😀"])
def test_what_carries_no_topic_gives_no_terms(analyser: Analyser, text: str) -> None:
    assert analyser.terms(text) == []


def test_no_bigram_bridges_a_particle(analyser: Analyser) -> None:
    assert analyser.terms("项目的成效") == ["项目", "成效"]


def test_what_is_no_text_does_not_hide_the_word_beside_it(analyser: Analyser) -> None:
    assert analyser.tokens("\ud800招商\x00😀") == [Token("招商", 1, 3, word=True, whole=True)]


def test_the_silent_words_are_what_a_question_is_made_of(analyser: Analyser) -> None:
    text = "开发区的招商改革怎么推进呢"
    assert [text[start:end] for start, end in analyser.silent(analyser.cut(text))] == ["的", "怎么", "呢"]


def test_silent_words_stand_where_they_were_written(analyser: Analyser) -> None:
    text = "二〇二五年的目标是什么"
    assert [text[start:end] for start, end in analyser.silent(analyser.cut(text))] == ["的", "是", "什么"]


def test_words_of_one_character_are_told_apart_from_function_words(analyser: Analyser) -> None:
    assert analyser.single_characters(analyser.cut("工资谁来领的")) == ["领"]


def test_pieces_are_words_of_the_dictionary_or_single_characters(analyser: Analyser) -> None:
    # With its guesses jieba would take 环竞 for a name.
    assert analyser.pieces("优化营商环竞，3招") == [
        [("优化", 0, 2), ("营商", 2, 4), ("环", 4, 5), ("竞", 5, 6)],
        [("招", 8, 9)],
    ]


@pytest.mark.parametrize(("term", "word"), [("招商引资", True), ("招上引资", False), ("", False)])
def test_a_word_is_what_the_dictionary_has(analyser: Analyser, term: str, word: bool) -> None:
    assert analyser.is_word(term) is word


@settings(deadline=None)
@given(
    text=st.text(
        st.sampled_from("全县大力推进开发区招商的了二〇五百分之点年个3,5.%ＧＤＰa-+ 。…\ud800😀營"), max_size=40
    )
)
def test_tokens_are_distinct_ordered_spans_of_the_text(analyser: Analyser, text: str) -> None:
    tokens = analyser.tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert len(set(tokens)) == len(tokens)
    assert all(token.word or not token.whole for token in tokens)
    assert not {token.term for token in tokens} & analyser.function_words


def test_an_analyser_that_drops_the_middle_word_is_refused(dictionary: Path) -> None:
    class Deaf(Analyser):
        function_words = frozenset({"招商"})  # type: ignore[assignment]

    with pytest.raises(AnalyserError) as error:
        Deaf(dictionary).load()
    assert str(error.value) == (
        "分词自检没有通过：“全县大力推进开发区招商体制机制改革”中找不到“招商”；"
        "请重新安装 jieba（pip install --force-reinstall jieba）"
    )


def test_a_dictionary_without_the_middle_word_is_refused(tmp_path: Path) -> None:
    # Its bigrams would still be found, so that nobody would notice.
    words = ("开发区招", "商体制")
    parts = {word[:end]: 0 for word in words for end in range(1, len(word))}
    keep(tmp_path, cut.NAME, VERSION, (parts | dict.fromkeys(words, 1000), 2000))
    with pytest.raises(AnalyserError):
        Analyser(tmp_path).load()


@pytest.fixture
def words() -> list[str]:
    return ["开发", "开发区", "招商", "改革"]


def _words(analyser: Analyser) -> list[str]:
    return [token.term for token in analyser.tokens("开发区招商改革") if token.word]


def _turned(raw: bytes, word: str) -> bytes:
    """Return a prepared dictionary in which one bit of how often a word stands has turned."""
    key = marshal.dumps(word)[1:]
    # Behind it stands of which type the number is.
    at = raw.index(key) + len(key) + 1
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[: len(raw) // 2],
        pytest.param(lambda raw: b"", marks=pytest.mark.thorough),
        # marshal reads it without a word.
        lambda raw: _turned(raw, "招商"),
        # What jieba wrote itself.
        pytest.param(lambda raw: raw.partition(b"\n")[2], marks=pytest.mark.thorough),
    ],
)
def test_a_damaged_dictionary_file_is_made_anew_in_silence(
    damage: Callable[[bytes], bytes],
    tmp_path: Path,
    dictionary: Path,
    analyser: Analyser,
    words: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = (dictionary / "jieba.cache").read_bytes()
    damaged = tmp_path / "jieba.cache"
    damaged.write_bytes(damage(whole))
    assert damaged.read_bytes() != whole
    caplog.set_level(logging.DEBUG, logger="jieba")
    mended = Analyser(tmp_path)
    mended.load()
    assert _words(mended) == words
    kept, made = (marshal.loads(raw.partition(b"\n")[2]) for raw in (whole, damaged.read_bytes()))
    assert made == kept
    assert caplog.records == []


def test_a_folder_that_cannot_be_written_is_done_without_in_silence(
    tmp_path: Path, words: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_bytes(b"")
    caplog.set_level(logging.DEBUG, logger="jieba")
    analyser = Analyser(tmp_path / "file" / "folder")
    analyser.load()
    assert _words(analyser) == words
    assert caplog.records == []


def test_the_dictionary_is_kept_in_the_folder_given_and_nothing_else(dictionary: Path, analyser: Analyser) -> None:
    # It is the data folder of other tests, too.
    assert {path.name for path in dictionary.iterdir()} - {"index", "thesaurus.cache"} == {"jieba.cache", "nouns.cache"}


def test_the_fingerprint_changes_with_the_function_words(dictionary: Path, analyser: Analyser) -> None:
    class Deaf(Analyser):
        function_words = frozenset({"招商"})  # type: ignore[assignment]

    assert Analyser(dictionary).fingerprint == analyser.fingerprint
    assert Deaf(dictionary).fingerprint != analyser.fingerprint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("火星上能种菜", ["火星", "种菜"]),  # 上能 is made of function words
        ("2022年林长制", ["2022", "林长制"]),  # not 年林
        ("2022年底完成", ["2022", "年底", "完成"]),
        ("第一名是谁", ["1"]),
        ("引进了哪些项目", ["引进", "项目"]),
        # No dictionary has it, and what stands behind it changes nothing: it is no 助企纾 with a 困有.
        ("助企纾困", ["助企纾困"]),
        ("助企纾困有哪些措施", ["助企纾困", "措施"]),
    ],
)
def test_no_word_is_made_of_characters_that_do_not_belong_together(
    analyser: Analyser, text: str, words: list[str]
) -> None:
    assert [token.term for token in analyser.tokens(text) if token.whole] == words
