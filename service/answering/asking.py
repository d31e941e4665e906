"""A heading or a lead-in in, the question out that it answers, as a person would ask it; or none."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from service.answering.trouble import tells_trouble
from service.corpus.document import Span
from service.language import wordlists
from service.language.nouns import is_noun
from service.passages.labels import labels

# What a part of a document tells: what was done, what is wrong, what is to be done, what the rules are.
Side = Literal["done", "wrong", "plan", "rules"]

SHORTEST, LONGEST = 6, 24
# Shorter, a matter is everything and nothing (抓工作); longer, nobody asks it in one breath.
_SHORTEST_MATTER, _LONGEST_MATTER = 4, 15

_STOPS = "。．.；;：:，,、！!？? \u3000"
_REDACTED = re.compile(r"\*|[xX×]{2}|[○□△]|[…]|_{2}")
_CLAUSE_ENDS = re.compile(r"[，,。；;：:！!\s]+")
_ADVERB = re.compile(
    r"(?:我们|还?要|必须|将|始终|不断|全面(?=[\u4e00-\u9fff]{4})|着力|切实|持续|深入(?!开展)|大力|进一步|扎实|坚决|更加|更好|聚力|聚焦|全力|奋力"
    r"|积极|有序|稳步|有力|持之以恒|精心|认真|继续|坚定不移|多措并举|全方位|因地制宜|毫不动摇|毫不放松|严格落实|以更大力度|更高水平|高标准|高质量(?=推进|推动|打造)|大力度|加大力度|突出抓好|重点抓好|着重)+"
)
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
# 稳增长, 防风险: three characters that say enough.
_BRIEF = re.compile(
    "(?:稳|强|促|防|惠|扩|壮|推|提|保|优|抓)(?:增长|科技|产业|改革|融合|民生|风险|效能|就业|投资|消费|外贸|开放|创新|内需|安全|稳定|生态|环境|基层|项目|招商|党建)"
)
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
    r"((?:问题|差距|不足|困难|短板|挑战|薄弱环节|矛盾)(?:[和与、]?(?:问题|差距|不足|困难|短板|挑战|薄弱环节))?)$"
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
# What says nothing by itself, before 举措 or 成效 and the like.
_SAYS_NOTHING = re.compile(
    r"^(?:行动|规划|项目|具体|重点|指导|基本|方法|组织|应用|建设|信息服务|目标|总体|发展|前期|前段|近期|当前|目前|今后|下一?步|下一?阶段|工作|主要|有关|其他|相关|的|进展)*$"
)
_NEXT = re.compile("^(?:今后|下一?步|下一?阶段)")
# Neither a matter nor a person's words: appeals, and pictures.
_SLOGAN = re.compile(
    r"底色|篇章|画卷|局面|使命|初心|忠诚|合力|[^情好美敏质观触预]感$|力量$|担当|本领|一招|文章|走深走实|见行见效|答卷|新风|奋进|砥砺|精神|根基|[“”\"‘’《》（）()]|意义"
)
_NO_OBJECT = re.compile(
    "^(?:发展|建设|创新|改革|治理|服务|培育|保障|实施|支持|监管|保护|控制)(?:定位|目标|思路|原则|基础|方向|内容|任务|重点|现状|措施|环境|范围|对象|条件|标准|机制|体系|模式|期限|步骤|政策)"
)
_EMPTY_OBJECT = re.compile(
    r"^.{1,2}(?:改造|建设|政府|组织领导|组织实施|组织保障|宣传引导|要素保障|督促落实|统筹协调|责任落实|能力|问题|成绩|作风|工作|责任|思想|认识|意识|发展|落实|措施|合作|服务|水平|站位|效率|效能|素质|统筹)$"
)
_NO_NOUN = re.compile(
    r"[了是不应须可有为按并请如已被让使把将就都也即若或，,：:；;。！!？?\d]|^(?:第|附|其他|关于|对|在|以|从|由|凡|经|根据)"
)
_MANY = re.compile(f"{_NO_NOUN.pattern}|[和与及、]")
_NO_HEADING = re.compile(r"附则|总则|附件|前言|引言|序言|结语|目录|解读|^以上|事项|说明")

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


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a heading or lead-in: its side, whether a list follows, and what the document is about.

    ``titled`` tells that it is a line of its own, which may be a noun; other heads are questions only as verbs.

    ``subject`` goes before each question, as 浙江; ``topic`` only before one whose heading names no matter of its own.
    """

    side: Side = "plan"
    listed: bool = False
    titled: bool = True
    subject: str = ""
    topic: str | None = None


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
        elif (found := _FROM.search(said)) and (matter := _matter(found[2])):
            question = f"{about.subject}从哪{found[1]}个方面{matter}？"
        elif (found := _TROUBLE.match(said)) and len(found[1]) > 3 and _says(found[1]):
            question = f"{about.subject}{_subject_of(found[1])}存在哪些{found[2]}？"
        elif found := _CONDITIONS.match(said):
            who, must, verb, things = found.groups()
            question = f"{who}{must or '要'}{verb}哪些{things}？"
        if question:
            return _checked(question, lead)
    return None


