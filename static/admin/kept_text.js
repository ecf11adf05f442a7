// Keeps what is typed into a form of the content until it is saved, and offers it back.
//
// A record is {at, fields} in localStorage under kept-text:<user>:<address>:<number of the page>.
// It has the fields that differ from what the server sent. A field is named by the row that it is
// in, for rows of an inline move: quotes-#12-body is of the row with the key 12, quotes-+0-body of
// the first that was added.
"use strict";

(() => {
  const { user, ...texts } = document.currentScript.dataset;
  const PREFIX = "kept-text:";
  const DAYS = 30;
  const HERE = `${PREFIX}${user}:${location.pathname}:`;
  const PENDING = "kept-text"; // in sessionStorage: the record that this tab submitted last
  const VERSION = /(^|-)base_version$/; // put back as it was, so that a change meanwhile is noticed
  const NEVER = ["password", "file", "hidden", "submit", "button", "reset", "image"];
  const form = document.querySelector("body.app-quotes.change-form:not(.popup) #content-main form[id$='_form']");
  const hasErrors = Boolean(document.querySelector(".errornote"));
  let own = HERE + crypto.getRandomValues(new Uint32Array(1))[0];

  const records = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));
  const record = (key) => JSON.parse(localStorage.getItem(key));

  // --- Fields ---

  const controls = () => [...form.elements].filter(
    (control) => control.name && !control.name.includes("__prefix__")
      && (VERSION.test(control.name) || (!NEVER.includes(control.type) && control.tagName !== "FIELDSET")));

  const initial = (group) => Number(form.elements[`${group}-INITIAL_FORMS`]?.value ?? NaN);

  function identity(name) {
    const [, group, row, field] = name.match(/^(.+)-(\d+)-(.+)$/) ?? [];
    if (!group || Number.isNaN(initial(group))) return name;
    const key = form.elements[`${group}-${row}-id`]?.value;
    return `${group}-${key ? `#${key}` : `+${row - initial(group)}`}-${field}`;
  }

  const choices = (options) => options.filter((option) => option.value).map((option) => [option.value, option.text]);

  function value(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked;
    if (control.tagName !== "SELECT") return control.value;
    return choices([...control.selectedOptions]);
  }

  function served(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked;
    if (control.tagName !== "SELECT") return control.defaultValue;
    const chosen = [...control.options].filter((option) => option.defaultSelected);
    const isPicker = control.classList.contains("admin-autocomplete"); // its options come when picked
    const none = control.multiple || isPicker ? [] : [...control.options].slice(0, 1);
    return choices(chosen.length ? chosen : none);
  }

  const named = (control) => identity(control.name) + (control.type === "radio" ? `=${control.value}` : "");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function put(control, kept) {
    if (typeof kept === "boolean") control.checked = kept;
    else if (typeof kept === "string") control.value = kept;
    else {
      const wanted = new Set(kept.map(([key]) => key));
      const there = new Set([...control.options].map((option) => option.value));
      for (const [key, label] of kept) if (!there.has(key)) control.add(new Option(label, key));
      for (const option of control.options) option.selected = wanted.size ? wanted.has(option.value) : !option.value;
    }
    window.django.jQuery(control).trigger("input").trigger("change");
  }

  // --- Keeping ---

  // After an error the form holds what was typed: then all of it is kept.
  const changed = () => controls().filter(
    (control) => !VERSION.test(control.name) && (hasErrors || !same(value(control), served(control))));

  function keep() {
    const differing = changed();
    if (!differing.length) return localStorage.removeItem(own);
    const versions = controls().filter((control) => VERSION.test(control.name));
    const fields = [...differing, ...versions].map((control) => [named(control), value(control)]);
    try {
      localStorage.setItem(own, JSON.stringify({ at: Date.now(), fields: Object.fromEntries(fields) }));
    } catch {
      say(texts.full);
    }
  }

  let timer;
  const keepSoon = () => { clearTimeout(timer); timer = setTimeout(keep, 300); };
  const keepNow = () => { if (timer) { clearTimeout(timer); timer = undefined; keep(); } };

  // --- Offering ---

  const bar = document.createElement("div");
  const status = document.createElement("p");

  function say(text) { status.textContent = text; }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function offer(key) {
    const { at } = record(key);
    const time = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    const line = document.createElement("div");
    const words = document.createElement("span");
    words.textContent = texts.found.replace("TIME", time);
    line.append(words, button(texts.restore, () => {
      line.remove();
      restore(key);
    }), button(texts.discard, () => {
      localStorage.removeItem(key);
      line.remove();
      say(texts.discarded);
      (bar.querySelector("button") ?? controls()[0])?.focus();
    }));
    bar.append(line);
  }

  function addRows(fields) {
    for (const name of Object.keys(fields)) {
      const [, group, row] = name.match(/^(.+)-\+(\d+)-/) ?? [];
      const total = group && form.elements[`${group}-TOTAL_FORMS`];
      const add = group && document.querySelector(`#${group}-group .add-row a`);
      while (total && add && Number(total.value) <= initial(group) + Number(row)) add.click();
    }
  }

  function restore(key) {
    const { fields } = record(key);
    own = key;
    addRows(fields);
    const there = new Map(controls().map((control) => [named(control), control]));
    const missing = Object.entries(fields).filter(([name]) => !there.has(name) && !VERSION.test(name));
    for (const [name, kept] of Object.entries(fields)) if (there.has(name)) put(there.get(name), kept);
    if (missing.length) showMissing(missing);
    say(texts.restored);
    there.get(Object.keys(fields)[0])?.focus();
  }

  // What has no field any more, because a row is gone or the page may only be read, can be copied.
  function showMissing(fields) {
    const label = document.createElement("label");
    const area = document.createElement("textarea");
    const words = ([, kept]) => (Array.isArray(kept) ? kept.map(([, text]) => text).join("、") : kept);
    area.readOnly = true;
    area.rows = 6;
    area.value = fields.map(words).filter((text) => typeof text === "string").join("\n\n");
    label.append(texts.missing, area);
    if (area.value) bar.append(label);
  }

  // A record that the server has by now, however it came there, is nothing to offer.
  function isSaved(key) {
    const there = new Map(controls().map((control) => [named(control), served(control)]));
    return Object.entries(record(key).fields).every(
      ([name, kept]) => VERSION.test(name) || same(there.get(name), kept));
  }

  function start() {
    bar.className = "kept-text";
    status.setAttribute("role", "status");
    bar.append(status);
    form.before(bar);
    const others = records(HERE).filter((key) => key !== own);
    const unsaved = others.filter((key) => hasErrors || !isSaved(key));
    for (const key of others) if (!unsaved.includes(key)) localStorage.removeItem(key);
    for (const key of unsaved.sort((a, b) => record(b).at - record(a).at)) offer(key);
    // What is read out is a change; there may have been another one by then.
    if (unsaved.length) setTimeout(() => status.textContent || say(texts.offered), 200);
    window.django.jQuery(form).on("input change", keepSoon);
    for (const event of ["formset:added", "formset:removed", "click"]) form.addEventListener(event, keepSoon);
    addEventListener("pagehide", keepNow);
    document.addEventListener("visibilitychange", keepNow);
    form.addEventListener("submit", () => { keepNow(); sessionStorage.setItem(PENDING, own); });
  }

  // --- What became of what this tab submitted ---

  // Saved is what a message of success names by a link: to the row itself, or to one just added.
  function wasSaved(key) {
    const address = key.slice(`${PREFIX}${user}:`.length).replace(/:\d+$/, "");
    const kind = address.replace(/add\/$/, "");
    return [...document.querySelectorAll(".messagelist .success a")].some((link) => {
      const path = link.getAttribute("href");
      return path === address || (kind !== address && path.startsWith(kind));
    });
  }

  const pending = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  if (pending && wasSaved(pending)) localStorage.removeItem(pending);
  else if (pending?.startsWith(HERE) && hasErrors) own = pending;

  for (const key of records(PREFIX)) {
    if (record(key).at < Date.now() - DAYS * 24 * 3600 * 1000) localStorage.removeItem(key);
  }
  // After the admin's own scripts, which make the rows and pickers of the form in the same way.
  if (form) window.django.jQuery(start);
})();
