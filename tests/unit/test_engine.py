"""The engine: swapped whole, true to the folder, and faithful in every answer."""

import re
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.answering.answer import Answer
from service.answering.contract import answer_json
from service.answering.filters import Filters
from service.engine import Engine
from service.errors import NoCorpus, NotReady, SettingError
from service.settings import Settings, shipped

SettingsOf = Callable[[Path], Settings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return corpus


@pytest.fixture
def engine(folder: Path, settings_of: SettingsOf) -> Engine:
    """An engine over a folder that is empty yet; it has loaded nothing."""
    return Engine(settings_of(folder))


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"{name}工作总结\n{text}\n", encoding="utf-8")


def said(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes]


# -- loading ---------------------------------------------------------------------------------------------------------


def test_before_the_first_load_nothing_can_be_asked(engine: Engine) -> None:
    assert engine.ready is False
    for ask in (lambda: engine.ask("招商"), lambda: engine.converse(["招商"]), lambda: engine.loaded):
        with pytest.raises(NotReady) as error:
            ask()
        assert str(error.value) == "正在建立索引，请稍候片刻再问"


def test_a_failed_first_load_leaves_it_not_ready(engine: Engine, folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(NoCorpus):
        engine.load()
    assert engine.ready is False


def test_a_load_serves_the_folder_as_it_is_now(engine: Engine, folder: Path) -> None:
    write(folder, 教育="全县新建学校两所。")
    report = engine.load()
    assert [file.file for file in report.files] == ["教育.txt"]
    assert (engine.ready, engine.loaded.report) == (True, report)
    before = engine.ask("新建学校多少所")
    write(folder, 教育="全县新建学校五所。", 交通="全县新修公路九十公里。")
    assert engine.ask("新建学校多少所").corpus_version == before.corpus_version  # nothing changes by itself
    engine.load()
    after = engine.ask("新建学校多少所")
    assert (said(before), said(after)) == (["全县新建学校两所。"], ["全县新建学校五所。"])
    assert (before.corpus_documents, after.corpus_documents) == (1, 2)
    assert before.corpus_version != after.corpus_version


def test_a_file_that_was_removed_answers_no_more(engine: Engine, folder: Path) -> None:
    write(folder, 教育="全县新建学校两所。", 交通="全县新修公路九十公里。")
    engine.load()
    assert said(engine.ask("新修公路多少公里")) == ["全县新修公路九十公里。"]
    (folder / "交通.txt").unlink()
    engine.load()
    answer = engine.ask("新修公路多少公里")
    assert (answer.status, answer.quotes, answer.citations) == ("not_found", (), ())
    assert {citation.document.file for citation in answer.related} <= {"教育.txt"}


def test_a_failed_reload_keeps_what_was_served(engine: Engine, folder: Path) -> None:
    write(folder, 教育="全县新建学校两所。")
    engine.load()
    before, loaded = engine.ask("新建学校多少所"), engine.loaded
    shutil.rmtree(folder)
    with pytest.raises(NoCorpus) as error:
        engine.load()
    assert str(error.value) == f"{folder}: 没有这个文件夹；请用 --corpus（或 YOUJU_CORPUS）指明存放材料的文件夹"
    assert engine.loaded is loaded
    assert replace(engine.ask("新建学校多少所"), elapsed_ms=before.elapsed_ms) == before


def test_an_empty_folder_is_served_and_answers_nothing(engine: Engine) -> None:
    engine.load()
    answer = engine.ask("招商怎么做的")
    assert (answer.status, answer.citations, answer.related, answer.corpus_documents) == ("not_found", (), (), 0)


def test_a_question_asked_while_reloading_gets_the_old_or_the_new_whole(engine: Engine, folder: Path) -> None:
    editions = ("两", "五")
    right: dict[str, tuple[str, str]] = {}
    for edition in editions:
        write(folder, 教育=f"全县新建学校{edition}所。", 交通=f"全县新修公路{edition}公里。")
        engine.load()
        right[engine.loaded.corpus.version] = (f"全县新建学校{edition}所。", f"全县新修公路{edition}公里。")
    seen: set[tuple[tuple[str, str], ...]] = set()
    failures: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                answers = engine.converse(["新建学校多少所", "新修公路多少公里"])
                seen.add(tuple((answer.corpus_version, said(answer)[0]) for answer in answers))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    loads = 0
    # Until each edition has been asked for, which on a busy machine may take more than the twenty.
    while loads < 20 or (len(seen) < 2 and loads < 1000 and not failures):
        edition, loads = editions[loads % 2], loads + 1
        write(folder, 教育=f"全县新建学校{edition}所。", 交通=f"全县新修公路{edition}公里。")
        engine.load()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen == {tuple((version, sentence) for sentence in sentences) for version, sentences in right.items()}


def test_the_order_in_which_files_came_changes_no_answer(tmp_path: Path, settings_of: SettingsOf) -> None:
    texts = {path.name: path.read_bytes() for path in shipped("seeds").iterdir()}
    engines = []
    for name, files in (("one", sorted(texts)), ("other", sorted(texts, reverse=True))):
        corpus = tmp_path / name
        corpus.mkdir()
        for file in files:
            (corpus / file).write_bytes(texts[file])
        engine = Engine(settings_of(corpus))
        engine.load()
        engines.append(engine)
    one, other = engines
    for question in QUESTIONS[::5]:
        assert replace(one.ask(question), elapsed_ms=0.0) == replace(other.ask(question), elapsed_ms=0.0)


def test_what_was_answered_is_kept_until_the_documents_change(folder: Path, settings_of: SettingsOf) -> None:
    write(folder, 甲="修了三条水渠，都已通水。\n二、下一步修五座水库。")
    engine = Engine(settings_of(folder))
    engine.load()
    first, _ = engine.converse(["修了几条水渠", "修几座水库"])
    assert said(first) == ["修了三条水渠，都已通水。"]
    assert first.elapsed_ms > 0
    # As it was, and not answered once more.
    again, third = engine.converse(["修了几条水渠", "通水了吗"])
    assert (again.elapsed_ms, replace(again, elapsed_ms=first.elapsed_ms, phases=first.phases)) == (0, first)
    assert third.elapsed_ms > 0
    # Asked otherwise, it is another question.
    alone = engine.ask("修了几条水渠", filters=Filters(places=("无处",)))
    assert (alone.status, engine.ask("修了几条水渠").status) == ("not_found", "answered")
    write(folder, 甲="修了九条水渠。")
    engine.load()
    assert said(engine.ask("修了几条水渠")) == ["修了九条水渠。"]


# -- a thesaurus of one's own ----------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "近义词.txt"


@pytest.fixture
def engine_with_own(folder: Path, own: Path, settings_of: SettingsOf) -> Engine:
    write(folder, 交通="全县新修公路九十公里。")
    return Engine(replace(settings_of(folder), thesaurus=own))


def test_a_thesaurus_of_ones_own_is_read_with_every_load(engine_with_own: Engine, own: Path) -> None:
    own.write_text("# 本县的说法\r\n飞马路 > 公路\r\n", encoding="utf-8-sig")
    assert engine_with_own.load().warnings == ()
    assert said(engine_with_own.ask("飞马路修了多少")) == ["全县新修公路九十公里。"]
    own.write_text("飞牛路 > 公路\n", encoding="utf-8")
    assert said(engine_with_own.ask("飞马路修了多少")) == ["全县新修公路九十公里。"]
    engine_with_own.load()
    assert "公路" not in [term.text for term in engine_with_own.ask("飞马路修了多少").terms]
    assert said(engine_with_own.ask("飞牛路修了多少")) == ["全县新修公路九十公里。"]


def test_a_line_that_is_no_group_is_named_and_the_others_count(engine_with_own: Engine, own: Path) -> None:
    own.write_text("飞马路 公路\n\n飞马路 > 公路\n飞牛路 >", encoding="utf-8")
    assert engine_with_own.load().warnings == tuple(
        f"{own}: 第 {number} 行不是一组近义词，没有采用（写法如：办证难 办事难 > 审批 时限）" for number in (1, 4)
    )
    assert said(engine_with_own.ask("飞马路修了多少")) == ["全县新修公路九十公里。"]


def test_a_thesaurus_that_cannot_be_read_stops_the_start_and_leaves_what_was_served(
    engine_with_own: Engine, own: Path
) -> None:
    def why() -> str:
        with pytest.raises(SettingError) as error:
            engine_with_own.load()
        return str(error.value)

    assert why() == f"{own}: 没有这个近义词文件；请用 --thesaurus（或 YOUJU_THESAURUS）指明，或者不给"
    assert not engine_with_own.ready
    own.write_bytes("招商 > 引资".encode("gbk"))
    assert why() == f"{own}: 近义词文件第 1 个字节起不是 UTF-8 编码；请另存为 UTF-8"
    own.write_text("飞马路 > 公路", encoding="utf-8")
    engine_with_own.load()
    own.unlink()
    own.mkdir()
    assert why().startswith(f"{own}: 近义词文件打不开（")
    assert said(engine_with_own.ask("飞马路修了多少")) == ["全县新修公路九十公里。"]


# -- every answer ----------------------------------------------------------------------------------------------------

QUESTIONS = (
    "招商引资有什么新办法",
    "怎样让企业少跑路",
    "干部不作为怎么处理",
    "项目为什么落不了地",
    "全县的发展优势是什么",
    "今年的重点任务有哪些",
    "下一步怎么打算",
    "会议是什么时候开的",
    "谁来负责督查",
    "签约了多少个项目",
    "投资完成了多少亿元",
    "有没有提到乡村旅游",
    "怎么提高群众满意度",
    "审批环节还存在什么问题",
    "人才引不进来怎么办",
    "土地指标不够怎么解决",
    "环保督察整改得怎么样",
    "安全生产要抓哪几点",
    "教育方面做了什么",
    "医院建设进展如何",
    "农民增收靠什么",
    "财政收入增长百分之几",
    "高质量发展的目标是什么",
    "产业园区怎么布局",
    "党建工作有哪些亮点",
    "为什么要解放思想",
    "研讨活动分几个阶段",
    "同志们应当怎样改进作风",
    "第一书记做什么",
    "信访问题怎么化解",
    "二〇二三年的工作安排",
    "2022年取得了哪些成绩",
    "GDP是多少",
    "ＫＰＩ考核怎么搞",
    "開發區招商改革怎麼做的",
    "營商環境存在哪些短板",
    "查摆出哪些问题，原因分别是什么",
    "一是什么，二是什么",
    "三个方面分别指什么",
    "四个体系是哪四个",
    "小微企业贷款难怎么办",
    "路灯坏了找谁",
    "厕所革命推进到哪一步",
    "老旧小区改造了几个",
    "疫情防控",
    "招商",
    "的",
    "怎么办",
    "讲话里怎么说的",
    "县委书记的报告里提到的差距有哪些",
    "河南省的做法有哪些",
    "2019年的报告里怎么讲",
    "明天天气怎么样",
    "糖醋排骨怎么炖",
    "how do we attract investment",
    "招商引资 营商环境 作风建设",
    "“双减”之后怎么办？",
    "《意见》里规定了什么",
    "**项改革任务完成了吗",
    "XX集团签约了吗",
    "第二点呢",
    "还有呢",
)

HOSTILE = (
    "",
    " \u3000\n\t",
    "。？！，……——（）",
    "招商引资、" * 2000,
    "a" * 10_000,
    "（" * 10_000,
    "招 " * 5_000,
    "一" * 10_000,
    "百分之" * 3_000,
    "3," * 5_000,
    "\x00\x1b[31m招商\x07\u202e",
    "\ud800",
    "\ud83d招商\udfff",
    "😀🚀招商👨‍👩‍👧",
    "<script>alert(1)</script>招商",
    "' OR 1=1; DROP TABLE documents; --",
    "../../etc/passwd",
    "${jndi:ldap://x}{{7*7}}%s%n",
    ".*+?[招商](|)\\",
    "第99999999999999999999点",
    "第²点呢",
    "有哪٣个方面",
    "ﷺ㎏…①½",
)


def spans(answer: Answer) -> list[tuple[Any, int, int, str]]:
    """Return (id, start, end, text) of everything an answer shows, as a program gets it."""
    printed = answer_json(answer, lambda document, paragraph: f"/documents/{document.id}#p{paragraph}")
    documents = {c["number"]: c["document"]["id"] for c in printed["citations"]}
    found = [(q["document"], q["start"], q["end"], q["text"]) for q in printed["answer"]]
    for citation in (*printed["citations"], *printed["related"]):
        found.append((citation["document"]["id"], citation["start"], citation["end"], citation["text"]))
    outline = printed["outline"]
    for part in [*outline["items"], *([outline["lead"]] if outline["lead"] else [])] if outline else []:
        found.append((documents[part["citation"]], part["start"], part["end"], part["text"]))
    return found


def blankless(text: str) -> str:
    return re.sub(r"\s+", "", text)


SOURCES = {path.name: blankless(path.read_text(encoding="utf-8-sig")) for path in shipped("seeds").glob("*.txt")}


def check(answer: Answer, engine: Engine) -> None:
    """Assert what must hold of every answer over the seeds."""
    texts = {document.id: document for document in engine.loaded.corpus.documents}
    for document, start, end, text in spans(answer):
        assert texts[document].text[start:end] == text
        assert text
        # Not only in the text that is shown, but in the file itself.
        assert blankless(text) in SOURCES[texts[document].file]
    for citation in (*answer.citations, *answer.related):
        inner = (*citation.quotes, *citation.matches)
        assert all(citation.start <= start < end <= citation.end for start, end in inner)
        assert len(citation.text) <= 400
        for spans_ in (citation.quotes, citation.matches):
            assert all(a.end <= b.start for a, b in pairwise(spans_))
    if answer.status == "answered":
        assert answer.quotes
        assert answer.citations
        assert answer.related == ()
    else:
        assert (answer.quotes, answer.outline, answer.citations) == ((), None, ())
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {quote.citation for quote in answer.quotes} <= {citation.number for citation in answer.citations}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_faithful(seeds: Engine, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.question == question
    check(answer, seeds)


@pytest.mark.parametrize("question", HOSTILE, ids=[repr(question[:12]) for question in HOSTILE])
def test_a_hostile_question_gets_an_ordinary_answer(seeds: Engine, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.question == question
    check(answer, seeds)


def test_a_number_too_long_to_be_read_is_no_count(seeds: Engine) -> None:
    check(seeds.ask("1" * 5000 + "个方面"), seeds)


@pytest.mark.parametrize("question", ["", " \u3000", "。？！", "\ud800", "😀", "怎么办", "的"])
def test_what_asks_for_nothing_is_not_found(seeds: Engine, question: str) -> None:
    assert seeds.ask(question).status == "not_found"


def test_twenty_equal_questions_before_change_nothing_but_the_history(seeds: Engine) -> None:
    question = "开发区招商改革怎么做的"
    alone, after = seeds.ask(question), seeds.ask(question, [question] * 20)
    check(after, seeds)
    assert after.history == (question,) * 20
    assert said(after)[:1] == said(alone)[:1]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(
        st.one_of(
            st.sampled_from(QUESTIONS), st.text(max_size=20), st.text(st.characters(exclude_categories=()), max_size=5)
        ),
        min_size=1,
        max_size=4,
    ),
    limit=st.integers(1, 20),
)
def test_every_conversation_is_faithful(seeds: Engine, asked: Sequence[str], limit: int) -> None:
    answers = seeds.converse(asked, limit=limit)
    assert [answer.question for answer in answers] == asked
    assert [answer.history for answer in answers] == [tuple(asked[:turn]) for turn in range(len(asked))]
    for answer in answers:
        check(answer, seeds)
        assert answer.outline is not None or len(answer.citations) <= limit


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(earliest="2023"), {"2023-02-14", "2023"}),
        (Filters(latest="2022-10"), {"2022", "2022-10"}),
        (Filters(earliest="2030"), set()),
        (Filters(documents=("no-such-id",)), set()),
    ],
)
def test_only_the_documents_admitted_are_cited(seeds: Engine, filters: Filters, admitted: set[str]) -> None:
    answer = seeds.ask("招商引资怎么做", filters=filters, limit=20)
    cited = {citation.document.date for citation in (*answer.citations, *answer.related)}
    assert cited <= admitted
    assert bool(cited) == bool(admitted)
