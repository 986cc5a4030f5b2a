/* Sliders say their value; the time of day gets a slider of its own. Without this file the form works as well. */
"use strict";

(function () {
  const STEPS = 96;

  function timeOf(step) {
    const two = (n) => String(n).padStart(2, "0");
    return `${two(Math.floor(step / 4))}:${two((step % 4) * 15)}`;
  }

  function stepOf(time) {
    const [hours, minutes] = time.split(":").map(Number);
    return Number.isFinite(hours * minutes) ? hours * 4 + Math.floor(minutes / 15) : null;
  }

  function showShare(slider) {
    const output = document.querySelector(`output[for="${slider.id}"][data-share]`);
    if (output) output.textContent = `${Math.round(slider.value * 1000) / 10} %`;
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

  function start(root) {
    for (const slider of root.querySelectorAll('input[type="range"][data-unit]:not([data-started])')) {
      slider.dataset.started = "yes";
      showShare(slider);
      slider.addEventListener("input", () => showShare(slider));
    }
    for (const input of root.querySelectorAll('.controls input[name="time"]:not([type="hidden"], [data-started])')) {
      input.dataset.started = "yes";
      addTimeSlider(input);
    }
  }

  document.addEventListener("htmx:load", (event) => start(event.detail.elt)); // "back" brings controls anew
  start(document);
})();
