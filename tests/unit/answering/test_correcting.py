"""What was likely meant is offered where something is mistyped, and nowhere else."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.answering.answer import Correction
from service.engine import Engine
from tests.unit.answering.conftest import MakeEngine

REPORT = """云溪县工作要点
一、优化营商环境
全县把优化营商环境摆在首位，营商环境评价进入前列。营商环境是生产力，人人都是营商环境，持续改善营商环境。
二、抓好招商引资
招商引资到位资金十八亿元，招商引资项目三十个，工业增长较快，银行贷款增加。
三、推进乡村振兴
乡村振兴示范村建成五个，产业振兴带动人才振兴，加强乡村医生队伍建设，总书记的嘱托要落实，现有企业三百家。
四、用好数据
产业链延伸十条，产业链招商成势，产业链完整。
"""


@pytest.fixture
def county(make_engine: MakeEngine) -> Engine:
    return make_engine({"要点.txt": REPORT})


@pytest.mark.parametrize(
    ("question", "text", "meant"),
    [
        ("招上引资怎么做", "招上引资", "招商引资"),  # the wrong character is a function word elsewhere
        ("招商印字有多少", "招商印字", "招商引资"),  # a word for a word, as an input method does
        ("乡村振新", "乡村振新", "乡村振兴"),
        ("怎么改善营尚环境", "营尚环境", "营商环境"),  # two words of the dictionary
        ("营伞环境怎么样", "营伞环境", "营商环境"),  # san for shang
        ("总书纪的嘱托", "总书纪", "总书记"),
        ("银航贷款", "银航贷款", "银行贷款"),  # 行 is read hang here
        ("营商环拼怎么样", "营商环拼", "营商环境"),  # no like sound, but 营商环 leaves no choice
        ("營商環竞怎么样", "營商環竞", "营商环境"),  # what was typed is shown as typed
        ("zhaoshangyinzi怎么做", "zhaoshangyinzi", "招商引资"),
        ("Ying shang huan jing", "Ying shang huan jing", "营商环境"),
        ("ying'shang'huan'jing", "ying'shang'huan'jing", "营商环境"),
    ],
)
def test_what_sounds_alike_is_offered(county: Engine, question: str, text: str, meant: str) -> None:
    assert county.ask(question).corrections == (Correction(text, meant, question.replace(text, meant)),)


@pytest.mark.parametrize(
    "question",
    [
        "招商引资怎么做",
        "营商环境",
        "",
        "？？？",
        "医院怎么建",  # a good word that only is not there; 乡村医生 is
        "乡村医院怎么建",
        "护照怎么办",
        "寨子",
        "拾掇院子",
        "银杏怎么种",  # 银行 sounds nearly so
        "我们县有企业吗",  # 现有企业 sounds so, but 县 stands alone between small words
        "项目镇新",  # two wrong characters of two: 振兴 is no more than a guess
        "张振新是谁",  # a name
        "online",
        "women",
        "KPI",
        "https://zhaoshang.example/",
        "user@zhaoshang",
    ],
)
def test_what_is_well_written_is_left_alone(county: Engine, question: str) -> None:
    assert county.ask(question).corrections == ()


def test_what_stands_somewhere_is_left_alone(make_engine: MakeEngine) -> None:
    engine = make_engine({"a.txt": REPORT, "b.txt": "错字集\n有人把招商引资写成招上引资，这里照录。"})
    assert engine.ask("招上引资怎么做").corrections == ()


def test_what_the_thesaurus_knows_is_left_alone(make_engine: MakeEngine) -> None:
    # 烂路 is an everyday phrase of the thesaurus; 拦路 sounds alike.
    engine = make_engine({"a.txt": "治安要点\n严打拦路抢劫，拦路设卡一律清除，拦路收费一律取消，让群众放心出行。"})
    assert engine.ask("烂路怎么办").corrections == ()


def test_at_most_two_are_offered_each_in_the_whole_question(county: Engine) -> None:
    question = "招上引资、营商环竞和乡村振新哪个要紧"
    assert [(c.text, c.question) for c in county.ask(question).corrections] == [
        ("营商环竞", "招上引资、营商环境和乡村振新哪个要紧"),
        ("招上引资", "招商引资、营商环竞和乡村振新哪个要紧"),
    ]


def test_nothing_is_replaced(county: Engine) -> None:
    answer = county.ask("招上引资怎么做")
    assert answer.question == "招上引资怎么做"
    assert ("招商引资", "asked") not in [(term.text, term.origin) for term in answer.terms]


def test_only_the_last_question_of_a_conversation_is_offered_anything(county: Engine) -> None:
    first, second = county.converse(["招上引资怎么做", "乡村振新呢"])
    assert (first.corrections, [c.meant for c in second.corrections]) == ((), ["乡村振兴"])


def test_an_empty_corpus_offers_nothing(make_engine: MakeEngine) -> None:
    assert make_engine({}).ask("招上引资 zhaoshangyinzi").corrections == ()


def test_first_questions_may_come_at_once(county: Engine) -> None:
    # The corpus has none of these characters; it has the sounds of the former, not of the latter.
    heard, unheard = "尚伤赏裳殇印饮镇震新", "佛捆怒窗摔颇"
    questions = [question for c in heard + unheard for question in (f"招{c}引资怎么做", f"改善营{c}环境", f"乡村{c}兴")]
    one_by_one = [county.ask(question).corrections for question in questions]
    assert () in one_by_one
    assert (Correction("招伤引资", "招商引资", "招商引资怎么做"),) in one_by_one
    # Loaded anew, so that nothing was asked yet.
    county.load()
    with ThreadPoolExecutor(8) as pool:
        at_once = [answer.corrections for answer in pool.map(county.ask, questions)]
    assert at_once == one_by_one
