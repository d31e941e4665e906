"""Take pictures of the main screens, of the real service on the seeds, at phone and desk width, light and dark.

Usage: python tests/screenshots.py [OUTDIR]        without OUTDIR those of the README, small, into tests/screenshots
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from browser.conftest import HTMX_URL, answer_for_cdn, chromium, served, started
from playwright.sync_api import Page, sync_playwright

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]
from service.tokens import made  # noqa: E402

HEADLINE = "/?q=" + quote("开发区招商改革怎么做的")
SCREENS = {
    "start": "/",
    "answer": HEADLINE,
    "follow-up": HEADLINE + "&q=" + quote("那总经理是怎么来的") + "#t2",
    "context": HEADLINE,
    "lengthy": "/?q=" + quote("开发区招商改革怎么做的" + "，请结合实际谈一谈" * 40),
    "list": "/?q=" + quote("存在的差距不足有哪些"),
    "not-found": "/?q=" + quote("糖醋排骨怎么炖才烂"),
    "reader": HEADLINE,
    "beside": HEADLINE,
    "error": "/documents/none",
    "documents": "/documents",
    "corpus": "/corpus",
    "login": "/",
}
# The screens that are seen of a service that asks who comes.
GUARDED = {"login"}
SIZES = {360: 740, 1280: 900}
LOOKS = [(width, scheme) for width in SIZES for scheme in ("light", "dark")]
IN_README = {"start", "answer", "list", "reader", "not-found"}
LOOKS_IN_README = [(1280, "light"), (360, "dark")]


def main(out: Path | None) -> None:
    """Write SCREEN-WIDTH-SCHEME.png for each screen; those from before are replaced."""
    executable = chromium()
    if executable is None:
        sys.exit("no chromium on this machine: apt-get install chromium fonts-noto-cjk")
    folder = out or Path(__file__).parent / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as tokens:
        print(made("办公室", "ask")[1].line, file=tokens, flush=True)
        taken = pictures(executable, out, folder, ["--tokens", tokens.name])
    if not out and (quantise := shutil.which("pngquant")):
        # A palette is a third of the size and looks the same; every picture stays in the history for good.
        subprocess.run([quantise, "--force", "--ext", ".png", "--speed", "1", "64", *taken], check=True)
    print(f"{len(taken)} pictures in {folder}, {sum(picture.stat().st_size for picture in taken) // 1000} kB")


def pictures(executable: str, out: Path | None, folder: Path, guarding: Sequence[str]) -> list[Path]:
    """Take the pictures; ``guarding`` are the options of a service that asks who comes."""
    taken: list[Path] = []
    with (
        served() as address,
        served(*guarding) as guarded,
        sync_playwright() as playwright,
        started(playwright, executable) as browser,
    ):
        for width, scheme in LOOKS if out else LOOKS_IN_README:
            context = browser.new_context(
                viewport={"width": width, "height": SIZES[width]},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            context.route(HTMX_URL, lambda route: answer_for_cdn(route, "there"))
            page = context.new_page()
            for name in SCREENS if out else sorted(IN_README):
                show(page, (guarded if name in GUARDED else address) + SCREENS[name], name)
                taken.append(folder / f"{name}-{width}-{scheme}.png")
                page.screenshot(path=taken[-1], animations="disabled", caret="hide")
            context.close()
    return taken


def show(page: Page, address: str, name: str) -> None:
    page.goto(address)
    if name == "context":
        page.locator("#t1-c1 .context").click()
        page.wait_for_selector("#t1-c1 .which")
    if name == "reader":
        page.locator("#t1-c1 a.source").click()
        # Beside the conversation where there is room for it, in its place elsewhere.
        page.wait_for_function("document.querySelector('mark#m1, iframe')")
        for frame in page.frames:
            if "/documents/" in frame.url:
                frame.wait_for_selector("mark#m1")
        page.wait_for_timeout(300)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
