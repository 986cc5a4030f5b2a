/* Sliders say their value; the time of day gets a slider of its own; an answer that is not to the question in
   the controls is marked so. Without this file the form works as well. */
"use strict";

(function () {
  const STEPS = 96;
  const QUARTER_HOUR = /^\s*([01]?\d|2[0-3]):(00|15|30|45)\s*$/;
  const FORM = ".controls form[hx-get]";

  function timeOf(step) {
    const two = (n) => String(n).padStart(2, "0");
    return `${two(Math.floor(step / 4))}:${two((step % 4) * 15)}`;
  }

  function stepOf(time) {
    const match = QUARTER_HOUR.exec(time);
    return match ? match[1] * 4 + match[2] / 15 : null;
  }

  function showShare(slider) {
    const output = document.querySelector(`output[for="${slider.id}"][data-share]`);
    if (output) output.textContent = `${Math.round(slider.value * 10000) / 100} %`;
  }

  /* A slider that holds a share finer than its marks shows it exactly; moved, it goes by its marks again. */
  function slideShare(slider) {
    slider.step = slider.dataset.marks;
    showShare(slider);
  }

  function addTimeSlider(input) {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: STEPS - 1, step: 1, value: stepOf(input.value) ?? 48 });
    slider.setAttribute("aria-label", "Time of day, in quarter-hours");
    slider.className = "time-slider";
    slider.addEventListener("input", () => { input.value = timeOf(slider.value); });
    input.addEventListener("input", () => { slider.value = stepOf(input.value) ?? slider.value; });
    input.after(slider);
  }

  /* What an answer counts has no share of its own. */
  function hideOwnShare(form, over) {
    for (const { value } of over.options) {
      const share = form.querySelector(`.field-${value}_adoption`);
      if (share) share.hidden = value === over.value;
    }
  }

  /* Browsers tell nobody of a date that is typed in part: it counts as none. */
  function watchDate(input) {
    let partial = false;
    const ask = () => input.dispatchEvent(new Event("change", { bubbles: true }));
    input.addEventListener("keyup", () => {
      if (input.validity.badInput) markOld(`${input.labels[0].textContent.trim()} is not complete.`);
      else if (partial) ask();
      partial = input.validity.badInput;
    });
    input.addEventListener("blur", () => { if (partial) ask(); });
  }

  const results = () => document.getElementById("results");

  function markOld(why) {
    const box = results();
    if (!box) return;
    box.classList.add("old");
    box.querySelector(":scope > .old-note")?.remove();
    if (!why) return;
    const note = document.createElement("div");
    note.className = "answer unknown old-note";
    note.setAttribute("role", "alert");
    note.innerHTML = "<p class=\"sentence\"></p>";
    note.firstChild.textContent = `${why} What stands below answers the question before.`;
    box.prepend(note);
  }

  function showErrors() {
    for (const field of document.querySelectorAll(".controls .field")) {
      const wrong = field.querySelector(".error") !== null;
      for (const input of field.querySelectorAll("input, select")) {
        if (wrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }
  }

  function start(root) {
    for (const slider of root.querySelectorAll('input[type="range"][data-unit]:not([data-started])')) {
      slider.dataset.started = "yes";
      showShare(slider);
      slider.addEventListener("input", () => slideShare(slider));
    }
    for (const input of root.querySelectorAll('.controls input[name="time"]:not([type="hidden"], [data-started])')) {
      input.dataset.started = "yes";
      addTimeSlider(input);
    }
    for (const input of root.querySelectorAll('.controls input[type="date"]:not([data-started])')) {
      input.dataset.started = "yes";
      watchDate(input);
    }
    for (const form of root.querySelectorAll(`${FORM}:not([data-started])`)) {
      form.dataset.started = "yes";
      form.noValidate = true; // the site says at the field what is wrong; a browser would keep the old answer
      form.addEventListener("input", () => markOld());
      form.addEventListener("change", () => markOld());
      form.elements.over?.addEventListener("change", (event) => hideOwnShare(form, event.target));
    }
  }

  document.addEventListener("htmx:configRequest", (event) => {
    for (const input of event.detail.elt.elements ?? []) {
      if (input.name && input.validity.badInput) event.detail.parameters[input.name] = "incomplete";
      else if (input.closest(".rare") && input.value === (input.dataset.usual ?? "")) delete event.detail.parameters[input.name];
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === results()) results().classList.remove("old");
  });
  document.addEventListener("htmx:afterSettle", showErrors);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) markOld(`The site could not answer (${event.detail.xhr.status}).`);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => markOld("The site cannot be reached."));
  }
  document.addEventListener("htmx:load", (event) => start(event.detail.elt)); // "back" brings controls anew
  start(document);
})();
