"""Cut what the fixture of AGI-Next must hold from the two articles it was made of.

    python tests/data/cut_seed.py ../shared/seed

writes agi_next_2026.json beside this script: the sections of each article in order, and every
quote with its section, number, title, speaker and words. It reads the articles and nothing else.
"""

import json
import re
import sys
from pathlib import Path

SPEAKERS = ["唐杰", "杨植麟", "林俊旸", "姚顺雨"]
# In corner marks too, but nobody's words: the report's own emphasis.
TERMS = {"中国能否反超", "结构性冷静", "崛起", "占榜"}
UNMARKED_HEADING = "笨笨的坚持"


def paragraphs(text: str) -> str:
    """`text` with one empty line between paragraphs and no white space around them."""
    return "\n\n".join(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def cut_excerpts(text: str) -> dict:
    """The sections and numbered excerpts of the first article, its last section a roundtable."""
    sections, quotes, question = [], [], ""
    for part in re.split(r"^## (?=[一二三四])", text, flags=re.MULTILINE)[1:]:
        heading, *excerpts = re.split(r"^### ", part, flags=re.MULTILINE)
        number, title = heading.split("\n")[0].split("、", 1)
        sections.append({"number": number, "title": title})
        if asked := re.search(r"^李广密（主持人）：(.+)$", heading, flags=re.MULTILINE):
            question = asked[1]
        for excerpt in excerpts:
            line, body = excerpt.split("\n", 1)
            quote_number, quote_title = line.split("、", 1)
            (speaker,) = [name for name in SPEAKERS if name in title] or [
                name for name in SPEAKERS if name in quote_title
            ]
            quotes.append(
                {
                    "section": title,
                    "number": quote_number,
                    "title": quote_title,
                    "speaker": speaker,
                    "body": paragraphs(body),
                }
            )
    return {"sections": sections, "question": question, "quotes": quotes}


def cut_report(text: str) -> dict:
    """The headings and quoted passages of the second article.

    A passage is by the speaker whom the narration around it named last.
    """
    text = text.replace(f"\n{UNMARKED_HEADING}\n", f"\n### {UNMARKED_HEADING}\n")
    sections, quotes, speaker = [], [], ""
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        title, body = part.split("\n", 1)
        sections.append({"number": "", "title": title.strip()})
        for piece in re.split(r"(「[^」]*」)", body):
            words = piece.strip("「」").strip()
            if not piece.startswith("「"):
                speaker = ([speaker, *re.findall("|".join(SPEAKERS), piece)])[-1]
            elif words not in TERMS:
                quotes.append(
                    {
                        "section": title.strip(),
                        "number": "",
                        "title": "",
                        "speaker": speaker,
                        "body": paragraphs(words),
                    }
                )
    return {"sections": sections, "question": "", "quotes": quotes}


def main(seed: Path) -> None:
    """Cut both articles in the folder `seed`."""
    articles = {
        f"agi-next-2026-{name}": cut((seed / f"agi-next-2026-{name}.md").read_text("utf-8"))
        for name, cut in (("excerpts", cut_excerpts), ("report", cut_report))
    }
    target = Path(__file__).with_name("agi_next_2026.json")
    target.write_text(json.dumps(articles, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
