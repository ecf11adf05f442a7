"""Take the pictures of the README and of docs/*.md from a new site that runs.

    make run          # in another terminal; it says the password
    .venv/bin/python docs/take_pictures.py http://127.0.0.1:8000 admin PASSWORD

writes docs/pictures/*.png. Without a name and password it leaves out those of the editors' desk,
for which it adds a summit as docs/editors.md says. Needs Debian's chromium and fonts-noto-cjk.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

FOLDER = Path(__file__).with_name("pictures")
PHONE = 700  # narrower than this
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
WORDS = "开源不是把代码放出去就完了。\n\n代码放出去，事情才刚开始。"


def take_public_pictures(browser: Browser, base: str) -> None:
    """The pictures of what readers see."""
    for name, (path, width, height, scheme) in PICTURES.items():
        phone = width < PHONE  # with touch: `pointer: coarse` changes the layout
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="zh-CN",
            has_touch=phone,
            is_mobile=phone,
        )
        page.goto(base + path)
        page.screenshot(path=FOLDER / f"{name}.png")
        page.close()


def take(page: Page, name: str, *, height: int = 0, frm: Locator | None = None) -> None:
    """A picture of `height` pixels of the page, from a little above `frm` or from the top."""
    page.wait_for_load_state("networkidle")
    top = frm.evaluate("e => e.getBoundingClientRect().top + scrollY") - 24 if frm else 0
    size = page.viewport_size
    clip = {"x": 0, "y": top, "width": size["width"], "height": height or size["height"]}
    page.screenshot(path=FOLDER / f"editors-{name}.png", full_page=True, clip=clip)


def fill(page: Page, **values: str) -> None:
    """Fill in fields of a form by their names; `__` stands for the `-` in those of rows."""
    for name, value in values.items():
        page.fill(f"#id_{name.replace('__', '-')}", value)


def pick(page: Page, name: str, text: str) -> None:
    """Type into a picker and take the first it offers."""
    page.click(f".select2-selection:has(#select2-id_{name}-container)")
    page.locator(".select2-container--open .select2-search__field").press_sequentially(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def press(page: Page, name: str = "保存并继续编辑") -> None:
    """Press a button or link that leads on."""
    button = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    with page.expect_navigation():
        button.click()


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in to the desk and fold its list of contents away."""
    page.goto("/admin/")
    fill(page, username=name, password=password)
    press(page, "登录")
    page.goto("/admin/quotes/event/")
    page.click("#toggle-nav-sidebar")


def add_summit(page: Page) -> str:
    """Add a summit of one quote, nothing of it public; returns the address of its form."""
    page.goto("/admin/quotes/source/add/")
    page.select_option("#id_kind", label="实录")
    fill(page, title="开源模型大会现场实录", publisher="某某周刊", date_published="2026-05-18")
    press(page)
    for name in ("周明远", "何静"):
        page.goto("/admin/quotes/speaker/add/")
        fill(page, name=name)
        press(page)
    page.goto("/admin/quotes/event/add/")
    fill(page, name="开源模型大会", start_date="2026-05-16", city="上海")
    for row, name in enumerate(("周明远", "何静")):
        page.click("text=添加另一个 出席")
        pick(page, f"appearances-{row}-speaker", name)
    page.select_option("#id_appearances-1-role", label="主持人")
    fill(page, appearances__0__title="开源基金会理事长")
    page.click("text=添加另一个 报道关系")
    pick(page, "coverages-0-source", "开源模型")
    take(page, "summit", height=480, frm=page.locator("#appearances-group"))
    press(page)
    event = page.url
    page.goto("/admin/quotes/section/add/")
    pick(page, "coverage", "开源模型")
    page.select_option("#id_kind", label="演讲")
    fill(page, title="周明远的演讲")
    page.click("text=添加另一个 发言")
    pick(page, "quotes-0-speaker", "周明远")
    fill(page, quotes__0__title="开源才刚开始", quotes__0__body=WORDS)
    take(page, "section", height=560, frm=page.locator("#quotes-group"))
    press(page)
    return event


def take_desk_pictures(page: Page) -> None:
    """The pictures of the guide, from a new summit to two editors on one quote."""
    event = add_summit(page)
    page.locator(".inlinechangelink").first.click()
    page.wait_for_url("**/quote/*/change/")
    quote = page.url
    fill(page, topics="开源、基础模型")
    press(page)
    take(page, "topics", height=190, frm=page.locator(".field-topics"))
    page.check(".confirm input")
    press(page)
    take(page, "quote", height=640)
    press(page, "预览")
    take(page, "preview", height=560)
    page.goto("/admin/")
    take(page, "front", height=640)
    page.goto(quote)
    press(page, "发布 …")
    press(page, "发布")
    page.goto(event)
    press(page, "发布 …")
    take(page, "publish", height=790)
    page.goto(quote)
    other = page.context.new_page()
    other.set_viewport_size({"width": 390, "height": 780})
    other.goto(quote)
    fill(page, body=WORDS.replace("才刚", "才真正"), why="对照录像更正")
    press(page)
    press(page, "历史")
    take(page, "history", height=560)
    fill(other, body=WORDS.replace("放出去就", "放出来就"))
    press(other)
    take(other, "conflict-phone", height=620, frm=other.locator(".errornote"))


def main(base: str, *account: str) -> None:
    """Take every picture of the site at `base`; `account`: name and password of a publisher."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"], env={"LANGUAGE": "zh_CN"}
        )
        take_public_pictures(browser, base)
        if account:
            size = {"width": 960, "height": 720}
            desk = browser.new_context(
                base_url=base, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai"
            )
            page = desk.new_page()
            sign_in(page, *account)
            take_desk_pictures(page)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
