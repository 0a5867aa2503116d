// What pages do beyond plain HTML: show a password, copy, print, local times, one submit a time.
// Everything works without it; what needs it is hidden until it runs.
(() => {
  "use strict";
  const all = (what) => document.querySelectorAll(what);
  const say = (words) => {
    const live = document.querySelector("[data-live]");
    if (live) live.textContent = words || "";
  };

  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // Passwords: shown on request, hidden again when they are sent.
  const show = (button, shown) => {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    if (!field) return;
    field.type = shown ? "text" : "password";
    const words = button.dataset;
    button.textContent = shown ? words.hide : words.show;
    button.setAttribute("aria-label", shown ? words.hideLabel : words.showLabel);
  };
  for (const button of all(".show")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.getAttribute("aria-controls"));
      const shown = field.type === "password";
      show(button, shown);
      say(shown ? button.dataset.shown : button.dataset.hidden);
    });
  }
  const hideAll = () => all(".show").forEach((button) => show(button, false));

  // One submit a time. The button stays enabled for the form to carry its value.
  for (const form of all("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.busy) return event.preventDefault();
      hideAll();
      if ("stays" in form.dataset) return;
      form.dataset.busy = "yes";
      if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
      setTimeout(() => free(form), 10000);
    });
  }
  const free = (form) => {
    delete form.dataset.busy;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  window.addEventListener("pageshow", () => {
    hideAll();
    all("form[method=post]").forEach(free);
  });

  // Copying: list items as lines, everything else without its spaces.
  const text = (source) => {
    const items = [...source.querySelectorAll("li")].map((item) => item.textContent.trim());
    return items.length ? items.join("\n") : source.textContent.replace(/\s/g, "");
  };
  for (const button of all("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) continue;
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text(source));
      } catch {
        const range = document.createRange();
        range.selectNodeContents(source);
        getSelection().removeAllRanges();
        return getSelection().addRange(range);
      }
      button.textContent = button.dataset.done;
      say(button.dataset.done);
      setTimeout(() => { button.textContent = label; }, 3000);
    });
  }
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Times in the reader's own zone and country. Days stay as the server says them.
  const shapes = {
    time: { timeStyle: "short" },
    both: { dateStyle: "long", timeStyle: "short" },
  };
  const { lang } = document.documentElement;
  const place = navigator.languages.find((it) => it.split("-")[0] === lang.split("-")[0]) || lang;
  for (const time of all("time[data-local]")) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) continue;
    const shape = { ...shapes[time.dataset.local], hourCycle: "h23" };
    time.textContent = new Intl.DateTimeFormat(place, shape).format(at);
  }

  // A wait that is over says so, once.
  for (const wait of all("[data-until]")) {
    const left = new Date(wait.dataset.until) - Date.now();
    if (!(left > 0 && left < 864e5)) continue;
    setTimeout(() => {
      wait.setAttribute("role", "status");
      wait.textContent = wait.dataset.over;
    }, left);
  }
})();
