// Suggests existing topics for the name that is being typed, after the last separator.
"use strict";

const SEPARATOR = /[,，、;；\n]/;
const SHOWN = 8;

document.querySelectorAll(".topics-input").forEach((box) => {
  const input = box.querySelector("input[type=text]");
  const names = JSON.parse(box.querySelector("script[type='application/json']").textContent);
  const list = document.createElement("ul");
  list.id = `${input.id}_suggestions`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);
  let current = -1;

  const typed = () => input.value.split(SEPARATOR);

  function show(found) {
    current = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map((name, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = name;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(name); });
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  function suggest() {
    const parts = typed().map((part) => part.trim());
    const start = parts.pop().toLowerCase();
    show(start === "" ? [] : names.filter(
      (name) => name.toLowerCase().includes(start) && !parts.includes(name)).slice(0, SHOWN));
  }

  function choose(name) {
    const last = typed().pop();
    const before = input.value.slice(0, input.value.length - last.length);
    input.value = `${before}${name}、`;
    show([]);
  }

  function move(step) {
    const options = [...list.children];
    options[current]?.setAttribute("aria-selected", "false");
    current = (current + step + options.length) % options.length;
    options[current].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[current].id);
  }

  input.addEventListener("input", suggest);
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(current < 0 ? 0 : -1);
    else if (event.key === "Enter" && current >= 0) choose(list.children[current].textContent);
    else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
  });
});