def topic_of(title: str) -> str | None:
    """Return what a title says its document is about, None where that is too long to be asked of, or nothing."""
    words = re.sub(r"^(?:关于|在)(?:印发|加强|召开)?|《|》|[（(][^（()）]*[）)]", "", title)
    words = re.sub(r"^(?:中共)?.{2,12}(?:关于|印发)(?:印发)?", "", words)
    words, types = re.subn(
        r"的?(?:实施|指导|若干|管理|暂行|工作|专项|行动|情况|总结|问题查摆|三年)*"
        r"(?:意见|方案|通知|办法|规定|细则|计划|规划|措施|政策|报告|通报|汇报|总结|讲话|发言|公告|通告|指引|指南|要点)$",
        "",
        words,
    )
    words = re.sub(r"(?:推进|工作|座谈|动员|部署|总结|表彰|调度|专题)?会议?上$", "", words)
    words = re.sub(r"^全[省市县区镇乡]", "", words)
    words += "方面" if _is_doing(words) else ""
    if not types or _SAYS_NOTHING.match(words):
        return None
    return words if 4 <= len(words) <= 13 and not re.search(r"\d|政府工作|\*|、|[:：]", words) else None


def side_of(headings: tuple[str, ...], title: str) -> Side:
    """Return what a part under these headings, outermost first, tells."""
    for heading in reversed(headings):
        if tells_trouble(heading) and not re.search("整改|措施|举措|解决|化解|补齐", heading):
            return "wrong"
        if re.search("(?:措施|举措|打算|安排|谋划|计划|任务|下一?步|要求|重点工作)[。:：]?$|^.{0,3}下一?步", heading):
            return "plan"
        if re.search(
            "回顾|(?:成果|成效|成绩|进展|亮点)[。:：]?$|过去|去年|[一五]年来|工作情况|成效(?:显著|明显)", heading
        ):
            return "done"
    return "rules" if re.search("条例|办法|规定|细则|指引|指南|公告|通告|详解|简介|清单|申领|申请", title) else "plan"


def _bare(heading: str) -> str:
    """Return a heading without its labels and closing marks."""
    words = heading.strip()
    while (label := next(labels(words, Span(0, len(words))), None)) is not None and label.start == 0:
        words = words[label.end :].lstrip(_STOPS + "是")
    words = words.strip(_STOPS)
    # A blank parts two clauses, or stands inside a word that was set wide.
    return words if all(len(part) >= _SHORTEST_MATTER for part in words.split()) else "".join(words.split())


def _of_clause(clause: str, about: About) -> str | None:
    """Return the question of a clause that names a matter: something done, wrong or come about."""
    if about.side == "wrong":
        if found := _LACKING.match(clause):
            return f"{found[1]}方面的{found[2]}在哪里？" if _says(found[1]) else None
        core = re.sub("^聚焦|方面$", "", clause)
        if clause.endswith("方面") and _says(core):
            return f"{core}方面的不足在哪里？"
        if (found := _WRONG.match(clause)) and _says(found[1]) and not re.search("[的有一]", found[1]):
            return f"{found[1]}{found[2]}体现在哪里？"
        return None
    if found := _IN_IT.match(clause):
        matter = found[1]
        if doing := _matter(matter):
            return _asked(doing, about)
        return f"{matter}方面有哪些举措？" if _says(matter) else None
    if about.side == "done" and (found := _ACHIEVED.match(clause)) and _says(found[1]):
        named = _ADVERB.sub("", found[1])
        return (
            None
            if re.search("[的了]", named) or len(named) < 3 or _NO_WORK.search(named)
            else f"{named}方面取得了哪些成效？"
        )
    matter = _matter(clause)
    return None if matter is None or _SENTENCE.search(matter) else _asked(matter, about)


