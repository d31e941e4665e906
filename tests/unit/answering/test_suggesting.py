"""Suggestions: what they are made of, and that each, asked next, is answered by the place it was made from."""

import re
from importlib import resources
from itertools import combinations

import pytest

from service.answering.about import About, side_of, topic_of
from service.answering.answer import Answer, Choices
from service.answering.asking import question_of_heading, question_of_lead
from service.answering.suggester import MOST_SUGGESTIONS
from service.answering.suggesting import Suggestible, Suggestion
from service.engine import Engine
from tests.unit.answering.conftest import MakeEngine

PLAN = """云溪县2023年农业农村工作要点
一、加强农田水利建设
新建高标准农田8000亩，配套灌溉设施和机耕道路，改造泵站三座，疏浚渠道十二公里，力争粮食亩产再上台阶。
二、培育壮大特色产业
建设茶叶基地五千亩，引进加工企业两家，注册公用品牌一个，带动两千户农民在家门口增收致富。
三、改善农村人居环境
开展厕所改造三千座，清理河道垃圾，完成清淤六公里，推行垃圾分类，让村庄干净整洁起来。
四、健全防返贫监测机制
重点抓好以下三项重点工作：
一是定期走访排查。对脱贫户每月走访一次，及时掌握收入变化，发现风险马上上报镇里研究处理。
二是落实产业帮扶。为每户制定一项增收计划，提供小额信贷，组织技术员上门指导种植养殖。
三是完善兜底保障。把符合条件的家庭全部纳入低保，医疗费用按比例报销，学费一律减免。
"""
REVIEW = """云溪县2022年教育工作情况报告
一、取得的成绩
（一）校舍建设成效显著。新建公办幼儿园三所，改造薄弱学校十二所，增加学位两千七百个，大班额全部消除。
（二）教师队伍稳步壮大。招聘教师二百名，交流轮岗一百五十名，乡村教师补贴提高到每月六百元。
二、存在的问题
一是师资配备不够均衡。城区学校教师偏多，偏远教学点缺音乐美术教师，部分学科由他人兼任。
二是经费使用不够规范。个别学校报账迟缓，项目资金沉淀，绩效评价没有跟上，审计多次指出。
三、下步措施
持续优化校点布局。撤并生源不足的教学点四处，扩建寄宿制学校两所，开通校车线路十条，保证学生安全上学。
"""

# Written for this test; none is of an evaluation set.
EVERYDAY = (
    "开发区招商怎么改的",
    "企业办事跑断腿怎么办",
    "怎么帮企业减轻负担",
    "干部作风上有啥毛病",
    "项目推进慢是什么原因",
    "乡里怎么抓党建",
    "农村环境怎么搞好",
    "乡村治理有什么办法",
    "研讨活动查出了哪些问题",
    "诚信建设怎么抓",
    "招商引资下一步怎么干",
    "怎么跟企业打交道才算清白",
)


def places_of(engine: Engine, answer: Answer) -> dict[str, Suggestion]:
    """Return, for each question made from the documents of an answer, the place it was made from."""
    corpus = engine.loaded.corpus
    numbers = [corpus.number_of(citation.document.id) for citation in answer.citations]
    return {s.question: s for n in numbers if n is not None for s in Suggestible(n, engine.loaded.shelf).near(0)}


def assert_good(engine: Engine, questions: list[str]) -> Answer:
    """Ask a conversation, and each of its suggestions as its next question; return the last answer."""
    *history, question = questions
    answer = engine.ask(question, history)
    made = places_of(engine, answer)
    headings = {
        document.text[node.head.start : node.head.end].strip("。；：")
        for document, structure in zip(engine.loaded.corpus.documents, engine.loaded.corpus.structures, strict=True)
        for node in structure.root.walk()
    }
    assert len(answer.suggestions) <= MOST_SUGGESTIONS
    assert len(set(answer.suggestions)) == len(answer.suggestions)
    for suggestion in answer.suggestions:
        assert re.fullmatch(r"[^？*]{5,23}？", suggestion), suggestion
        assert suggestion not in questions
        assert suggestion.rstrip("？") not in headings
        place = made[suggestion]
        following = engine.ask(suggestion, questions)
        assert following.status == "answered", (questions, suggestion)
        first = following.citations[0]
        document = engine.loaded.corpus.documents[place.document]
        assert first.document == document, (questions, suggestion)
        assert max(first.start, place.start) < min(first.end, place.end), (questions, suggestion)
        # Nothing of the conversation is in it: it is answered as if it were asked alone.
        assert first == engine.ask(suggestion).citations[0]
    return answer


