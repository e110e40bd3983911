// Elements made of text alone: nothing that comes out of a vault is ever markup.
import { WORDS } from "./words.js";

let language = navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
let spoken = []; // what is to be said again when the language changes

export const current = () => language;

/** A text of the catalogue, with what is filled in, in the language of the page. */
export function say(name, values = {}) {
  return { name, values };
}

export const isSaid = (x) => typeof x === "object" && x !== null && "name" in x && "values" in x;

export function textOf({ name, values }) {
  const word = WORDS[name][language];
  return word.replace(/\{(\w+)\}/g, (_, key) => {
    const value = values[key];
    return isSaid(value)
      ? textOf(value)
      : Array.isArray(value)
        ? value.map((v) => (isSaid(v) ? textOf(v) : v)).join(language === "ja" ? "、" : ", ")
        : String(value);
  });
}

// What would turn the direction of a line, or show nothing, is shown as its number.
const HIDDEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A text from a vault, fit to be shown on a line. */
export function visible(text) {
  return text.replace(HIDDEN, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** An element: attributes, "on..." listeners, and children that are elements, strings or say(...). */
export function el(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
    else if (isSaid(value)) speak(value, (text) => e.setAttribute(name, text));
    else if (value === true) e.setAttribute(name, "");
    else if (value !== false && value !== null) e.setAttribute(name, value);
  }
  put(e, ...children);
  return e;
}

export function put(e, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === false) continue;
    e.append(isSaid(child) ? spokenNode(child) : child);
  }
}

/** Puts these children in the place of all others. */
export function refill(e, ...children) {
  e.replaceChildren();
  put(e, ...children);
}

function spokenNode(said) {
  const node = document.createTextNode("");
  speak(said, (text) => (node.data = text));
  return node;
}

function speak(said, set) {
  set(textOf(said));
  spoken.push({ said, set });
}

/** Forgets which texts are shown, before another screen is. */
export const silence = () => (spoken = []);

export function setLanguage(to) {
  language = to;
  document.documentElement.lang = to;
  for (const { said, set } of spoken) set(textOf(said));
}

/** A text from a vault, set apart from the direction of what surrounds it. */
export const label = (text, attributes = {}) => el("bdi", attributes, visible(text));
