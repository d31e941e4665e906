"""The place of a document: told by its issuer, title, occasion or names, or clear from its own words; never guessed."""

import pytest

from service.corpus.places import place


def of(
    title: str, issuer: str | None = None, occasion: str | None = None, name: str = "a1", text: str = ""
) -> str | None:
    return place(title, issuer, occasion, ("材料", name), text.split("\n"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2025年河北省政府工作报告", "河北省"),
        ("2025年新疆政府工作报告", "新疆维吾尔自治区"),
        ("广州市天河区人才公寓管理办法", "广东省广州市天河区"),
        ("济南市人民政府关于支持企业的意见", "山东省济南市"),
        ("广东省广州市番禺区招商办法", "广东省广州市番禺区"),
        ("平江县2023年工作总结", "湖南省岳阳市平江县"),
        ("北京市朝阳区养老办法", "北京市朝阳区"),
        ("关于受理天河区人才公寓申请的公告", "广东省广州市天河区"),
        ("内蒙古自治区绿化条例", "内蒙古自治区"),
        # of the whole country, whatever it is about
        ("国务院关于支持山东发展的意见", None),
        ("科技部关于支持北京建设试验区的函", None),
        ("国家税务总局关于广州有关事项的批复", None),
        ("中华人民共和国香港特别行政区驻军法", None),
        # more than one county has that name; a road, a school, a part of a name
        ("朝阳区养老办法", None),
        ("北京大学章程", None),
        ("南京路步行街管理", None),
        ("海南藏族风俗", None),
        ("保障社会长治久安的意见", None),
        ("长治市2023年工作总结", "山西省长治市"),
        ("吉林2023年工作总结", "吉林省"),
        ("吉林市2023年工作总结", "吉林省吉林市"),
        ("县级以上人民政府和县级部门", None),
        ("招商引资奖励办法", None),
        ("", None),
    ],
)
def test_a_title_tells_the_place(title: str, expected: str | None) -> None:
    assert of(title) == expected


def test_who_issued_it_goes_before_the_title_and_the_names_behind_it() -> None:
    assert of("关于支持上海企业的通知", issuer="济南市财政局") == "山东省济南市"
    assert of("政府工作报告", occasion="湖南省平江县第十八届人民代表大会第三次会议") == "湖南省岳阳市平江县"
    assert of("政府工作报告", name="2026_广东省政府工作报告") == "广东省"
    assert of("政府工作报告", occasion="第十三届全国人民代表大会第五次会议", name="广东") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我省要加快发展。我省企业要走出去。\n建设山东半岛城市群，办好山东好品。", "山东省"),
        ("结合我市实际。由市财政局负责。\n打造青岛特色，服务青岛企业，支持驻青高校。", "山东省青岛市"),
        ("我区企业，本区居民。\n广州市天河区财政局、天河区教育局负责。", "广东省广州市天河区"),
        # it speaks of no place as its own, or of several
        ("山东企业和山东高校参加。", None),
        ("我省要学习。我省企业要走出去。\n学习浙江经验，学习江苏做法，学习山东做法。", None),
        ("我省要学习。我省要发展。\n学习浙江。", None),
        # to all provinces
        ("各省、自治区、直辖市人民政府：\n我省、我省。山东、山东、山东。", None),
    ],
)
def test_a_text_that_speaks_of_its_own_place_tells_it_by_naming_it(text: str, expected: str | None) -> None:
    assert of("材料", text=text) == expected


def test_a_folder_tells_the_place_of_a_text_that_speaks_of_its_own() -> None:
    text = ["我市要加快发展。", "我市企业要走出去。"]
    assert place("总结", None, None, ("岳阳市", "总结"), text) == "湖南省岳阳市"
    assert place("在全市会议上的讲话", None, None, ("岳阳市", "讲话"), ["要加快发展。"]) == "湖南省岳阳市"
    assert place("总结", None, None, ("岳阳市", "总结"), ["要加快发展。"]) is None
    # what the province wrote
    assert place("总结", None, None, ("岳阳市", "总结"), ["我省要加快发展。"]) is None
    assert place("总结", None, None, ("湖南省", "总结"), text) == "湖南省"
    assert place("总结", None, None, ("岳阳市材料", "总结"), text) is None
