/* What JavaScript adds to the readers' pages; every page works without it.
   Runs in the head, before anything is painted, so that neither the theme nor buttons flash. */
"use strict";
{
  const root = document.documentElement;
  root.dataset.js = "";

  /* What comes after the content is found by its place, too: slugs there are ids of an editor's choice. */
  const announce = (text) => { document.querySelector("body > #announcement").textContent = text; };

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
    for (const button of document.querySelectorAll(".site-footer #theme button")) {
      button.setAttribute("aria-pressed", String(button.value === (theme ?? "")));
    }
  };
  applyTheme(stored.get());

  /* Copying: a button names what it copies in data-copy, and says when it is done. */
  const plain = (element) => element.innerText.replace(/\u2060/g, "").trim();
  const copied = {
    citation: () => plain(document.getElementById("citation-text")),
    quote: () => `${plain(document.querySelector(".quote-l .words"))}\n\n${copied.citation()}`,
    link: () => document.querySelector("link[rel=canonical]")?.href ?? location.href,
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
    const page = quote?.querySelector(".evidence .cite")?.href ?? copied.link();
    return `${page.split("#")[0]}#:~:text=${passage}`;
  };
  const offerPassage = () => {
    const selection = getSelection();
    const words = wordsAround(selection.anchorNode);
    const within = words && words === wordsAround(selection.focusNode);
    document.querySelector("body > #passage").hidden = !(within && selection.toString().trim());
  };

  /* The results of /quotes/ in place: history, focus and an announcement as a page load has. */
  const LIVE = ["main", "languages"];
  const FOR_MACHINES = "link[rel=canonical], link[rel=alternate], meta[name=robots]";
  const isResults = (url) =>
    document.getElementById("results") && url.origin === location.origin && url.pathname === location.pathname;
  const label = (choice) => choice.querySelector("span")?.textContent;
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  /* What stands among the new results for an element of the old: the same id, the same choice. */
  const counterpart = (element) => {
    if (element.id) return document.getElementById(element.id);
    const facet = document.getElementById(element.closest(".facet")?.querySelector("[id]").id)?.closest(".facet");
    return [...facet?.querySelectorAll("a") ?? []].find((a) => label(a) === label(element));
  };
  /* What is unfolded stays so. */
  const replace = (id, page) => {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    for (const details of old.querySelectorAll("details[open]")) {
      fresh.querySelector(`#${details.id}`)?.setAttribute("open", "");
    }
    old.replaceChildren(...fresh.childNodes);
  };
  /* Whether filters are unfolded above the results, as on a phone. */
  const isFiltering = () => document.querySelector("#filters .bottom-bar").checkVisibility();
  let latest = 0;
  const show = async (url, pressed = document.activeElement) => {
    const asked = ++latest;
    const response = await fetch(url);
    const page = parsed(await response.text());
    if (asked !== latest) return null;
    if (!page.getElementById("results")) throw new Error("not a page of results");
    const place = pressed.getBoundingClientRect().top;
    for (const id of LIVE) replace(id, page);
    document.title = page.title;
    for (const old of document.querySelectorAll(FOR_MACHINES)) old.remove();
    document.head.append(...page.querySelectorAll(FOR_MACHINES));
    const heading = document.getElementById("results");
    const again = counterpart(pressed);
    for (const element of [heading, again]) element?.focus({ preventScroll: true });
    if (again && isFiltering()) scrollBy(0, again.getBoundingClientRect().top - place);
    announce(heading.textContent.trim());
    document.querySelectorAll("#main [data-suggestions]").forEach(suggest);
    count();
    return response.url;
  };
  /* Choices that are too many to count at once are counted after the results are there. */
  const count = async () => {
    const link = document.querySelector("#facets [data-counts]");
    if (!link) return;
    const asked = latest;
    const page = parsed(await (await fetch(link.href)).text());
    const isUsed = document.getElementById("facets").contains(document.activeElement);
    if (asked === latest && page.getElementById("facets") && !isUsed) replace("facets", page);
  };
  const go = async (url, pressed) => {
    try {
      const shown = await show(url, pressed);
      if (!shown) return;
      history.pushState(null, "", shown);
      const top = document.getElementById("main");
      if (!isFiltering() && top.getBoundingClientRect().top < -innerHeight) top.scrollIntoView();
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
      go(new URL(link.href), link);
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
    if (document.getElementById("results") && !location.hash) show(new URL(location)).catch(() => location.reload());
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    document.querySelector("input[type=search]").focus();
  });

  document.addEventListener("selectionchange", offerPassage);

  /* The search box suggests names: a combobox whose options are pages (WAI-ARIA, combobox pattern). */
  const MOST_WAIT = 150;
  const suggest = (input) => {
    const list = document.createElement("ul");
    list.id = `${input.id}-names`;
    list.className = "names";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.label);
    input.after(list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.autocomplete = "off";
    let timer;
    const active = () => list.querySelector("[aria-selected=true]");
    const choose = (option) => {
      active()?.setAttribute("aria-selected", "false");
      option?.setAttribute("aria-selected", "true");
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const open = (options) => {
      list.replaceChildren(...options);
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const typed = input.value.trim();
        const answer = typed ? await (await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`)).text() : "";
        if (typed === input.value.trim()) open([...parsed(answer).querySelectorAll("[role=option]")]);
      }, MOST_WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const options = [...list.children];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        event.preventDefault();
        const place = options.indexOf(active());
        choose(options[(place + step + (place < 0 && step < 0) + options.length) % options.length]);
      } else if (event.key === "Enter" && active()) {
        event.preventDefault();
        location.assign(active().dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        open([]);
      }
    });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
    input.addEventListener("blur", () => open([]));
  };

  /* A box above a long list leaves the choices in which its text stands. */
  document.addEventListener("input", (event) => {
    const typed = event.target.value.trim().toLowerCase();
    if (!event.target.matches("[data-narrow]")) return;
    for (const choice of event.target.closest(".facet").querySelectorAll("li")) {
      choice.hidden = !choice.textContent.toLowerCase().includes(typed);
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    applyTheme(stored.get());

    /* Without HTTPS browsers have no clipboard. */
    if (!navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = true;

    for (const input of document.querySelectorAll("[data-suggestions]")) suggest(input);
    count();

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
