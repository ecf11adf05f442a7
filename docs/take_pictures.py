"""Take the pictures of the README and of docs/pages.md from a site that runs.

    make run          # in another terminal
    .venv/bin/python docs/take_pictures.py http://127.0.0.1:8000

writes docs/pictures/*.png. Needs Debian's chromium and fonts-noto-cjk.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = {  # name -> (path, width, height, scheme)
    "front": ("/", 1280, 1160, "light"),
    "front-phone-dark": ("/", 390, 1160, "dark"),
    "event": ("/events/agi-next-2026/", 1280, 1160, "light"),
    "event-phone": ("/events/agi-next-2026/", 390, 1160, "light"),
    "quote": ("/quotes/agi-next-2026-09/", 1280, 1160, "light"),
    "quote-phone-dark": ("/quotes/agi-next-2026-09/", 390, 1160, "dark"),
    "quotes": ("/quotes/?speaker=yao-shunyu", 1280, 1160, "light"),
    "quotes-traditional": ("/zh-hant/quotes/?speaker=yao-shunyu", 390, 1160, "light"),
    "speaker": ("/speakers/tang-jie/", 1280, 1160, "light"),
    "topic": ("/topics/china-leads/", 1280, 1160, "dark"),
    "topic-english": ("/en/topics/china-leads/", 390, 1160, "light"),
    "summits": ("/events/", 1280, 600, "light"),
    "speakers": ("/speakers/", 1280, 700, "light"),
    "topics": ("/topics/", 1280, 800, "light"),
    "nothing": ("/quotes/?q=量子模型&speaker=tang-jie", 1280, 700, "light"),
    "not-found": ("/quotes/nothing/", 1280, 600, "light"),
}


def main(base: str) -> None:
    """Take every picture of the site at `base`."""
    folder = Path(__file__).with_name("pictures")
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, (path, width, height, scheme) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"
            )
            page.goto(base + path)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
