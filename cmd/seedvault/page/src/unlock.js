// The screens on which somebody opens the vault: with a passphrase, with the lines of
// a sheet, or with a key file.
import { button, p } from "./app.js";
import { el, put, refill, say } from "./dom.js";
import { grouped } from "./names.js";
import { LINES, identitiesIn, readLines } from "./paper.js";
import { doubt } from "./passphrase.js";
import { showAccounts } from "./accounts.js";

/** Asks with what the vault is to be opened. */
export function askHow(app, outline) {
  const back = () => askHow(app, outline);
  const choices = [];
  if (outline.passphrases.length > 0)
    choices.push(button(say("withPassphrase"), () => askPassphrase(app, outline, back), { id: "with-passphrase" }));
  if (outline.ways.includes("age")) {
    choices.push(button(say("withPaper"), () => askPaper(app, outline, back), { id: "with-paper" }));
    choices.push(button(say("withFile"), () => askFile(app, outline, back), { id: "with-file" }));
  }
  const other = ["quorum", "ssh", "hardware"].filter((w) => outline.ways.includes(w)).map((w) => say(w));
  const needs =
    other.length === 0 ? null : p(say(choices.length > 0 ? "needsProgram" : "onlyProgram", { ways: other }));
  app.show(
    say("how"),
    fingerprints(outline),
    el(
      "ul",
      { class: "choices" },
      choices.map((c) => el("li", {}, c)),
    ),
    needs,
  );
}

/** The fingerprints of a vault's epochs, newest first. */
export function fingerprints(outline) {
  const known = outline.epochs.filter((e) => e.fingerprint && e.state !== "newer");
  const box = el(
    "section",
    { class: "fingerprint" },
    el("h2", {}, say("fingerprint")),
    p(say(known.length > 1 ? "fingerprintMany" : "fingerprintWhat")),
  );
  for (const e of outline.epochs) {
    if (e.state === "newer") put(box, el("p", { class: "wrong" }, say("newerFolder", { folder: e.folder })));
    else if (e.fingerprint) put(box, digits(e.fingerprint));
    else put(box, el("p", { class: "wrong" }, say("noFingerprint", { folder: e.folder })));
  }
  return box;
}

/** A fingerprint in two rows of four groups, as people compare it. */
export function digits(fingerprint) {
  return el(
    "p",
    { class: "digits" },
    el("span", {}, grouped(fingerprint).slice(0, 19)),
    " ",
    el("span", {}, grouped(fingerprint).slice(20)),
  );
}

// A field that once was one for passwords is not among those that browsers write to
// disk to restore a session.
function typed({ type = "text", ...attributes }) {
  const field = secret(attributes);
  field.type = type;
  return field;
}

const secret = (attributes) =>
  el("input", {
    type: "password",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    ...attributes,
  });

function askPassphrase(app, outline, back) {
  const trouble = el("div", { id: "trouble" });
  const holders = outline.passphrases;
  const whose = el(
    "select",
    { id: "whose" },
    holders.map((h) => el("option", { value: h.name }, h.listed ? h.name : say("notListed", { name: h.name }))),
  );
  const field = typed({ id: "passphrase", type: "password", required: true });
  const shown = el("input", {
    type: "checkbox",
    id: "shown",
    onchange: () => (field.type = shown.checked ? "text" : "password"),
  });
  const form = el(
    "form",
    {
      onsubmit: (e) => {
        e.preventDefault();
        tryPassphrase(app, outline, whose.value, field.value, back);
      },
    },
    holders.length > 1 ? el("p", {}, el("label", { for: "whose" }, say("whose")), whose) : null,
    el("p", {}, el("label", { for: "passphrase" }, say("passphrase")), field),
    el("p", { class: "check" }, shown, " ", el("label", { for: "shown" }, say("showTyped"))),
    trouble,
    el("p", { class: "buttons" }, el("button", { class: "first", id: "open" }, say("open")), button(say("back"), back)),
    el("p", { class: "quiet" }, say("takesSeconds")),
  );
  app.guard();
  app.show(say("passphraseTitle"), form);
  field.focus();
  return { trouble, whose, field };
}

async function tryPassphrase(app, outline, holder, passphrase, back) {
  if (passphrase === "") return;
  const progress = showProgress(app, () => app.forget());
  try {
    const identities = await app.reader.ask("unlock", { holder, typed: passphrase }, progress.tries);
    if (identities.length > 0)
      return await openWith(app, outline, identities, progress, () => askPassphrase(app, outline, back));
    const screen = askPassphrase(app, outline, back);
    screen.whose.value = holder;
    app.complain(screen.trouble, say("wrongPassphrase", { name: holder }), ...doubts(passphrase));
  } catch (e) {
    if (!app.open) return; // forgotten meanwhile
    const screen = askPassphrase(app, outline, back);
    app.complain(screen.trouble, say(e.message === "memory" ? "noMemory" : "unexpected"));
  }
}

