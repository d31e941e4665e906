"""A heading or a lead-in in, the question out that it answers, as a person would ask it; or none."""

import re

from service.answering.about import About
from service.answering.matter import (
    LONGEST_MATTER,
    SHORTEST_MATTER,
    is_appeal,
    is_doing,
    is_matter,
    is_thing,
    matter_of,
    says_nothing,
    without_adverbs,
)
from service.answering.question import QUESTION_WORD
from service.answering.trouble import TROUBLES
from service.corpus.document import Span
from service.passages.labels import labels

SHORTEST, LONGEST = 6, 24

_STOPS = "。．.；;：:，,、！!？? \u3000"
_REDACTED = re.compile(r"\*|[xX×]{2}|[○□△]|[…]|_{2}")
_CLAUSE_ENDS = re.compile(r"[，,。；;：:！!\s]+")
# 在乡村振兴上精准发力: said of a matter is that something is done about it.
_IN_IT = re.compile(
    r"^(?:要|必须)?在(.{2,14}?)(?:上|方面)(?:再|下|求|精准|持续|更|取得|实现|展现|奋勇|担当|用|加|作|走|当|见|有)"
)
_LACKING = re.compile(r"^在?(.{3,14}?)(?:上|方面)?(?:还|仍|尚|仍然|依然)?(?:有|存在)(差距|不足|短板)$")
_WRONG = re.compile(
    r"^(.{2,12}?)(?:还|仍|尚)?((?:不够|不足|不强|不高|不到位|不深|不实|不优|滞后|薄弱|偏[少低弱])(?:有力|到位|明显|扎实|深入|充分)?)$"
)
# What a review says has come about; what stands before it is the matter.
_ACHIEVED = re.compile(
    r"^(.{3,10}?)(?:(?:成效|成果|效果|成绩|亮点)(?:持续|更加|不断|十分|日益)?(?:显著|明显|丰硕|突出|凸显|显现|喜人|初显)"
    r"|(?:取得|实现|迈出|迈上|再上|跃上|获得)(?:[了新]|重大|积极|历史性)?.{2,7}"
    r"|(?:持续|不断|进一步|更加|加快|稳步|有力|扎实|深入|全面|显著|明显|有效|加速|大幅|蓬勃|有序|日益|全力|深度)(?:[\u4e00-\u9fff]{2}|(?:做.){2,3}))$"
)
# What has come about, but is no field of work.
_NO_WORK = re.compile("(?:风险|态势|优势|动能|动力|地位|底线|支撑|红利|实力|面貌|效应|格局|思想)$")
# A whole sentence after all.
_SENTENCE = re.compile("(?:取得|实现)了|显著|明显$|丰硕|得到|逐步|释放")
# Headings of the kinds of things that are asked for by “哪些”.
_THINGS = "任务|举措|措施|做法|经验|成果|成效|成绩|亮点|要求|条件|(?:申请|申报|办理|提交|所需)材料|优势|机遇|挑战|职责|途径|情形|类别|待遇"
_LISTED = re.compile(
    rf"^(.*?)的?((?:主要|重点|保障|整改|具体|推进|支持|工作|基本|组织|特色){{0,2}}(?:{_THINGS})(?:[和与、]?(?:{_THINGS}))?)$"
)
_REACHED = re.compile("成果|成效|成绩|亮点|进展")
_VALUED = re.compile(
    r"^(.*?)的?((?:总体|主要|基本|指导|发展|工作|预期|办理|申请|受理|适用)?(?:要求|目标|目的|原则|思路|定位|标准|时间|期限|流程|程序|范围|对象|地点|渠道))$"
)
_TROUBLE = re.compile(
    r"^(.{0,14}?)(?:仍然|依然|还|仍|也)*(?:存在|面临)(?:着|的)?(?:一些|不少|许多|诸多|以下|主要|突出|几个方面的?)*"
    rf"((?:{TROUBLES})(?:[和与、]?(?:{TROUBLES}))?)$"
)
_YEAR = re.compile(r"^((?:19|20)\d\d)年度?的?(.*)$")
_REVIEW = re.compile(r"^(?:政府|主要)?工作(?:回顾|情况|总结|进展)$")
_PLANNED = re.compile(r"^(?:政府|主要)?工作(?:安排|谋划|计划|打算|部署)$")
_MAIN = re.compile(
    r"(?:^|和|与|及|、|工作)(?:的)?((?:重点|主要|目标|工作)(?:工作)?任务|主要目标|预期目标|重点工作|总体要求)$"
)
_ARRANGED = re.compile(
    "(?:工程|行动|补贴|体系|机制|管理|建设|服务|监测|改革|创新|保护|治理|项目|保险|奖励|扶持|培训|制度|试点|活动|保障|监管|整治)$"
)
_NEXT = re.compile("^(?:今后|下一?步|下一?阶段)")
_NO_NOUN = re.compile(
    r"[了是不应须可有为按并请如已被让使把将就都也即若或，,：:；;。！!？?\d]|^(?:第|附|其他|关于|对|在|以|从|由|凡|经|根据)"
)
_MANY = re.compile(f"{_NO_NOUN.pattern}|[和与及、]")
_NO_HEADING = re.compile(r"附则|总则|附件|前言|引言|序言|结语|目录|解读|^以上|事项|说明")

