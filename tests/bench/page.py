"""How long a person waits in a browser, on loopback: from Enter to the answer painted; prints the figures.

On a machine with other work, what the page's own thread computed meanwhile tells more: that does not count its waiting.
The questions are those of the sets of SHARED that are asked of the seeds, or a dozen of its own. Each is asked from the
start page, so that it is the first turn of its conversation.

usage: page.py [--shared DIR]
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from ask import ON_SEEDS, QUESTIONS, print_times, questions_of  # noqa: E402

from tests.browser.conftest import chromium, htmx_served, served, started  # noqa: E402

# From the key to the end of the frame in which the answer stands: a message is delivered once that is painted.
PAINTED = """() => {
    let pressed = 0;
    addEventListener("keydown", event => { if (event.key === "Enter") pressed = event.timeStamp; }, true);
    window.painted = new Promise(done => {
        new MutationObserver((_, observer) => {
            if (!document.querySelector(".turn .answer")) return;
            observer.disconnect();
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => done(performance.now() - pressed);
                channel.port2.postMessage(null);
            });
        }).observe(document.body, { childList: true, subtree: true });
    });
}"""


def asked(page: Page, devtools: CDPSession, address: str, question: str) -> tuple[float, float]:
    """Return the milliseconds from Enter to the answer of a question, through htmx, and those computed by then."""
    page.goto(address)
    page.wait_for_function("window.htmx")
    page.evaluate(PAINTED)
    page.locator("#question").fill(question)
    before = computed(devtools)
    page.keyboard.press("Enter")
    waited = float(page.evaluate("painted"))
    return waited, computed(devtools) - before


def computed(devtools: CDPSession) -> float:
    """Return the milliseconds of processor time that the thread of a page has used for its tasks so far."""
    metrics = {metric["name"]: metric["value"] for metric in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def opened(page: Page) -> float:
    """Return the milliseconds from asking for the page that stands there, as a whole, to its first paint."""
    page.reload()
    first = """new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
        .observe({type: "paint", buffered: true}))"""
    return float(page.evaluate(first))


def print_longest(name: str, times: Sequence[float]) -> None:
    print_times(name, times)
    print(f"  longest {max(times):.0f} ms; {sum(time >= 100 for time in times)} of {len(times)} took 100 ms or more")


def main() -> None:
    """Print p50, p95, p99 and the longest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", ROOT.parent / "shared")))
    gold = parser.parse_args().shared / "gold"
    questions = [turn.question for turn in questions_of(gold, ON_SEEDS)] if gold.is_dir() else list(QUESTIONS)
    executable = chromium()
    if executable is None:
        sys.exit("no chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with (
        # No request is looked at on its way, as tests do: that alone takes tens of milliseconds.
        htmx_served() as htmx,
        served("--htmx-url", htmx) as address,
        sync_playwright() as playwright,
        started(playwright, executable) as browser,
    ):
        page = browser.new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        asked(page, devtools, address, QUESTIONS[0])
        first = [asked(page, devtools, address, question) for question in questions]
        again, whole = [], []
        for question in questions:
            again.append(asked(page, devtools, address, question))
            whole.append(opened(page))
    print_longest("Enter to answer painted, for the first time", [waited for waited, _ in first])
    print_longest("Enter to answer painted, again", [waited for waited, _ in again])
    print_times("of that, computed by the page", [spent for _, spent in again])
    print_longest("a shared address to its first paint", whole)


if __name__ == "__main__":
    main()
