"""A clause or heading in, the matter it names out, which a question can be about; or none."""

import re
from functools import cache

from service.language import wordlists
from service.language.nouns import is_noun

# Shorter, a matter is everything and nothing (抓工作); longer, nobody asks it in one breath.
SHORTEST_MATTER, LONGEST_MATTER = 4, 15

_ADVERBS = re.compile(
    r"(?:我们|还?要|必须|将|始终|不断|全面(?=[\u4e00-\u9fff]{4})|着力|切实|持续|深入(?!开展)|大力|进一步|扎实|坚决|更加|更好|聚力|聚焦|全力|奋力"
    r"|积极|有序|稳步|有力|持之以恒|精心|认真|继续|坚定不移|多措并举|全方位|因地制宜|毫不动摇|毫不放松|严格落实|以更大力度|更高水平|高标准|高质量(?=推进|推动|打造)|大力度|加大力度|突出抓好|重点抓好|着重)+"
)
# 稳增长, 防风险: three characters that say enough.
_BRIEF = re.compile(
    "(?:稳|强|促|防|惠|扩|壮|推|提|保|优|抓)(?:增长|科技|产业|改革|融合|民生|风险|效能|就业|投资|消费|外贸|开放|创新|内需|安全|稳定|生态|环境|基层|项目|招商|党建)"
)
# What says nothing by itself, before 举措 or 成效 and the like.
_SAYS_NOTHING = re.compile(
    r"^(?:行动|规划|项目|具体|重点|指导|基本|方法|组织|应用|建设|信息服务|目标|总体|发展|前期|前段|近期|当前|目前|今后|下一?步|下一?阶段|工作|主要|有关|其他|相关|的|进展)*$"
)
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


def matter_of(clause: str) -> str | None:
    """Return the verb phrase in a clause without its adverbs, None where it is none, says too little, or is an appeal."""
    core = _ADVERBS.sub("", clause, count=1) if _ADVERBS.match(clause) else clause
    core = re.sub(r"方面$|(?:上|中)?(?:再上新台阶|取得实效|求实效|下功夫)$|、?(?:求实效|见成效)$", "", core).rstrip(
        "、"
    )
    if _BRIEF.fullmatch(core):
        return core
    if not SHORTEST_MATTER <= len(core) <= LONGEST_MATTER or not is_doing(core):
        return None
    return core if is_matter(core) and not _EMPTY_OBJECT.match(core) else None


def without_adverbs(clause: str) -> str:
    """Return a clause without 持续, 大力, 我们要 and the like."""
    return _ADVERBS.sub("", clause)


def is_appeal(words: str) -> bool:
    """Return whether words are an appeal or a picture, not a person's words for a matter."""
    return _SLOGAN.search(words) is not None


def is_doing(core: str) -> bool:
    """Return whether a phrase begins with a verb that has an object; 发展目标 is a thing."""
    return _doing().match(core) is not None and not _NO_OBJECT.match(core)


def is_thing(words: str) -> bool:
    return not says_nothing(words[:-2]) and any(is_noun(words[-length:]) for length in (2, 3, 4))


def says_nothing(words: str) -> bool:
    """Return whether words before 举措, 成效 and the like are no matter of their own (主要, 下一步工作)."""
    return _SAYS_NOTHING.match(words) is not None


def is_matter(matter: str) -> bool:
    """Return whether a matter is one: no picture, no appeal, no half of a phrase."""
    return (
        not is_appeal(matter)
        and matter.count("、") < 3
        and matter[-1] not in "的和与及、是在对把为以了上中"
        and matter[0] not in "的和与及、了是"
    )


@cache
def _doing() -> re.Pattern[str]:
    words = wordlists.lines("service.answering", "doing.txt")
    # 开发区 and 创新型企业 are things.
    return re.compile(
        f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})(?![区房性者型站和与及]|开放|驱动|创造|创业|引领|能力)"
    )
