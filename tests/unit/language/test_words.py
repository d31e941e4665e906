"""Words cuts as jieba does, and so does rjieba."""

import subprocess
import sys
from pathlib import Path

import jieba
import pytest

from service.errors import SettingError
from service.language import cutter
from service.language.analyser import Analyser
from service.language.words import loaded
from service.settings import shipped


@pytest.fixture
def tokenizer(dictionary: Path) -> jieba.Tokenizer:
    return loaded(dictionary)


@pytest.fixture(params=["jieba", "rjieba"])
def words(request: pytest.FixtureRequest, dictionary: Path) -> cutter.Cutter:
    if request.param == "rjieba":
        pytest.importorskip("rjieba")
    return cutter.made(request.param, dictionary)


@pytest.fixture(scope="module")
def other(dictionary: Path) -> Analyser:
    pytest.importorskip("rjieba")
    analyser = Analyser(dictionary, "rjieba")
    analyser.load()
    return analyser


def test_words_are_the_cuts_of_jieba_on_every_line_of_the_seeds(
    words: cutter.Cutter, tokenizer: jieba.Tokenizer
) -> None:
    lines = [
        line
        for path in sorted(shipped("seeds").glob("*.txt"))
        for line in "".join(c if "\u3400" <= c <= "\u9fff" else "\n" for c in path.read_text("utf-8")).split()
    ]
    assert len(lines) > 1000
    assert [words.cut(line) for line in lines] == [tokenizer.lcut(line) for line in lines]
    assert [words.known(line) for line in lines] == [tokenizer.lcut(line, HMM=False) for line in lines]


RUNS = pytest.mark.parametrize(
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
        "㐀㐁全县抓𠀀项目𠀀𠀁",
        # No word itself, but the beginning of some.
        "葡",
        "葡葡萄",
    ],
)


@RUNS
def test_words_are_the_cuts_of_jieba(run: str, words: cutter.Cutter, tokenizer: jieba.Tokenizer) -> None:
    assert words.cut(run) == tokenizer.lcut(run)
    assert words.known(run) == tokenizer.lcut(run, HMM=False)


# A word, the beginning of one, none, nothing, one with letters.
@pytest.mark.parametrize("word", ["招商引资", "葡", "没有这个", "", "AT&T", "a b", "的"])
def test_the_dictionary_is_that_of_jieba(word: str, words: cutter.Cutter, tokenizer: jieba.Tokenizer) -> None:
    assert words.has(word) == bool(tokenizer.FREQ.get(word))


def test_whatever_cuts_the_terms_of_the_seeds_and_what_is_told_of_words_are_the_same(
    analyser: Analyser, other: Analyser
) -> None:
    for path in sorted(shipped("seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        assert other.terms(text) == analyser.terms(text)
        assert other.tokens(text) == analyser.tokens(text)
        assert other.pieces(text) == analyser.pieces(text)
    assert (other.whole_of("唐僧骑"), other.is_word("招商")) == ("唐僧", True)


def test_what_another_cutter_read_is_read_again(analyser: Analyser, other: Analyser) -> None:
    assert other.fingerprint != analyser.fingerprint


def test_with_rjieba_jieba_is_not_loaded(dictionary: Path) -> None:
    pytest.importorskip("rjieba")
    script = (
        "import sys, pathlib; sys.modules['jieba.finalseg'] = None; from service.language.analyser import Analyser;"
        "Analyser(pathlib.Path(sys.argv[1]), 'rjieba').load()"
    )
    root = Path(cutter.__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, dictionary], cwd=root, check=True, timeout=60)


def test_a_cutter_that_is_not_installed_is_a_wrong_setting(dictionary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    with pytest.raises(SettingError) as raised:
        Analyser(dictionary, "rjieba").load()
    assert str(raised.value) == (
        '--words=rjieba（或 YOUJU_WORDS）：没有安装 rjieba；请运行 pip install "youju[fast]"，或改用 --words=jieba'
    )


def test_terms_are_those_of_the_tokens(analyser: Analyser) -> None:
    text = "２０２２年林长制改革，哪些项目的成效明显？百分之五点五，A股上能办好名是没立的事；2023年的“三重一大”㐂。"
    assert sorted(analyser.terms(text)) == sorted(token.term for token in analyser.tokens(text))


def test_terms_of_the_seeds_are_those_of_their_tokens(analyser: Analyser) -> None:
    for path in sorted(shipped("seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        assert sorted(analyser.terms(text)) == sorted(token.term for token in analyser.tokens(text))