function doubts(passphrase) {
  const d = doubt(passphrase);
  if (!d) return [];
  const said =
    d.unknown > 0
      ? [say("wrongWord", { n: d.unknown })]
      : d.count === 6
        ? [say("wordsKnown")]
        : [say("wordCount", { n: d.count })];
  if (d.meant.length > 0) said.push(say("meant", { words: d.meant }));
  return said.flatMap((s) => [" ", s]);
}

function askPaper(app, outline, back) {
  const trouble = el("div", { id: "trouble" });
  const fields = Array.from({ length: LINES }, (_, i) =>
    typed({ id: `line-${i + 1}`, class: "line", size: "34", "aria-describedby": `line-${i + 1}-state` }),
  );
  const states = fields.map((_, i) => el("span", { id: `line-${i + 1}-state`, class: "state", "aria-live": "polite" }));
  const judge = () => {
    const reading = readLines(fields.map((f) => f.value));
    reading.lines.forEach((state, i) => mark(fields[i], states[i], state));
    refill(trouble, reading.whole ? el("p", { class: "wrong", role: "alert" }, say("keyWrong")) : null);
    return reading.identity;
  };
  const submit = async (e) => {
    e.preventDefault();
    const identity = judge();
    const next = fields.find((f) => f.dataset.state !== "good");
    if (!identity) return next?.focus(); // Enter leads from line to line
    openWith(
      app,
      outline,
      [identity],
      showProgress(app, () => app.forget()),
      () => askPaper(app, outline, back),
    );
  };
  const rows = fields.map((f, i) => el("p", {}, el("label", { for: f.id }, say("line", { n: i + 1 })), f, states[i]));
  for (const f of fields) f.addEventListener("input", judge);
  app.guard();
  app.show(
    say("paperTitle"),
    p(say("paperWhat")),
    el(
      "form",
      { onsubmit: submit },
      rows,
      trouble,
      el(
        "p",
        { class: "buttons" },
        el("button", { class: "first", id: "open" }, say("open")),
        button(say("back"), back),
      ),
    ),
  );
  fields[0].focus();
  return { trouble };
}

function mark(field, place, state) {
  if (field.dataset.state === state) return;
  field.dataset.state = state;
  field.setAttribute("aria-invalid", String(state === "wrong"));
  const words = { good: "lineGood", wrong: "lineWrong", later: "lineLater" };
  refill(place, words[state] ? say(words[state]) : null);
}

function askFile(app, outline, back) {
  const trouble = el("div", { id: "trouble" });
  const field = el("input", { type: "file", id: "key-file", hidden: true });
  field.addEventListener("change", async () => {
    const file = field.files[0];
    const identities = file && file.size < 65536 ? identitiesIn(await file.text()) : [];
    field.value = "";
    if (identities.length === 0) return app.complain(trouble, say("fileWrong"));
    openWith(
      app,
      outline,
      identities,
      showProgress(app, () => app.forget()),
      () => askFile(app, outline, back),
    );
  });
  app.guard();
  app.show(
    say("fileTitle"),
    p(say("fileWhat")),
    trouble,
    el(
      "p",
      { class: "buttons" },
      button(say("fileTitle"), () => field.click(), { class: "first" }),
      button(say("back"), back),
      field,
    ),
  );
  return { trouble };
}

async function openWith(app, outline, identities, progress, retry) {
  try {
    const result = await app.reader.ask("open", { identities }, progress.seeds);
    if (result.opens === "yes") return showAccounts(app, outline, result);
    const { trouble } = retry();
    app.complain(trouble, say(result.opens === "newer" ? "newer" : "keyForeign"));
  } catch {
    if (app.open) app.fail();
  }
}

/** The screen while work goes on: a bar, and how long it will take. */
function showProgress(app, stop) {
  const bar = el("progress", { max: "1", "aria-label": say("opening") });
  const left = el("p", { role: "status" });
  app.show(say("opening"), p(bar), left, p(button(say("stop"), stop)));
  let began = null;
  const tell = seldom((...said) => refill(left, ...said)); // it is read aloud
  return {
    tries({ part, tries, of }) {
      began ??= { at: performance.now(), part: part + tries };
      bar.value = part;
      const seconds = estimate(began, part, tries);
      if (seconds)
        tell(
          seconds,
          of > 1 && tries > 0 ? el("span", { class: "quiet" }, " ", say("trying", { i: tries + 1, n: of })) : null,
        );
    },
    seeds({ done, total }) {
      bar.value = total > 0 ? done / total : 1;
      tell(say("seedsRead", { i: done, n: total }));
    },
  };
}

/** Calls at most once in two seconds. */
function seldom(call) {
  let last = -Infinity;
  return (...values) => {
    if (performance.now() - last < 2000) return;
    last = performance.now();
    call(...values);
  };
}

function estimate(began, part, tries) {
  const passed = part + tries - began.part;
  if (passed < 0.03) return null;
  const seconds = Math.ceil((((performance.now() - began.at) / passed) * (1 - part)) / 1000);
  return seconds > 100 ? say("aboutMinutes", { n: Math.ceil(seconds / 60) }) : say("aboutSeconds", { n: seconds });
}
