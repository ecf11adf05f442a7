"""Forms as a browser would post them."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """The fields of the one form of an admin page, with their values."""

    def __init__(self):
        super().__init__()
        self.data, self.area, self.choice = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "textarea":
            self.area = name
            self.data[name] = ""
        elif tag == "select":
            self.choice = name
            self.data[name] = ""
        elif tag == "option" and "selected" in attrs:
            self.data[self.choice] = attrs.get("value", "")
        elif tag == "input" and name and self._counts(attrs):
            self.data[name] = attrs.get("value", "")

    def _counts(self, attrs):
        if attrs.get("type") == "checkbox":
            return "checked" in attrs
        return attrs.get("type") not in ("submit", "file")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.data[self.area] += data


def opened(response):
    """What the form on the page would post if nothing in it were changed."""
    page = response.content.decode()
    start = page.index("<form", page.index('id="content-main"'))
    form = _Form()
    form.feed(page[start : page.index("</form>", start)])
    return {  # without the line break after <textarea>, and without the row to copy
        name: value.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n")
        for name, value in form.data.items()
        if "__prefix__" not in name
    }
