"""Of a web page the document is read, all of it, and not what stands around it."""

from collections.abc import Callable

import pytest
from lxml import html

from service.corpus.readers import mail, saved_webpage, webpage
from service.corpus.readers.reading import Reading
from service.errors import UnreadableFile

BODY = (
    "<p>各乡镇人民政府：</p><p>　　为做好秋粮收购，现通知如下。</p><h2>一、总体要求</h2><p>坚持应收尽收，守住农民“种粮\n卖得出”的底线。</p>"
    "<div>（一）早准备，仓容要早腾。<br>（二）优服务，做到随到随收。</div>"
    "<table><tr><th>乡镇</th><th>仓容</th></tr><tr><td>东河镇</td><td>3200&nbsp;吨</td></tr></table>"
    "<p>附件：<a href='1.doc'>仓容表</a></p><p style='text-align:right'>云溪县人民政府</p><p>2023年4月28日</p>"
)
TEXT = (
    "各乡镇人民政府：\n为做好秋粮收购，现通知如下。\n一、总体要求\n坚持应收尽收，守住农民“种粮卖得出”的底线。\n"
    "（一）早准备，仓容要早腾。\n（二）优服务，做到随到随收。\n乡镇\t仓容\n东河镇\t3200 吨\n"
    "附件：仓容表\n云溪县人民政府\n2023年4月28日\n"
)
MENU = "".join(
    f"<li><a href='{n}'>{words}</a></li>" for n, words in enumerate(("首页", "政务公开", "互动交流", "走进云溪"))
)
SITE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>关于秋粮收购的通知_云溪县人民政府</title>"
    "<meta name='ArticleTitle' content='关于秋粮收购的通知'><meta name='PubDate' content='2023-05-01 10:20'>"
    "<script>var a='各乡镇要，抓好。落实。';</script></head><body><div class='top'><ul>{menu}</ul>"
    "<div>您的位置：<a href='/'>首页</a> &gt; <a href='/2'>通知公告</a></div></div>"
    "<table><tr><td>文号：</td><td>云政发〔2023〕5号</td></tr></table>"
    "<div class='head'><div class='t'>关于秋粮收购的通知</div><div>来源：县政府办</div></div>"
    "<div class='content'>{body}</div><div style='display:none'>看不见，读不到。</div>"
    "<div class='side'><ul>{menu}</ul></div><div class='footer'>主办单位：云溪县人民政府办公室</div></body></html>"
)


def site(body: str = BODY) -> str:
    return SITE.format(menu=MENU, body=body)


def test_the_document_of_a_page_is_read_whole_and_its_surroundings_are_not() -> None:
    reading = webpage.read(site().encode())
    above = "文号：\t云政发〔2023〕5号\n关于秋粮收购的通知\n来源：县政府办\n"
    assert reading.text == above + TEXT
    assert [reading.text[h.start :].split("\n")[0] for h in reading.headings] == ["一、总体要求"]
    assert (reading.title, reading.date) == ("关于秋粮收购的通知", "2023-05-01")
    assert reading.warnings == ()
    # Whatever a browser shows is in the text or named, once.
    shown = html.fromstring(site())
    for unseen in shown.xpath("//head | //*[contains(@style, 'none')]"):
        unseen.drop_tree()
    told = reading.text + "".join(words for _, words in reading.dropped)
    assert {rule for rule, _ in reading.dropped} == {"导航、页脚等"}
    assert sorted("".join(told.split())) == sorted("".join(shown.text_content().split()))


@pytest.mark.parametrize("begins", ["<meta charset=utf-8>", "<title>通知</title>", "<html><head><meta charset=utf-8>"])
@pytest.mark.parametrize("behind", ["", "<p>附件：名单</p>", "附件：名单<p>"])
def test_a_page_without_a_body_element_is_read_from_its_first_element(begins: str, behind: str) -> None:
    page = f"{begins}<article><p>会议指出，要抓好落实。</p></article>{behind}"
    assert webpage.read(page.encode()).text == "会议指出，要抓好落实。\n" + ("附件：名单\n" if behind else "")


@pytest.mark.parametrize(
    "wrap",
    [
        "<div>{}</div>",
        "<article><div><div>{}</div></div></article>",
        "<table><tr><td>{}</td></tr></table>",
        "<form><center>{}</center></form>",
        "<div><span>{}</span></div>",
    ],
)
def test_nothing_of_a_bare_page_is_lost_however_it_is_wrapped(wrap: str) -> None:
    assert webpage.read(f"<html><body>{wrap.format(BODY)}</body></html>".encode()).text == TEXT


def test_text_in_two_columns_of_sentences_is_kept_whole() -> None:
    parts = [f"<div><p>{'各乡镇要备足仓容，优化服务。' * 5}第{n}段。</p><p>完。</p></div>" for n in range(4)]
    text = webpage.read(f"<html><body>{''.join(parts)}</body></html>".encode()).text
    assert [f"第{n}段" in text for n in range(4)] == [True] * 4


@pytest.mark.parametrize(
    ("charset", "encoding", "shown"),
    [
        ("utf-8", "utf-8", "UTF-8"),
        ("gb2312", "gb18030", "GB18030"),
        ("GBK", "gb18030", "GB18030"),
        ("big5", "big5", "BIG5"),
        # What a page says of itself is wrong often enough.
        ("utf-8", "gb18030", "GB18030"),
        ("gb2312", "utf-8-sig", "UTF-8"),
        ("", "gb18030", "GB18030"),
    ],
)
def test_the_charset_is_the_one_that_fits(charset: str, encoding: str, shown: str) -> None:
    said = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    words = "國土資源" if charset == "big5" else "镕基同志强调，要抓好落实。"
    raw = f"<html><head>{said}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert webpage.read(raw) == Reading(f"{words}\n", f"网页，{shown}")


