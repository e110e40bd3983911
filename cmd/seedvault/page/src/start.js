// The first screens: what to heed, and where the vault is.
import { button, p } from "./app.js";
import { el, label, refill, say } from "./dom.js";
import { Unfit, fromData, fromFiles } from "./gather.js";
import { askHow } from "./unlock.js";

/** Begins: with the vault in the page where it is a kit, else with choosing one. */
export function start(app) {
  const data = document.getElementById("vault").textContent;
  const trouble = el("div", { id: "trouble" });
  let own = [];
  let wrong = null;
  try {
    own = fromData(data);
  } catch (e) {
    wrong = e.message;
  }
  document.getElementById("vault").remove();
  const isKit = own.length > 0 || wrong !== null;
  const count = own.reduce((n, v) => n + v.files.size, 0);
  app.show(
    say("title"),
    p(say("what")),
    own.length > 0 && el("p", { class: "found" }, say("kitHere", { files: count })),
    trouble,
    heed(isKit),
    own.length > 0 ? p(button(say("openKit"), () => chosen(app, own), { id: "open-kit", class: "first" })) : null,
    own.length > 0
      ? el("details", {}, el("summary", {}, say("another")), chooser(app, trouble))
      : chooser(app, trouble),
  );
  if (wrong) app.complain(trouble, say(wrong));
  dropping(app, trouble);
}

function heed(isKit) {
  return el(
    "section",
    { class: "heed" },
    el("h2", {}, say("before")),
    el(
      "ol",
      {},
      el("li", {}, isKit ? say("beforeKit") : say("beforePage", { file: "open-1.html" })),
      el("li", {}, say("beforeNetwork")),
      el("li", {}, say("beforeClose")),
    ),
  );
}

function chooser(app, trouble) {
  const folder = picker("folder", { webkitdirectory: true }, (files) => take(app, trouble, files));
  const file = picker("file", { accept: ".zip,.html,.htm" }, (files) => take(app, trouble, files));
  return el(
    "div",
    {},
    el(
      "p",
      { class: "buttons" },
      button(say("chooseFolder"), () => folder.click(), { class: "first" }),
      button(say("chooseFile"), () => file.click()),
      folder,
      file,
    ),
    el("p", { class: "quiet" }, say("chooseWhat")),
  );
}

/** A field for files, which a button stands for. */
function picker(id, attributes, onfiles) {
  const field = el("input", { type: "file", id, hidden: true, ...attributes });
  field.addEventListener("change", () => {
    const files = [...field.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    field.value = "";
    onfiles(files);
  });
  return field;
}

async function take(app, trouble, files) {
  refill(trouble, el("p", { role: "status" }, say("reading")));
  try {
    chosen(app, await fromFiles(files));
  } catch (e) {
    app.complain(trouble, say(e instanceof Unfit ? e.message : "unexpected"));
  }
}

/** Goes on with the vaults that were found: the only one, or one of several. */
async function chosen(app, vaults) {
  if (vaults.length > 1) return askWhich(app, vaults);
  try {
    const outline = await app.reader.ask("load", { files: vaults[0].files });
    if (outline.epochs.length > 0) askHow(app, outline);
    else app.fail("old-format");
  } catch {
    app.fail();
  }
}

function askWhich(app, vaults) {
  const list = vaults.map((v) =>
    el(
      "li",
      {},
      button(v.place === "" ? say("top") : label(v.place), () => chosen(app, [v])),
    ),
  );
  app.show(say("several"), p(say("severalWhat")), el("ul", { class: "choices" }, list));
}

function dropping(app, trouble) {
  addEventListener("dragover", (e) => e.preventDefault());
  addEventListener("drop", async (e) => {
    e.preventDefault();
    if (app.open || !document.getElementById("trouble")) return;
    const entries = [...e.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...e.dataTransfer.files].map((file) => ({ path: file.name, file }));
    take(app, trouble, entries.some((d) => d.isDirectory) ? await walk(entries) : plain);
  });
}

/** The files in what was dropped, with their paths. */
async function walk(entries) {
  const out = [];
  for (const entry of entries) {
    if (entry.isFile)
      out.push({ path: entry.fullPath.slice(1), file: await new Promise((ok, no) => entry.file(ok, no)) });
    else out.push(...(await walk(await children(entry))));
  }
  return out;
}

async function children(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((ok, no) => reader.readEntries(ok, no)); // a hundred at a time
    if (some.length === 0) return all;
    all.push(...some);
  }
}
