"""Which sentences of a passage are said aloud."""

from service.answering.question import read
from service.answering.quoting import quotes
from service.corpus.document import Document
from service.language.analyser import Analyser
from service.language.thesaurus import Thesaurus


def said(text: str, question: str, analyser: Analyser) -> list[str]:
    words = read(question, analyser, Thesaurus(())).words
    document = Document("id", "a.txt", "", text)
    return [text[start:end] for start, end in quotes(document, 0, len(text), words, [1.0] * len(words))]


def test_the_sentence_that_holds_most_of_the_question_is_said(analyser: Analyser) -> None:
    text = "今年重点抓渔业，各项工作进展顺利，群众满意。新建冷库两座，储存能力达到五百吨。"
    assert said(text, "冷库储存能力多大", analyser) == ["新建冷库两座，储存能力达到五百吨。"]


def test_a_bare_head_is_followed_by_what_it_announces(analyser: Analyser) -> None:
    text = "二是建设冷库。投资三百万元在码头旁新建两座，解决渔民储存难题。三是修路。硬化五公里。"
    assert said(text, "建设冷库", analyser) == ["二是建设冷库。", "投资三百万元在码头旁新建两座，解决渔民储存难题。"]


def test_a_salutation_is_not_said(analyser: Analyser) -> None:
    assert said("同志们：渔业发展要靠科技。", "同志们怎么看渔业", analyser) == ["同志们：渔业发展要靠科技。"]
    assert said("同志们：\n渔业发展要靠科技。", "同志们", analyser) == ["渔业发展要靠科技。"]