# What is asked for is not said twice: no 落实惠企举措有哪些举措.
_NAMES_MEASURES = re.compile("举措|措施")

_NUMERAL = "一二两三四五六七八九十"
_COUNTED = re.compile(
    rf"((?:重点|主要|突出|着力|集中|全力|着重|认真)*(?:抓好|抓|做好|做到|完成|办好|实施|落实|解决|处理好|推进|推动|开展|坚持|把握)了?)"
    rf"(?:以下|如下|下列|好)*([{_NUMERAL}]{{1,2}}|\d{{1,2}})(个方面|大|项|件|方面|个|条)的?"
    r"((?:重点|主要|民生|关键|重大)*(?:工作|任务|实事|问题|工程|行动|关系|举措|要求))$"
)
_FROM = re.compile(rf"从(?:以下)?([{_NUMERAL}])个?方面(.{{4,20}})$")
_CONDITIONS = re.compile(
    r"^(.{2,12}?)(?:还|均|都|同时)*(应当?|须|必须|需要?)?(?:同时)?(符合|具备|满足|提供|提交)(?:以下|下列|如下)(?:基本)?(条件|材料|资料|要求)(?:之一)?$"
)
_SAYING = re.compile(r"^(?:但|同时|当前|目前|我们|我市|我省|我县|我区|各位代表|也|还|看到|清醒地?|必须|要)+")


def question_of_heading(heading: str, about: About) -> str | None:
    """Return the question that a heading answers, None where none comes out that a person would ask."""
    words = _bare(heading)
    if _REDACTED.search(words) or _NO_HEADING.search(words):
        return None
    for clause in filter(None, _CLAUSE_ENDS.split(words)):
        if question := _of_clause(clause, about):
            # 上海怎么建设美丽上海 says it twice.
            subject = "" if about.subject and about.subject[:2] in question else about.subject
            return _checked(subject + question, words)
    question = _of_label(words, about)
    return _checked(question, words) if question else None


def question_of_lead(lead: str, about: About) -> str | None:
    """Return the question that a sentence leading in a list answers, None as with headings."""
    if _REDACTED.search(lead):
        return None
    for clause in reversed([part for part in _CLAUSE_ENDS.split(lead) if part]):
        said = _SAYING.sub("", clause)
        question: str | None = None
        if found := _COUNTED.search(said):
            doing, count, measure, things = found.groups()
            begin = "" if doing.endswith("了") or about.side == "done" or not about.subject else "要"
            question = f"{about.subject}{begin}{doing}哪{count}{measure.replace('个方面', '个方面的')}{things}？"
            if not about.subject:
                question = f"{about.topic}{'' if doing.endswith('了') else '要'}{question}" if about.topic else None
        elif (found := _FROM.search(said)) and (matter := matter_of(found[2])):
            question = f"{about.subject}从哪{found[1]}个方面{matter}？"
        elif (found := _TROUBLE.match(said)) and len(found[1]) > 3 and is_matter(found[1]):
            question = f"{about.subject}{_subject_of(found[1])}存在哪些{found[2]}？"
        elif found := _CONDITIONS.match(said):
            who, must, verb, things = found.groups()
            question = f"{who}{must or '要'}{verb}哪些{things}？"
        if question:
            return _checked(question, lead)
    return None


def _bare(heading: str) -> str:
    """Return a heading without its labels and closing marks."""
    words = heading.strip()
    while (label := next(labels(words, Span(0, len(words))), None)) is not None and label.start == 0:
        words = words[label.end :].lstrip(_STOPS + "是")
    words = words.strip(_STOPS)
    # A blank parts two clauses, or stands inside a word that was set wide.
    return words if all(len(part) >= SHORTEST_MATTER for part in words.split()) else "".join(words.split())