@pytest.fixture
def county(make_engine: MakeEngine) -> Engine:
    return make_engine({"农业.txt": PLAN, "教育.txt": REVIEW})


def test_what_stands_nearest_is_suggested_and_answered_by_its_place(county: Engine) -> None:
    answer = assert_good(county, ["农田水利怎么建"])
    assert answer.suggestions == ("怎么培育壮大特色产业？", "怎么改善农村人居环境？", "健全防返贫监测机制有哪些举措？")


def test_what_was_asked_is_not_suggested_again(county: Engine) -> None:
    answer = assert_good(county, ["特色产业怎么发展", "农村人居环境怎么改善", "农田水利怎么建"])
    assert answer.suggestions
    assert not {"怎么培育壮大特色产业？", "怎么改善农村人居环境？"} & set(answer.suggestions)


def test_a_conversation_goes_on_through_its_suggestions_without_asking_twice(county: Engine) -> None:
    questions = ["农田水利怎么建"]
    while suggestions := assert_good(county, questions).suggestions:
        questions.append(suggestions[0])
        assert len(questions) <= 12
    assert len(questions) > 3


def test_only_the_last_answer_suggests(county: Engine) -> None:
    first, last = county.converse(["农田水利怎么建", "教师队伍怎么样"])
    assert (first.suggestions, bool(last.suggestions)) == ((), True)


def test_what_is_not_found_suggests_nothing(county: Engine) -> None:
    answer = county.ask("火星移民船票多少钱")
    assert (answer.status, answer.suggestions) == ("not_found", ())


def test_without_synonyms_they_hold_without(county: Engine) -> None:
    choices = Choices(synonyms=False)
    answer = county.ask("农田水利建设", choices=choices)
    assert answer.suggestions
    for suggestion in answer.suggestions:
        place = places_of(county, answer)[suggestion]
        first = county.ask(suggestion, ["农田水利建设"], choices=choices).citations[0]
        assert max(first.start, place.start) < min(first.end, place.end)


def test_sister_documents_are_told_apart_by_place(make_engine: MakeEngine) -> None:
    report = "2025年{}省政府工作报告\n一、2024年工作回顾\n{}\n二、2025年重点工作\n（一）扩大有效投资。{}\n（二）守牢安全底线。{}\n"
    body = "{}今年安排重大项目{}百个，完成投资{}千亿元，各地各部门要加强要素保障，确保早开工、早投产、早见效，年底前全部到位。"
    engine = make_engine(
        {
            f"{place}.txt": report.format(place, *(body.format(word, n, n) for word in ("去年", "投资", "安全")))
            for n, place in enumerate(("浙江", "江苏", "安徽"), 3)
        }
    )
    answer = assert_good(engine, ["江苏投资怎么扩大"])
    assert answer.suggestions
    assert all(suggestion.startswith("江苏") for suggestion in answer.suggestions)


def test_the_same_question_gets_the_same_suggestions_whatever_was_tried_before(county: Engine) -> None:
    before = county.ask("教师队伍怎么样").suggestions
    county.ask("农田水利怎么建")
    assert county.ask("教师队伍怎么样").suggestions == before


@pytest.mark.parametrize("question", EVERYDAY)
def test_over_the_seeds_everyday_questions_lead_on(seeds: Engine, question: str) -> None:
    answer = assert_good(seeds, [question])
    assert bool(answer.suggestions) == (answer.status == "answered")
    for one, other in combinations(answer.suggestions, 2):
        assert one not in other


