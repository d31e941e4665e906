"""What a format knows reaches the answer: headings in the path of a citation, the page in its place."""

from collections.abc import Callable
from pathlib import Path

from service.answering.contract import answer_json, path_of
from service.corpus.documents import read_folders
from service.corpus.readers import Bounds
from service.engine import Engine
from service.index.store import indexed
from service.language.analyser import Analyser
from service.settings import Settings

Make = Callable[..., bytes]
STORE = (
    "会议强调，各乡镇要把秋粮收购摆在突出位置，备足仓容，优化服务，做到随到随收、应收尽收，确保农民种粮卖得出、卖得好。"
)
CHECK = (
    "县粮食局要会同有关部门，每周调度一次收购进度，对进度慢的乡镇及时提醒，对压级压价的企业依法查处，结果向社会公开。"
)


def test_a_citation_of_a_pdf_names_its_page(
    tmp_path: Path, printed: Make, set_in_lines: Callable[..., object], settings_of: Callable[[Path], Settings]
) -> None:
    (tmp_path / "通知.pdf").write_bytes(printed([set_in_lines([STORE * 5]), set_in_lines([CHECK * 5])]))
    engine = Engine(settings_of(tmp_path))
    engine.load()
    citation = answer_json(engine.ask("收购进度怎么调度"), path_of)["citations"][0]
    assert (citation["page"], citation["paragraph"], citation["reference"]) == (2, 2, "《通知》第2段（第2页）")


def test_headings_of_a_word_document_are_the_path_of_its_passages(
    tmp_path: Path, word: Make, settings_of: Callable[[Path], Settings]
) -> None:
    def write(document: object) -> None:
        for title, words in (("收购安排", STORE), ("监督检查", CHECK)):
            document.add_heading(title, 1)  # type: ignore[attr-defined]
            document.add_paragraph("各单位：")  # type: ignore[attr-defined]
            document.add_paragraph(words)  # type: ignore[attr-defined]

    (tmp_path / "通知.docx").write_bytes(word(write))
    engine = Engine(settings_of(tmp_path))
    engine.load()
    answer = engine.ask("收购进度怎么调度")
    assert answer.citations[0].path == ("监督检查",)
    assert answer.citations[0].page is None


def test_what_is_served_of_a_document_is_what_was_read(
    tmp_path: Path, word: Make, printed: Make, set_in_lines: Callable[..., object], analyser: Analyser
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.docx").write_bytes(word(lambda document: document.add_heading("总体要求", 2)))
    (folder / "b.pdf").write_bytes(printed([set_in_lines([STORE]), set_in_lines([CHECK])]))
    documents = read_folders([folder]).documents
    assert [(len(document.headings), len(document.pages)) for document in documents] == [(1, 0), (0, 2)]
    assert list(indexed([folder], tmp_path / "data", analyser).index.corpus.documents) == documents


def test_parts_of_a_file_keep_its_pages_and_their_numbers(
    tmp_path: Path, printed: Make, set_in_lines: Callable[..., object]
) -> None:
    pages = [set_in_lines([words]) for words in (STORE, CHECK, "第二篇" + STORE, CHECK)]
    (tmp_path / "a.pdf").write_bytes(printed(pages))
    (tmp_path / "corpus.toml").write_text('[[files."a.pdf".parts]]\nbegins = "第二篇"\n', encoding="utf-8")
    first, second = read_folders([tmp_path]).documents
    assert [first.page_at(0), first.page_at(len(STORE) + 1)] == [1, 2]
    assert [second.page_at(0), second.page_at(second.text.index(CHECK))] == [3, 4]


def test_a_file_is_read_again_when_it_may_take_more(tmp_path: Path, analyser: Analyser) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.html").write_text(f"<p>{STORE}", encoding="utf-8")
    data = tmp_path / "data"
    assert len(indexed([folder], data, analyser, bounds=Bounds(memory=50_000_000)).report.left_out) == 1
    assert indexed([folder], data, analyser).report.left_out == []
