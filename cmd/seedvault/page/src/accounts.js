// The list of accounts with their codes, and what must be said about the vault.
import { button, p } from "./app.js";
import { current, el, label, put, refill, say, textOf, visible } from "./dom.js";
import { codeFor, stepAt } from "./otpauth.js";
import { digits } from "./unlock.js";
import { showAccount } from "./account.js";

const MANY = 8;

/** Shows all that was opened. */
export function showAccounts(app, outline, result) {
  app.vault = { outline, result, done: new Set() };
  showList(app);
}

/** Shows the list, with the account that was looked at in sight. */
export function showList(app, last = null) {
  const { result } = app.vault;
  const parts = result.epochs.filter((e) => e.seeds.length > 0);
  const seeds = parts.flatMap((e) => e.seeds);
  app.vault.order = seeds;
  const rows = new Map(seeds.map((seed) => [seed, row(app, seed)]));
  app.show(
    seeds.length === 1 ? say("oneAccount") : say("accounts", { n: seeds.length }),
    p(seeds.length === 0 ? say("nothing") : say("listWhat")),
    notices(app.vault),
    seeds.length > MANY ? searching(rows) : null,
    parts.map((e, i) => section(e, i, parts, rows)),
    clock(app),
    compared(app.vault),
    wrongs(result),
    el(
      "p",
      { class: "buttons" },
      button(say("printList"), () => print()),
    ),
  );
  app.every(() => refresh(rows));
  const place = last && rows.get(last);
  place?.querySelector("button").focus();
}

function section(e, i, parts, rows) {
  const list = el(
    "ul",
    { class: "accounts" },
    e.seeds.map((s) => rows.get(s)),
  );
  if (parts.length === 1) return list;
  return el(
    "section",
    {},
    el("h2", {}, say(i === 0 ? "newestPart" : "olderPart", { folder: e.folder })),
    i > 0 ? p(say("olderWhat")) : null,
    list,
  );
}

function row(app, seed) {
  const done = app.vault.done.has(seed);
  const codes = el("span", { class: "codes" });
  const go = el(
    "button",
    { type: "button", class: "account", onclick: () => showAccount(app, seed) },
    names(seed),
    done ? el("span", { class: "badge good" }, say("compared")) : null,
    badge(seed),
  );
  const li = el("li", {}, go, codes);
  li.codes = codes;
  li.seed = seed;
  return li;
}

/** An account's name, and under it what tells it from others. */
export function names(seed) {
  const { key } = seed;
  const title = seed.title || seed.line.slice(0, 40);
  const under = [seed.name && key.issuer, key.account !== title && key.account].filter(Boolean);
  return el(
    "span",
    { class: "names" },
    label(title, { class: "title" }),
    under.length > 0 ? label(under.join(" · "), { class: "under" }) : null,
  );
}

/** What stands beside an account that is not accepted. */
export function badge(seed) {
  if (seed.standing === "accepted") return null;
  return el("span", { class: "badge" }, say(seed.standing === "unconfirmed" ? "unconfirmed" : "notAccepted"));
}

/** A code in groups that are easy to read over. */
export const spaced = (code) =>
  code.length < 6 ? code : code.replace(new RegExp(`(.{${Math.ceil(code.length / 2)}})`), "$1 ");

const secondsLeft = (key, now) => key.period - (Math.floor(now / 1000) % key.period);

function refresh(rows) {
  const now = Date.now();
  for (const li of rows.values()) {
    const { key } = li.seed;
    if (key.refused || key.type === "hotp") continue; // shown with the account alone
    const step = stepAt(key, now);
    if (li.step !== step) {
      li.step = step;
      refill(
        li.codes,
        el("b", {}, spaced(codeFor(key, step))),
        el("small", {}, textOf(say("next")), " ", spaced(codeFor(key, step + 1n))),
        (li.left = el("meter", { min: "0", max: String(key.period), "aria-hidden": "true" })),
      );
    }
    li.left.value = secondsLeft(key, now);
  }
}

export { secondsLeft };

function searching(rows) {
  const count = el("span", { role: "status", class: "quiet" });
  const field = el("input", { type: "search", id: "search", autocomplete: "off" });
  field.addEventListener("input", () => {
    const wanted = field.value.normalize("NFKC").toLowerCase();
    let found = 0;
    for (const [seed, li] of rows) {
      const text = [seed.title, seed.key.issuer, seed.key.account, ...seed.tags]
        .join(" ")
        .normalize("NFKC")
        .toLowerCase();
      li.hidden = !text.includes(wanted);
      if (!li.hidden) found++;
    }
    count.textContent = wanted === "" ? "" : textOf(say("found", { n: found }));
  });
  return el("p", { class: "search" }, el("label", { for: "search" }, say("search")), field, count);
}

function clock(app) {
  const place = el("p", { class: "quiet" });
  app.every(() => (place.textContent = textOf(say("clock", { time: new Date().toLocaleTimeString(current()) }))));
  return place;
}

/** What must be known before the codes are trusted. */
function notices({ result }) {
  const list = el("div", { class: "notices" });
  const add = (...said) => put(list, el("p", { class: "notice" }, ...said));
  const newest = result.epochs.findIndex((e) => e.opened);
  for (const e of result.epochs.slice(0, newest)) if (e.state !== "newer") add(say("notOpened", { folder: e.folder }));
  for (const e of result.epochs) {
    if (e.state === "newer") add(say("newerFolder", { folder: e.folder }));
    if (!e.opened) continue;
    if (e.state === "unverified") add(say("unverifiedWhat", { folder: e.folder }));
    if (e.newerWords) add(say("newerWords", { folder: e.folder }));
    if (e.missing.length > 0)
      add(say("missingSeals", { folder: e.folder, seals: e.missing.map((s) => s.slice(0, -24)) }));
    if (e.untrue.length > 0) add(say("untrueSeals", { folder: e.folder, seals: e.untrue }));
  }
  const damaged = damagedIn(result).length;
  if (damaged > 0) add(el("a", { href: "#wrongs" }, say("damagedTitle", { n: damaged })), " ", say("damagedWhat"));
  return list.childElementCount > 0 ? list : null;
}

function compared({ result }) {
  const opened = result.epochs.filter((e) => e.opened && e.fingerprint);
  const parts = opened.map((e) => [
    digits(e.fingerprint),
    e.seal && e.missing.length === 0
      ? el(
          "p",
          { class: "quiet" },
          say("upTo", { n: e.seal.number, time: e.seal.time.slice(0, 16).replace("T", " ") + " UTC" }),
        )
      : null,
  ]);
  return el("section", { class: "fingerprint" }, p(say("notCompared")), parts);
}

const damagedIn = (result) =>
  [...result.lost, ...result.epochs.flatMap((e) => e.unreadable.map((path) => ({ path, what: "foreign" })))].filter(
    (f, i, all) => all.findIndex((g) => g.path === f.path) === i,
  );

function wrongs(result) {
  const damaged = damagedIn(result);
  const twice = result.epochs.flatMap((e) => e.twice);
  if (damaged.length + twice.length === 0) return null;
  const list = damaged.map(({ path, what }) => el("li", {}, el("code", {}, visible(path)), " ", say(what)));
  return el(
    "section",
    { id: "wrongs" },
    el("h2", {}, say("damagedTitle", { n: damaged.length })),
    el(
      "ul",
      {},
      list,
      twice.map((path) => el("li", {}, say("twice", { path: visible(path) }))),
    ),
  );
}
