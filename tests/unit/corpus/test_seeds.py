"""The five seed files are the ones that were given, and corpus.toml describes them without a slip."""

import hashlib

import pytest

from service.corpus.documents import read_folders
from service.settings import shipped

SEEDS = shipped("seeds")

SHA256 = {
    "000_4cb66b2cc1e33dfa.txt": "21efc5d7f42ee0164eb059c93b74d25b299889dc491ecd26dde2fd5ae8d89358",
    "001_8c21865a51a04441.txt": "73d79186a04cf7d7887535575b9033042ef8027847783640709b89264e791368",
    "002_ee15812bedf332f3.txt": "e342134397a0afeb58bddc9eda89c0d0bdc65d2b3915f4c5613b2137dea817e7",
    "003_089b812e5d7f50f1.txt": "84a0231923c16213cad9829fe9a5a5d3a3c35eadb33a55faba58d682fed68dd5",
    "004_b7eb83e301e981d6.txt": "d1bf52ed938376576db29dd293a6050ad9e9028ddcd633d66e90f10d9a313e5f",
}


@pytest.mark.parametrize("name", SHA256)
def test_a_seed_is_unchanged(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


def test_the_seeds_are_read_whole_without_a_warning() -> None:
    report = read_folders([SEEDS])
    assert report.warnings == ()
    assert [(file.file, file.encoding, file.left_out, file.warnings) for file in report.files] == [
        (name, "UTF-8", None, ()) for name in SHA256
    ]


def test_the_seeds_say_their_titles_and_dates() -> None:
    assert [(document.file[:3], document.title, document.date) for document in read_folders([SEEDS]).documents] == [
        ("000", "推动振兴发展实效问题查摆情况报告", "2022"),
        ("001", "在全县优化营商环境和能力作风建设推进会议上的讲话", "2022-10"),
        ("002", "全县“解放思想、振兴发展”研讨活动情况通报", "2022"),
        ("003", "在全县重大项目、重点工作推进会上的讲话", "2022"),
        ("004", "乡镇2022年高质量发展特色亮点及2023年工作安排计划", "2023-02-14"),
        ("004", "党委书记在2023年高质量发展大会上的讲话", "2023"),
    ]


def test_the_furniture_of_the_seeds_is_left_over() -> None:
    assert [
        (document.file[:3], document.text[span.start : span.end], span.rule)
        for document in read_folders([SEEDS]).documents
        for span in document.leftovers
    ] == [
        ("003", "预览阅读已结束,若您需要全文或代笔。", "代写广告"),
        ("003", "请点击👉 mooonya 👈联系老师", "代写广告"),
        ("004", "当前位置:首页 > 专题范文 > 振兴乡镇 >", "面包屑"),
        ("004", "时间:2023-02-14 08:25:03 来源:网友投稿", "来源时间行"),
        ("004", "推荐访问:年高 乡镇 亮点", "推荐链接"),
    ]
