// One account: its QR code for the new phone, its codes, and what else was kept with it.
import { button, p } from "./app.js";
import { el, label, put, refill, say, textOf, visible } from "./dom.js";
import { ascii, codeFor, find, stepAt } from "./otpauth.js";
import { drawQR } from "./qr.js";
import { badge, names, secondsLeft, showList, spaced } from "./accounts.js";
import { base32 } from "./bytes.js";

/** Shows one account. */
export function showAccount(app, seed) {
  const { order } = app.vault;
  const at = order.indexOf(seed);
  const code = seed.key.refused
    ? null
    : drawQR(ascii(seed.key.uri), say("qrLabel", { name: visible(seed.title || seed.line.slice(0, 40)) }));
  app.show(
    names(seed),
    el("p", { class: "quiet" }, say("nth", { i: at + 1, n: order.length }), " ", badge(seed)),
    warning(seed),
    el(
      "div",
      { class: "columns" },
      scanning(seed, code),
      el("div", {}, codes(app, seed), seed.key.refused ? null : comparing(app, seed)),
    ),
    more(seed),
    el("p", { class: "onpaper" }, say("printWarning")),
    steps(app, at),
  );
}

function warning(seed) {
  if (seed.standing === "not-accepted") return el("p", { class: "notice" }, say("notAcceptedWhat"));
  return seed.standing === "unconfirmed" ? el("p", { class: "notice" }, say("unconfirmedWhat")) : null;
}

function scanning(seed, code) {
  if (seed.key.refused) return el("div", {}, p(say("noCodes")), el("p", { class: "address" }, visible(seed.line)));
  const part = el("div", { class: "scan" }, p(say("scan")), code ?? p(say("tooLongForQr")));
  if (/^otpauth:/i.test(seed.key.uri))
    put(part, el("p", { class: "tap" }, el("a", { href: seed.key.uri, rel: "noreferrer" }, say("tap"))));
  return part;
}

function codes(app, seed) {
  const { key } = seed;
  if (key.refused) return null;
  const box = el("section", { class: "now" });
  if (key.type === "hotp") {
    const list = Array.from({ length: 5 }, (_, i) => el("li", {}, spaced(codeFor(key, key.counter + BigInt(i)))));
    put(box, p(say("counter")), el("ol", { class: "counted", start: String(key.counter) }, list));
    return box;
  }
  let shown = null;
  const left = el("span", { class: "left" });
  const big = el("p", { class: "big" });
  const next = el("p", { class: "next" });
  put(box, el("h2", {}, say("code")), big, el("p", { class: "quiet" }, left), next);
  app.every(() => {
    const now = Date.now();
    const step = stepAt(key, now);
    left.textContent = textOf(say("secondsLeft", { n: secondsLeft(key, now) }));
    if (shown === step) return;
    shown = step;
    big.textContent = spaced(codeFor(key, step));
    next.textContent = `${textOf(say("next"))}: ${spaced(codeFor(key, step + 1n))}`;
  });
  return box;
}

function comparing(app, seed) {
  const verdict = el("div", { id: "verdict", role: "status" });
  const field = el("input", {
    id: "compare",
    autocomplete: "off",
    inputmode: seed.key.type === "steam" ? "text" : "numeric",
    size: "12",
  });
  const submit = (e) => {
    e.preventDefault();
    const typed = field.value.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
    if (typed === "") return;
    const found = find(seed.key, typed, Date.now());
    if (found?.same && Math.abs(found.off) <= seed.key.period) app.vault.done.add(seed);
    refill(verdict, el("p", { class: found?.same ? "right" : "wrong" }, verdictOn(seed.key, found)));
  };
  return el(
    "form",
    { class: "compare", onsubmit: submit },
    el("label", { for: "compare" }, say("compare")),
    el("p", { class: "buttons" }, field, el("button", {}, say("compareButton"))),
    verdict,
  );
}

function verdictOn(key, found) {
  if (!found) return say("noMatch");
  if (!found.same) return say("otherKind", { kind: kind(found) });
  if (key.type === "hotp") return say("counterMatch", { n: String(found.counter) });
  if (Math.abs(found.off) <= key.period) return say("match");
  return say("clockOff", { n: Math.abs(found.off), way: say(found.off > 0 ? "ahead" : "behind") });
}

const kind = (k) => `${k.type === "steam" ? "Steam, " : ""}${k.algorithm}, ${k.digits}, ${k.period} s`;

function more(seed) {
  const { key } = seed;
  const parts = [];
  if (seed.recovery.length > 0)
    parts.push(
      folded(
        say("recovery", { n: seed.recovery.length }),
        el(
          "ul",
          { class: "lines" },
          seed.recovery.map((r) => el("li", {}, lines(r))),
        ),
      ),
    );
  if (seed.notes.length > 0) parts.push(folded(say("notes"), ...seed.notes.map((n) => el("p", {}, lines(n)))));
  if (!key.refused) {
    const secret = base32(key.secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      .match(/.{1,4}/g)
      .join(" ");
    const period = key.type === "hotp" ? null : [", ", say("everySeconds", { n: key.period })];
    parts.push(
      folded(
        say("byHand"),
        p(say("secret"), ": ", el("code", { class: "secret" }, secret)),
        p(say("details", { type: key.type, algorithm: key.algorithm, digits: key.digits }), period),
        p(say("address"), ": ", el("code", { class: "address" }, visible(key.uri))),
      ),
    );
  }
  return parts;
}

const folded = (title, ...children) => el("details", {}, el("summary", {}, title), ...children);

/** A text of several lines, each fit to be shown. */
function lines(text) {
  return text.split("\n").flatMap((l, i) => (i === 0 ? [label(l)] : [el("br"), label(l)]));
}

function steps(app, at) {
  const { order } = app.vault;
  const to = (i) => () => showAccount(app, order[i]);
  return el(
    "nav",
    { class: "buttons" },
    at + 1 < order.length ? button(say("nextAccount"), to(at + 1), { class: "first", id: "next" }) : null,
    at > 0 ? button(say("previous"), to(at - 1)) : null,
    button(say("list"), () => showList(app, order[at]), { id: "list" }),
    button(say("print"), () => print()),
  );
}
