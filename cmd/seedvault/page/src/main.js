// The page and its worker are one text: here it is decided which of the two runs.
import { App } from "./app.js";
import { start } from "./start.js";
import { makeReader } from "./worker.js";

if (typeof document === "undefined") {
  const reader = makeReader((message) => postMessage(message));
  onmessage = (e) => reader(e.data);
} else {
  const source = document.currentScript.textContent;
  addEventListener("DOMContentLoaded", () => start(new App(source))); // a kit's data comes after the script
}
