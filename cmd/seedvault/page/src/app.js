// The page as a whole: one screen at a time, the two languages, and forgetting.
import { current, el, isSaid, refill, say, setLanguage, silence } from "./dom.js";
import { Reader } from "./reader.js";

const IDLE = 10 * 60 * 1000;
const WARNING = 60 * 1000;

export class App {
  constructor(source) {
    this.source = source;
    this.main = document.getElementById("page");
    this.ticks = [];
    this.open = false; // whether there is anything to forget
    this.makeHeader();
    setLanguage(current());
    this.touched = Date.now();
    for (const event of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"])
      addEventListener(event, () => this.touch(), { passive: true });
    addEventListener("keydown", (e) => e.key === "Escape" && !e.isComposing && this.open && this.forget());
    addEventListener("pagehide", () => this.open && this.forget());
    setInterval(() => this.tick(), 500);
  }

  makeHeader() {
    const other = { en: "日本語", ja: "English" };
    this.languageButton = el(
      "button",
      { class: "plain", id: "language", type: "button", onclick: () => this.switchLanguage() },
      other[current()],
    );
    this.languageButton.lang = current() === "en" ? "ja" : "en";
    this.forgetButton = el("button", {
      class: "plain",
      id: "forget",
      type: "button",
      hidden: true,
      onclick: () => this.forget(),
    });
    this.warning = el("p", { id: "warning", role: "alert", hidden: true });
    document.getElementById("bar").append(this.forgetButton, this.languageButton);
    document.getElementById("bar").after(this.warning);
  }

  switchLanguage() {
    setLanguage(current() === "en" ? "ja" : "en");
    this.languageButton.textContent = current() === "en" ? "日本語" : "English";
    this.languageButton.lang = current() === "en" ? "ja" : "en";
  }

  /** Shows a screen: a heading, which gets the focus, and what stands under it. */
  show(heading, ...children) {
    silence();
    this.ticks = [];
    refill(this.forgetButton, say("forget"));
    refill(this.warning, say("soon"));
    const title = el("h1", { tabindex: "-1" }, heading);
    refill(this.main, title, ...children);
    // A name out of the vault would go from the title into the browser's history.
    document.title = isSaid(heading) ? `${title.textContent} · seedvault` : "seedvault";
    title.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Calls a function now and twice a second, as long as this screen is shown. */
  every(call) {
    this.ticks.push(call);
    call();
  }

  get reader() {
    return (this.theReader ??= new Reader(this.source));
  }

  /** From now on there is something to forget. */
  guard() {
    this.open = true;
    this.forgetButton.hidden = false;
  }

  touch() {
    this.touched = Date.now();
    this.warning.hidden = true;
  }

  tick() {
    const idle = Date.now() - this.touched;
    if (this.open && idle > IDLE) return this.forget(true);
    this.warning.hidden = !(this.open && idle > IDLE - WARNING);
    for (const call of this.ticks) call();
  }

  /** Ends the worker and empties the page; only reloading it begins anew. */
  forget(idle = false) {
    this.theReader?.end();
    this.theReader = null;
    this.open = false;
    this.forgetButton.hidden = true;
    this.warning.hidden = true;
    for (const field of this.main.querySelectorAll("input")) field.value = "";
    const again = el("button", { type: "button", onclick: () => location.reload() }, say("again"));
    this.show(
      say("forgotten"),
      idle ? el("p", {}, say("forgottenIdle")) : null,
      el("p", {}, say("forgottenWhat")),
      el("p", {}, again),
    );
  }

  /** Shows that something went wrong for which nobody has a better word. */
  fail(word = "unexpected") {
    this.show(
      say("title"),
      el("p", { class: "wrong", role: "alert" }, say(word)),
      p(button(say("again"), () => location.reload())),
    );
  }

  /** A sentence about what went wrong, said aloud by screen readers. */
  complain(place, ...children) {
    refill(place, el("p", { class: "wrong", role: "alert" }, ...children));
  }
}

/** A button that leads on; the first on a screen is the one to take. */
export function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, text);
}

/** A paragraph. */
export const p = (...children) => el("p", {}, ...children);
