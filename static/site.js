/* What JavaScript adds to the readers' pages; every page works without it.
   Runs in the head, before anything is painted, so that neither the theme nor buttons flash. */
"use strict";
{
  const root = document.documentElement;
  root.dataset.js = "";

  const announce = (text) => { document.getElementById("announcement").textContent = text; };

  /* Theme: remembered in this browser, sent to nobody. */
  const THEME = "theme";
  const stored = {
    get() { try { return localStorage.getItem(THEME); } catch { return null; } },
    set(theme) {
      try {
        if (theme) localStorage.setItem(THEME, theme);
        else localStorage.removeItem(THEME);
      } catch { /* no storage: the choice lasts for this page */ }
    },
  };
  const applyTheme = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("#theme button")) {
      button.setAttribute("aria-pressed", String(button.value === (theme ?? "")));
    }
  };
  applyTheme(stored.get());

  /* Copying: a button names what it copies in data-copy, and says when it is done. */
  const plain = (element) => element.innerText.replace(/\u2060/g, "").trim();
  const copied = {
    citation: () => plain(document.getElementById("citation-text")),
    quote: () => `${plain(document.querySelector(".quote-l .words"))}\n\n${copied.citation()}`,
    link: () => document.querySelector("link[rel=canonical]").href,
    passage: () => passageLink(getSelection()),
  };
  const copy = async (button) => {
    await navigator.clipboard.writeText(copied[button.dataset.copy]());
    const label = button.textContent;
    if (label === button.dataset.done) return;
    button.textContent = button.dataset.done;
    button.classList.add("done");
    announce(button.dataset.done);
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("done");
    }, 2000);
  };

  /* A link to selected words, as a text fragment (WICG, scroll-to-text-fragment). */
  const LONGEST_PASSAGE = 40;
  const EDGE = 12;
  const encoded = (text) => encodeURIComponent(text).replaceAll("-", "%2D");
  const wordsAround = (node) => (node instanceof Element ? node : node?.parentElement)?.closest(".words");
  const passageLink = (selection) => {
    const pieces = selection.toString().replace(/\u2060/g, "").split(/\n+/).filter(Boolean);
    const first = pieces[0].trim();
    const last = pieces.at(-1).trim();
    const whole = pieces.length === 1 && first.length <= LONGEST_PASSAGE;
    const passage = whole ? encoded(first) : `${encoded(first.slice(0, EDGE))},${encoded(last.slice(-EDGE))}`;
    const quote = wordsAround(selection.anchorNode).closest(".quote");
    const page = quote?.querySelector(".evidence a")?.href ?? copied.link();
    return `${page.split("#")[0]}#:~:text=${passage}`;
  };
  const offerPassage = () => {
    const selection = getSelection();
    const words = wordsAround(selection.anchorNode);
    const within = words && words === wordsAround(selection.focusNode);
    document.getElementById("passage").hidden = !(within && selection.toString().trim());
  };

  /* The results of /quotes/ in place: history, focus and an announcement as a page load has. */
  const LIVE = ["main", "languages"];
  const isResults = (url) =>
    document.getElementById("results") && url.origin === location.origin && url.pathname === location.pathname;
  const label = (choice) => choice.querySelector("span")?.textContent;
  /* What stands among the new results for an element of the old: the same id, the same choice. */
  const counterpart = (element) => {
    if (element.id) return document.getElementById(element.id);
    const facet = element.closest(".facet")?.querySelector("h2").id;
    return [...document.querySelectorAll(`[aria-labelledby="${facet}"] a`)].find((a) => label(a) === label(element));
  };
  let latest = 0;
  const show = async (url) => {
    const asked = ++latest;
    const response = await fetch(url);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (asked !== latest) return false;
    if (!page.getElementById("results")) throw new Error("not a page of results");
    const open = document.querySelector("details.filters").open;
    const focused = document.activeElement;
    for (const id of LIVE) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    document.title = page.title;
    document.querySelector("link[rel=canonical]").href = page.querySelector("link[rel=canonical]").href;
    document.querySelector("details.filters").open = open;
    const heading = document.getElementById("results");
    for (const element of [heading, counterpart(focused)]) element?.focus({ preventScroll: true });
    announce(heading.textContent.trim());
    return true;
  };
  const go = async (url) => {
    try {
      if (!await show(url)) return;
      history.pushState(null, "", url);
      const top = document.getElementById("main");
      if (top.getBoundingClientRect().top < -innerHeight) top.scrollIntoView();
    } catch {
      location.assign(url);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.copy) copy(button);
    if (button?.closest("#theme")) {
      stored.set(button.value);
      applyTheme(button.value || null);
    }
    const link = event.target.closest("a[href]");
    const plainClick = !event.defaultPrevented && event.button === 0
      && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link?.closest("#main") && plainClick && !link.hash && isResults(new URL(link.href))) {
      event.preventDefault();
      go(new URL(link.href));
    }
  });

  document.addEventListener("submit", (event) => {
    const url = new URL(event.target.action);
    if (!isResults(url)) return;
    event.preventDefault();
    const given = [...new FormData(event.target)].filter(([, value]) => value.trim());
    url.search = new URLSearchParams(given);
    go(url);
  });

  addEventListener("popstate", () => {
    if (document.getElementById("results")) show(new URL(location)).catch(() => location.reload());
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    document.querySelector("input[type=search]").focus();
  });

  document.addEventListener("selectionchange", offerPassage);

  document.addEventListener("DOMContentLoaded", () => {
    applyTheme(stored.get());

    /* Without HTTPS browsers have no clipboard. */
    if (!navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = true;

    /* The outline marks the section that is being read: the last whose top has passed. */
    const links = new Map([...document.querySelectorAll(".outline li a")].map((a) => [a.hash.slice(1), a]));
    const sections = [...links.keys()].map((id) => document.getElementById(id));
    const mark = () => {
      const read = sections.findLast((section) => section.getBoundingClientRect().top < innerHeight / 3);
      for (const [id, link] of links) {
        if (id === read?.id) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66%" });
    for (const section of sections) observer.observe(section);
  });
}
