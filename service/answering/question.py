"""A question in, what it asks out: its kind, the words that are searched with their synonyms, the number of things it wants."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service.answering.answer import Kind, Origin
from service.index.protocol import Weighted
from service.language.analyser import Analyser, Cut, Token
from service.language.folding import fold
from service.language.matching import readable
from service.language.numbers import canonical
from service.language.thesaurus import Everyday, Thesaurus

_MEASURE = "(?:大?方面|个|项|条|点|种|类|件|步|批|层|块|句|字|招)"
# 三大, 十大; but 二十大 is a congress.
_GREAT = "(?:[1-9]|1[0-2])大"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("why", re.compile("为什么|为何|为啥|(?:什么|啥|主要)?原因|怎么回事|凭什么|怪(?:什么|谁|啥)")),
    (
        "when",
        re.compile(
            "什么时候|啥时候|何时|哪[年天月]|哪[一\\d][年天]|几[月号日]|什么时间|(?:时间|日期)是|多久|多长时间|什么日子"
            # 几点开门, 会议几点; but 哪几点, 讲了几点 and 几点要求 are points.
            "|(?<![哪这那有分共了出列讲提说谈做抓])几点(?!要求|建议|意见|体会|希望|启示|问题|措施|举措|做法|打算|思考|内容|认识|感受|原因|经验|工作|任务|目标|注意|说明|不足)"
        ),
    ),
    ("who", re.compile("谁|哪位|哪个(?:部门|单位|局|领导|人|机构|乡镇|公司|企业)|什么人|哪家")),
    (
        "number",
        re.compile(
            "多少|(?<!哪)几(?:成|倍|次|家|人|亿|万|度|场|届)|百分之几|占比|增速|比例|多[大高长快远]|第几|(?<!哪)几个(?!方面)"
        ),
    ),
    (
        "list",
        re.compile(
            rf"哪些|哪几|哪\d+|几(?:{_MEASURE}|大)|(?<![第\d])(?:\d+{_MEASURE}|{_GREAT}).*(?:哪|什么|啥|是|呢)|分别|各(?:自|是)|有(?:什么|啥)"
            rf"|(?:什么|啥)(?:问题|不足|短板|差距|措施|举措|要求|任务|成绩|成效|经验)|都(?:有|是|要|做|干|讲)"
        ),
    ),
    ("how", re.compile("怎么|如何|怎样|咋|(?:什么|啥)(?:办法|法子|做法|招)|做法|措施|举措|办法|路径")),
    ("yes/no", re.compile("是不是|有没有|是否|能不能|会不会|(?:吗|(?<![什怎这那])么|没有?)[?。!]*$|对不对")),
)
# 第三个 is one of several, not three.
_COUNT = re.compile(rf"(?<![\d.第])(?=\d{{1,3}}{_MEASURE}|{_GREAT})(\d{{1,3}})")
QUESTION_WORD = re.compile("什么|啥|哪[些里几]?|怎么|怎样|如何|多[少大高长久]|几|谁|为何|吗")
QUOTED = re.compile('[“"「『]([^“”"「」『』]{2,30})[”"」』]')
_SHORTEST_NAME = 4
# A word inside a longer one repeats part of it; a bigram that is no word mostly bridges two words; a small number says
# little by itself, its measure word behind it says more.
_PART, _BIGRAM, _SMALL_NUMBER = 0.6, 0.4, 0.3


@dataclass(frozen=True, slots=True)
class Official:
    """A synonym of a word: its text, the everyday phrase it stands for, its readable form, and its terms with what they
    count."""

    text: str
    of: str
    form: str
    terms: tuple[Weighted, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is searched: its term first, then the terms inside it and across its end, each with its weight.

    ``counts`` is what it counts beside the words of the question itself, less than 1 where it was carried over.
    ``everyday`` tells that the thesaurus knows a phrase it is part of by another name, whether or not that stands anywhere;
    ``of_field`` that the thesaurus has the word itself, as everyday or official.
    """

    text: str
    terms: tuple[Weighted, ...]
    origin: Origin = "asked"
    synonyms: tuple[Official, ...] = ()
    everyday: bool = False
    of_field: bool = False
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the text, its kind, its words in order, and how many things it wants (None when it does not say).

    ``form`` is what was read, in readable form: the text without the names that choose documents. ``characters`` are its
    words of one character, as 涨 or 领: too common to search, but part of what is asked. ``phrases`` are what it puts in
    quotation marks, which is meant word for word.
    """

    text: str
    form: str
    kind: Kind
    words: tuple[Word, ...]
    count: int | None
    characters: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def wants_list(self) -> bool:
        """Return whether several things are asked for."""
        return self.kind == "list" or (self.count is not None and self.count > 1 and self.kind != "number")


def read(text: str, analyser: Analyser, thesaurus: Thesaurus) -> Question:
    """Return what a question asks, taken by itself."""
    # Not by way of readable(), which keeps what it reads: a question may be confidential.
    form = canonical(fold(text)).text
    # “三大工程” is a name, and asks for four of nothing; 哪“三项”工作 asks for four.
    unquoted = QUOTED.sub(lambda quoted: quoted[1] if len(quoted[1]) < _SHORTEST_NAME else " ", form)
    count = _COUNT.search(unquoted)
    cuts = analyser.cut(form)
    return Question(
        text,
        form,
        kind_of(unquoted),
        tuple(_words(form, cuts, analyser, thesaurus)),
        int(count.group(1)) if count else None,
        tuple(dict.fromkeys(analyser.single_characters(cuts))),
        tuple(dict.fromkeys(match[1] for match in QUOTED.finditer(form))),
    )


def kind_of(form: str) -> Kind:
    """Return the kind of a question in readable form; of two kinds, the one that says more about the answer."""
    return next((kind for kind, pattern in _KINDS if pattern.search(form)), "what")


def _words(form: str, cuts: Sequence[Cut], analyser: Analyser, thesaurus: Thesaurus) -> list[Word]:
    """Return the words of a readable text that are searched, in order, each once.

    A bigram across two words belongs to the one it begins in.
    """
    tokens = list(analyser.tokens_in(cuts))
    silent = analyser.silent(cuts)
    muted = {at for span in silent for at in range(*span)}
    whole = [token for token in tokens if token.whole]
    starts = [token.start for token in tokens]
    found: dict[str, Word] = {}
    taken: set[str] = set()
    for word in whole:
        if word.term not in found:
            taken.add(word.term)
            within = tokens[bisect_left(starts, word.start) : bisect_left(starts, word.end)]
            inside = [token for token in within if token.end <= word.end and token.term not in taken]
            taken.update(token.term for token in inside)
            parts = tuple(Weighted(token.term, _PART if token.word else _BIGRAM) for token in inside)
            found[word.term] = Word(word.term, (Weighted(word.term, _weight(word.term)), *parts))
    for bridge in tokens:
        # 革怎 of 改革怎么 says nothing: one of its characters is the question's own.
        if bridge.term not in taken and muted.isdisjoint(range(bridge.start, bridge.end)):
            taken.add(bridge.term)
            _attach(found, whole, bridge)
    borders = {0, len(form), *(b for t in whole for b in (t.start, t.end)), *(b for span in silent for b in span)}
    for phrase in thesaurus.everyday(form, borders, silent):
        # 做了什么 is what questions are made of, even where a group of the thesaurus has it.
        if not muted.issuperset(range(phrase.start, phrase.end)):
            _explain(found, whole, phrase, analyser)
    return [replace(word, of_field=True) if thesaurus.knows(word.text) else word for word in found.values()]


def _weight(term: str) -> float:
    return _SMALL_NUMBER if term.isdecimal() and len(term) < 3 else 1.0


def _attach(found: dict[str, Word], whole: Sequence[Token], bridge: Token) -> None:
    """Give a bigram between words to the word it begins in, else to the one it ends in, else make it a word."""
    at = bisect_right(whole, bridge.start, key=lambda word: word.start)
    beside = whole[max(0, at - 1) : at + 1]
    owner = next((w for w in beside if w.start <= bridge.start < w.end), None) or next(
        (w for w in beside if w.start < bridge.end <= w.end), None
    )
    if owner is None:
        # Single characters around it: what jieba cuts to pieces is often a name.
        found[bridge.term] = Word(bridge.term, (Weighted(bridge.term, 1.0),))
        return
    word = found[owner.term]
    weight = 1.0 if owner.term[0].isdecimal() else _BIGRAM
    found[owner.term] = replace(word, terms=(*word.terms, Weighted(bridge.term, weight)))


def _explain(found: dict[str, Word], whole: Sequence[Token], phrase: Everyday, analyser: Analyser) -> None:
    """Give the synonyms of a phrase to the first word in it; make the phrase a word where there is none."""
    synonyms = tuple(
        Official(
            synonym.text,
            phrase.phrase,
            readable(synonym.text).text,
            _official_terms(synonym.text, synonym.weight, analyser),
        )
        for synonym in phrase.synonyms
    )
    first = bisect_right(whole, phrase.start, key=lambda word: word.end)
    last = bisect_left(whole, phrase.end, key=lambda word: word.start)
    inside = [token.term for token in whole[first:last]]
    if not inside:
        found.setdefault(
            phrase.phrase, Word(phrase.phrase, (Weighted(phrase.phrase, 1.0),), "asked", synonyms, phrase.same)
        )
        return
    for number, term in enumerate(inside):
        added = synonyms if number == 0 else ()
        found[term] = replace(
            found[term], synonyms=(*found[term].synonyms, *added), everyday=found[term].everyday or phrase.same
        )


@lru_cache(maxsize=8192)
def _official_terms(text: str, weight: float, analyser: Analyser) -> tuple[Weighted, ...]:
    """Return the terms of a synonym: the one it is, else its words, which count by their share of its length."""
    form = readable(text).text
    tokens = list(analyser.tokens_in(analyser.cut(form)))
    whole = [token for token in tokens if token.whole] or tokens
    if len(whole) == 1 and whole[0].term == form:
        return (Weighted(form, weight),)
    return tuple(Weighted(token.term, weight * len(token.term) / len(form)) for token in whole)