def _of_clause(clause: str, about: About) -> str | None:
    """Return the question of a clause that names a matter: something done, wrong or come about."""
    if about.side == "wrong":
        if found := _LACKING.match(clause):
            return f"{found[1]}方面的{found[2]}在哪里？" if is_matter(found[1]) else None
        core = re.sub("^聚焦|方面$", "", clause)
        if clause.endswith("方面") and is_matter(core):
            return f"{core}方面的不足在哪里？"
        if (found := _WRONG.match(clause)) and is_matter(found[1]) and not re.search("[的有一]", found[1]):
            return f"{found[1]}{found[2]}体现在哪里？"
        return None
    if found := _IN_IT.match(clause):
        matter = found[1]
        if doing := matter_of(matter):
            return _asked(doing, about)
        return f"{matter}方面有哪些举措？" if is_matter(matter) and not _NAMES_MEASURES.search(matter) else None
    if about.side == "done" and (found := _ACHIEVED.match(clause)) and is_matter(found[1]):
        named = without_adverbs(found[1])
        return (
            None
            if re.search("[的了]", named) or len(named) < 3 or _NO_WORK.search(named)
            else f"{named}方面取得了哪些成效？"
        )
    matter = matter_of(clause)
    return None if matter is None or _SENTENCE.search(matter) else _asked(matter, about)


def _asked(matter: str, about: About) -> str:
    if about.side == "rules" and about.titled:
        return f"{matter}是怎么规定的？"
    if about.side == "done":
        return f"怎么{matter}的？" if "工作" in matter else f"{matter}做了哪些工作？"
    return f"{matter}有哪些举措？" if about.listed and not _NAMES_MEASURES.search(matter) else f"怎么{matter}？"


def _of_label(words: str, about: About) -> str | None:
    """Return the question of a heading that is a noun: 重点任务, 资金管理, 2025年工作安排."""
    if found := _YEAR.match(words):
        return _of_year(found[1], found[2], about)
    if len(words) > LONGEST_MATTER + 5 or is_appeal(words) or is_doing(without_adverbs(words)):
        return None
    if found := _TROUBLE.match(words):
        before = found[1] if len(found[1]) > 3 else about.topic or ""
        return f"{about.subject}{before}存在哪些{found[2]}？" if before else None
    if found := _LISTED.match(words):
        matter, things = found.groups()
        ahead = "下一步" if _NEXT.match(matter) else ""
        if says_nothing(matter):
            matter = about.topic or ""
        if matter and (matter == about.topic or not _MANY.search(matter)):
            things = things.removeprefix("工作") if _REACHED.search(things) else things
            has = "取得了哪些" if _REACHED.search(things) else "有哪些"
            return f"{about.subject}{matter}{ahead}{has}{things}？"
    if found := _VALUED.match(words):
        matter = about.topic or "" if says_nothing(found[1]) else found[1]
        if matter and (matter == about.topic or not _MANY.search(matter)):
            return f"{about.subject}{matter}的{found[2]}是什么？"
    if about.titled and 5 <= len(words) <= 12 and not _NO_NOUN.search(words) and is_thing(words):
        if about.side == "rules":
            return f"{words}是怎么规定的？"
        arranged = about.side == "plan" and _ARRANGED.search(words)
        return f"{about.subject}{words}有哪些安排？" if arranged else None
    return None


def _of_year(year: str, rest: str, about: About) -> str | None:
    """Return the question of a heading that says what of a year follows."""
    place = re.sub(r"(?:19|20)\d\d年$", "", about.subject)
    if _REVIEW.match(rest):
        return f"{place}{year}年做了哪些工作？"
    if _PLANNED.match(rest):
        return f"{place}{year}年的工作是怎么安排的？"
    if found := _MAIN.search(rest):
        return f"{place}{year}年的{found[1]}{'有哪些' if found[1][-1] in '务作' else '是什么'}？"
    return None


def _subject_of(words: str) -> str:
    return re.sub("^(?:各项)?(?=工作推进)", "各项", words)


def _checked(question: str, heading: str) -> str | None:
    """Return a question that is one, None where it is too short, too long, nothing but its heading, or one of a question."""
    # A heading that asks is no matter: 需要符合什么条件 would give 需要符合什么有哪些条件.
    if len(QUESTION_WORD.findall(question)) > 1:
        return None
    if not SHORTEST <= len(question) <= LONGEST or question.rstrip("？") == heading.rstrip("？?"):
        return None
    return question