def test_the_only_first_heading_is_the_title_and_numbers_of_lists_are_shown() -> None:
    reading = webpage.read("<h1>通知</h1><ol start='3'><li>备仓。<li>备款。</ol><ul><li>完。</ul>".encode())
    assert (reading.title, reading.text) == ("通知", "通知\n3. 备仓。\n4. 备款。\n完。\n")


def test_what_lies_deep_in_a_page_is_read() -> None:
    # Old pages close no <font>.
    assert (
        webpage.read(("<font>" * 300 + "各乡镇要备足仓容，优化服务。").encode()).text
        == "各乡镇要备足仓容，优化服务。\n"
    )


MHT = (
    "From: <Saved by Blink>\r\nSubject: =?utf-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html{charset}\r\n'
    "Content-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n"
)


@pytest.mark.parametrize("charset", ["", "; charset=utf-8"])
def test_a_page_saved_as_one_file_is_read_as_the_page(charset: str) -> None:
    raw = MHT.format(charset=charset, page=site()).encode()
    assert saved_webpage.read(raw).text == webpage.read(site().encode()).text


def test_a_saved_page_without_a_page_is_named() -> None:
    with pytest.raises(UnreadableFile, match="里面没有网页正文"):
        saved_webpage.read(MHT.replace("text/html", "text/css").format(charset="", page="a").encode())


def test_a_mail_is_its_subject_who_wrote_it_and_its_text() -> None:
    raw = (
        (
            b"From: =?gb2312?B?zfXErA==?= <a@example.cn>\r\nTo: b@example.cn\r\nDate: Mon, 8 May 2023 10:20:00 +0800\r\n"
            b"Subject: =?UTF-8?B?5YWz5LqO56eL57Ku5pS26LSt?=\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=gbk\r\n\r\n'
        )
        + "<p>请各乡镇报送。</p>\r\n--x\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n请各乡镇报送。\r\n--x--\r\n".encode(
            "gbk"
        )
    )
    reading = mail.read(raw)
    assert reading.text == (
        "关于秋粮收购\n发件人：王默 <a@example.cn>\n收件人：b@example.cn\n发送时间：2023年5月8日 10:20\n请各乡镇报送。\n"
    )
    assert (reading.title, reading.date) == ("关于秋粮收购", "2023-05-08")


def test_a_mail_that_has_only_a_page_is_read_from_that(zipped: Callable[..., bytes]) -> None:
    raw = "Subject: a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>请报送。<p>谢谢。".encode()
    assert mail.read(raw).text == "a\n请报送。\n谢谢。\n"


def test_a_title_is_the_line_that_the_page_is_named_by_not_the_name_of_the_site() -> None:
    page = (
        "<html><head><meta charset='utf-8'><title>关于秋粮收购的通知-云溪县人民政府</title></head><body>"
        f"<div><h1>云溪县人民政府</h1><p>今天是星期一</p></div><div><h1>关于秋粮收购的通知</h1></div><div>{BODY}</div></body></html>"
    )
    reading = webpage.read(page.encode())
    assert (reading.title, reading.text) == ("关于秋粮收购的通知", f"关于秋粮收购的通知\n{TEXT}")


@pytest.mark.parametrize(("said", "date"), [("2023-5-1", "2023-05-01"), ("2023-00-00", None), ("昨天", None)])
def test_a_date_is_one_that_there_is(said: str, date: str | None) -> None:
    assert webpage.read(f"<html><head><meta name='PubDate' content='{said}'></head><body>正文。".encode()).date == date


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        # A cell over two rows, and one over a column and a row more.
        (
            "<tr><th rowspan=2>单位</th><th colspan=2>补贴</th></tr><tr><th>标准</th><th>期限</th></tr>"
            "<tr><td rowspan=3>东河镇</td><td>三千元</td><td>一年</td></tr><tr><td></td><td></td></tr>"
            "<tr><td>五千元</td><td>两年</td></tr><tr><td>西岭镇</td><td>一千元</td><td>一年</td></tr>",
            "单位\t补贴\n单位\t标准\t期限\n东河镇\t三千元\t一年\n东河镇\t五千元\t两年\n西岭镇\t一千元\t一年\n",
        ),
        # At the end of a row, and where nothing else stands in it.
        (
            "<tr><td>修路</td><td rowspan=3>交通局</td></tr><tr><td>建桥</td></tr><tr><td>绿化</td></tr>",
            "修路\t交通局\n建桥\t交通局\n绿化\t交通局\n",
        ),
        # More rows than there are, and what is no number.
        (f"<tr><td rowspan={'9' * 5000}>甲</td><td rowspan=x>乙</td></tr><tr><td>丙</td></tr>", "甲\t乙\n甲\t丙\n"),
    ],
    ids=["rows and columns", "at the end of a row", "no number"],
)
def test_what_spans_rows_of_a_table_is_said_in_each(rows: str, text: str) -> None:
    assert webpage.read(f"<body><table>{rows}</table></body>".encode()).text == text
