// Gives the control that select2 shows instead of a list the label of that list.
"use strict";

function labelPickers() {
  document.querySelectorAll("select.admin-autocomplete[data-select2-id]").forEach((select) => {
    const shown = select.parentElement.querySelector(".select2-selection");
    const text = select.labels[0]?.textContent.trim();
    if (!shown || !text) return;
    shown.removeAttribute("aria-labelledby");
    for (const part of [shown, shown.querySelector("[role=textbox]")]) part?.setAttribute("aria-label", text);
  });
}

window.django.jQuery(labelPickers); // after select2, which is put there in the same way
document.addEventListener("formset:added", labelPickers);
