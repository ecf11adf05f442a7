"""The editors' guide at the desk: docs/editors.md and its pictures, for staff."""

import re
from itertools import pairwise
from pathlib import Path

import nh3
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.static import serve
from markdown_it import MarkdownIt

DOCS: Path = settings.BASE_DIR / "docs"
NAME = r"editors-[a-z-]+\.png"  # of a picture that belongs to the guide

_markdown = MarkdownIt("commonmark").enable("table")


def to_html(text: str) -> str:
    """Sanitised HTML of Markdown `text`; headings have the ids that GitHub gives them."""
    tokens = _markdown.parse(text)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", re.sub(r"[^\w-]", "", inline.content.lower().replace(" ", "-")))
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(html, attributes={"h2": {"id"}, "a": {"href"}, "img": {"src", "alt"}})


def guide(request: HttpRequest) -> HttpResponse:
    """The guide; its first heading is the page's own."""
    text = (DOCS / "editors.md").read_text(encoding="utf-8")
    heading, _, body = text.partition("\n")
    context = admin.site.each_context(request) | {
        "title": heading.removeprefix("# "),
        "guide": to_html(body),
    }
    return render(request, "admin/guide.html", context)


def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of the guide; raises Http404 for one that is not there."""
    return serve(request, name, document_root=DOCS / "pictures")