def _asked(matter: str, about: About) -> str:
    if about.side == "rules" and about.titled:
        return f"{matter}是怎么规定的？"
    if about.side == "done":
        return f"{matter}做了哪些工作？"
    return f"{matter}有哪些举措？" if about.listed else f"怎么{matter}？"


def _matter(clause: str) -> str | None:
    """Return the verb phrase in a clause without its adverbs, None where it is none, says too little, or is an appeal."""
    core = _ADVERB.sub("", clause, count=1) if _ADVERB.match(clause) else clause
    core = re.sub(r"方面$|(?:上|中)?(?:再上新台阶|取得实效|求实效|下功夫)$|、?(?:求实效|见成效)$", "", core).rstrip(
        "、"
    )
    if _BRIEF.fullmatch(core):
        return core
    if not _SHORTEST_MATTER <= len(core) <= _LONGEST_MATTER or not _is_doing(core):
        return None
    return core if _says(core) and not _EMPTY_OBJECT.match(core) else None


def _of_label(words: str, about: About) -> str | None:
    """Return the question of a heading that is a noun: 重点任务, 资金管理, 2025年工作安排."""
    if found := _YEAR.match(words):
        return _of_year(found[1], found[2], about)
    if len(words) > _LONGEST_MATTER + 5 or _SLOGAN.search(words) or _is_doing(_ADVERB.sub("", words)):
        return None
    if found := _TROUBLE.match(words):
        before = found[1] if len(found[1]) > 3 else about.topic or ""
        return f"{about.subject}{before}存在哪些{found[2]}？" if before else None
    if found := _LISTED.match(words):
        matter, things = found.groups()
        ahead = "下一步" if _NEXT.match(matter) else ""
        if _SAYS_NOTHING.match(matter):
            matter = about.topic or ""
        if matter and (matter == about.topic or not _MANY.search(matter)):
            things = things.removeprefix("工作") if _REACHED.search(things) else things
            has = "取得了哪些" if _REACHED.search(things) else "有哪些"
            return f"{about.subject}{matter}{ahead}{has}{things}？"
    if found := _VALUED.match(words):
        matter = about.topic or "" if _SAYS_NOTHING.match(found[1]) else found[1]
        if matter and (matter == about.topic or not _MANY.search(matter)):
            return f"{about.subject}{matter}的{found[2]}是什么？"
    if about.titled and 5 <= len(words) <= 12 and not _NO_NOUN.search(words) and _is_thing(words):
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


def _is_doing(core: str) -> bool:
    """Return whether a phrase begins with a verb that has an object; 发展目标 is a thing."""
    return _doing().match(core) is not None and not _NO_OBJECT.match(core)


def _is_thing(words: str) -> bool:
    return not _SAYS_NOTHING.match(words[:-2]) and any(is_noun(words[-length:]) for length in (2, 3, 4))


def _says(matter: str) -> bool:
    """Return whether a matter is one: no picture, no appeal, no half of a phrase."""
    return (
        not _SLOGAN.search(matter)
        and matter.count("、") < 3
        and matter[-1] not in "的和与及、是在对把为以了上中"
        and matter[0] not in "的和与及、了是"
    )


def _subject_of(words: str) -> str:
    return re.sub("^(?:各项)?(?=工作推进)", "各项", words)


def _checked(question: str, heading: str) -> str | None:
    """Return a question that is one, None where it is too short, too long, or nothing but its heading."""
    if not SHORTEST <= len(question) <= LONGEST or question.rstrip("？") == heading.rstrip("？?"):
        return None
    return question


@cache
def _doing() -> re.Pattern[str]:
    words = wordlists.lines("service.answering", "doing.txt")
    # 开发区 and 创新型企业 are things.
    return re.compile(
        f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})(?![区房性者型站和与及]|开放|驱动|创造|创业|引领|能力)"
    )
