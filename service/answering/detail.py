"""A question in, the detail it wants to be told out (a number in a unit, a day), and whether a text tells one."""

import re

from service.answering.answer import Kind
from service.answering.question import QUESTION_WORD

# In readable form: numbers in words are digits there; **亿元 and XX家 are redacted ones.
_NUMBER = r"(?:\d[\d.,]*|[*x]+|[几数])[多余]?"
_SCALE = "(?:十|百|千|万|亿)*"
# 多少部门 and 多少人才 count 部门 and 人才; what begins like a unit is none there.
_NO_UNIT = "部门|部分|部队|台账|人才|人员|个人|个体|家庭|家长|名单|名额|处理|处分|项目|条件|场地|场所|户口|位置|座谈"
_ASKED_UNIT = re.compile(rf"(?:多少|几)(?:百|千|万|亿)*(?!{_NO_UNIT})([\u4e00-\u9fff]{{1,3}})")
# Units that answer for each other. What is asked for by another word is not judged.
_UNITS = (
    "元 钱 块钱 % 个百分点",
    "家 户 个",
    "人次 人 名 位",
    "项 个 件 条",
    "次 场 轮 批 届",
    "所 座 处 个",
    "亩 公顷 平方公里 平方米",
    "公里 千米 米",
    "吨 公斤 斤",
    "辆 台 套 部",
    "张 个",
    "度 摄氏度",
    "千瓦 千瓦时",
    "分钟 刻钟 小时",
    "小时 分钟 天",
    "个月 月 年",
    "天 日",
    "岁 周岁",
    "倍 番",
    "层",
    "米 公里 千米",
    "头 只 羽 匹",
    "棵 株 亩",
    "分 个百分点",
)
# 7时30分, 下午5点, 8点半, 7:30; but 3点要求 are points.
_TIME = (
    r"\d{1,2}\s*时(?![间代期])|(?:[晨早午晚]|[早晚]上)\s*\d{1,2}\s*点|\d{1,2}\s*点(?:[半整钟前后]|\d{1,2}分|[至到—-]\s*\d)"
    r"|(?<![\d:：])\d{1,2}[:：]\d\d(?![\d:：])"
)
_TIME_OF_DAY = re.compile(_TIME)
_DAY = re.compile(
    r"\d+\s*[年月日号]|[*x]+[年月日]|月底|年底|年初|年内|年末|季度|上半年|下半年|"
    r"今年|去年|明年|近期|目前|当前|截至|以来|期间|" + _TIME
)
_ANY_NUMBER = re.compile(r"\d|\*|x{2}|一半|翻番|唯一|全部")


def wanted(kind: Kind, form: str) -> re.Pattern[str] | None:
    """Return what a text must hold to answer a question in readable form; None where no detail is wanted."""
    if kind == "when":
        return _TIME_OF_DAY if "几点" in form else _DAY
    if kind != "number":
        return None
    asked = _ASKED_UNIT.search(form)
    if asked is not None:
        for group in _UNITS:
            units = group.split()
            if any(asked.group(1).startswith(unit) for unit in units):
                return re.compile(rf"{_NUMBER}{_SCALE}(?:{'|'.join(units)})")
    return _ANY_NUMBER


def attribute_end(form: str) -> int:
    """Return where the word must end that a question in readable form asks the value of; 0 where there is none."""
    found = QUESTION_WORD.search(form)
    return found.start() if found else 0