@pytest.mark.parametrize(
    ("heading", "about", "question"),
    [
        ("一、加强农田水利建设", About(listed=True), "加强农田水利建设有哪些举措？"),
        ("（二）持续优化营商环境，激发市场活力。", About(), "怎么优化营商环境？"),
        ("（五）在全面推进乡村振兴上下功夫、求实效。", About(subject="山东"), "山东怎么推进乡村振兴？"),
        ("（一）在政务服务上再发力。", About(listed=True), "政务服务方面有哪些举措？"),
        # what is asked for is not said twice
        ("一、推动惠企举措落实", About(listed=True), "怎么推动惠企举措落实？"),
        ("（一）做好困难群众救助工作", About(side="done"), "怎么做好困难群众救助工作的？"),
        ("（二）在惠企措施上再发力。", About(listed=True), None),
        ("（二）科技创新成果丰硕。", About("done"), "科技创新方面取得了哪些成效？"),
        ("三是深入推进招商引资。", About("done"), "推进招商引资做了哪些工作？"),
        ("一、2024年工作回顾", About("done", subject="湖北2024年"), "湖北2024年做了哪些工作？"),
        ("二、2025年工作思路和重点任务", About(subject="湖北2025年"), "湖北2025年的重点任务有哪些？"),
        ("二、存在的差距不足", About("wrong", topic="研讨活动"), "研讨活动存在哪些差距不足？"),
        ("二、存在的差距不足", About("wrong"), None),  # whose?
        ("一是在深化县情认识上有差距。", About("wrong"), "深化县情认识方面的差距在哪里？"),
        ("三、下步整改措施", About(topic="作风整顿"), "作风整顿下一步有哪些整改措施？"),
        ("租赁费用及期限", About("rules"), "租赁费用及期限是怎么规定的？"),
        ("产业基础创新工程", About(), "产业基础创新工程有哪些安排？"),
        ("产业基础创新工程", About(titled=False), None),  # in running text a noun is half a phrase
        ("发展目标", About(), None),
        ("开发区", About(), None),
        ("牢记使命担当，奋力谱写新篇章", About(), None),
        ("打造**新高地示范区", About(), None),
        ("推动XX县高质量发展", About(), None),
        ("2022年", About(), None),
        ("同志们：", About(), None),
        ("怎么办好一件事？", About(), None),
        ("申领补贴需要符合什么条件", About(listed=True), None),  # it asks already
        ("附件", About(), None),
    ],
)
def test_headings_become_questions(heading: str, about: About, question: str | None) -> None:
    assert question_of_heading(heading, about) == question


@pytest.mark.parametrize(
    ("lead", "about", "question"),
    [
        ("围绕高质量发展，重点抓好以下十个方面的工作。", About(subject="山东"), "山东要重点抓好哪十个方面的工作？"),
        ("抓好以下三项重点工作：", About(topic="防汛救灾"), "防汛救灾要抓好哪三项重点工作？"),
        ("抓好以下三项重点工作：", About(), None),
        ("我们将从三个方面着力提升基层党建水平，推动全面过硬。", About(), "从哪三个方面提升基层党建水平？"),
        ("当前，各项工作推进还存在一些问题和薄弱环节。", About(), "各项工作推进存在哪些问题和薄弱环节？"),
        ("申请人才公寓还应符合以下条件：", About("rules"), "申请人才公寓应符合哪些条件？"),
        ("**镇存在以下问题：", About(), None),
        ("同志们：", About(), None),
    ],
)
def test_lead_ins_become_questions(lead: str, about: About, question: str | None) -> None:
    assert question_of_lead(lead, about) == question


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("在全县优化营商环境推进会议上的讲话", "优化营商环境方面"),
        ("智能制造试点示范培育行动实施方案", "智能制造试点示范培育"),
        ("总体要求", None),
        ("2025年浙江省政府工作报告", None),
    ],
)
def test_topics_of_titles(title: str, topic: str | None) -> None:
    assert topic_of(title) == topic


def test_the_nearest_heading_tells_what_a_part_tells() -> None:
    assert side_of(("一、2024年工作回顾", "（一）产业升级"), "报告") == "done"
    assert side_of(("一、2024年工作回顾", "（三）存在的问题"), "报告") == "wrong"
    assert side_of(("三、下步整改措施",), "问题查摆报告") == "plan"
    assert side_of(("第二章 资金管理",), "专项资金管理办法") == "rules"


def test_the_verbs_are_sorted_and_each_stands_once() -> None:
    lines = resources.files("service.answering").joinpath("doing.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
