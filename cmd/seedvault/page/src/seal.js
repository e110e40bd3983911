// Seals: the signed lists of what is accepted (FORMAT.md, "seals").
import { textOf } from "./bytes.js";
import { EPOCH, HASH, HEX, NUMBER, VALUE, WORD, isDate, isHolder, isTime } from "./names.js";

const NUMBERED = `${NUMBER}-(${HASH})`;
const KNOWN = {
  after: NUMBERED,
  closed: `(${HEX})`,
  due: "([0-9-]{10})",
  includes: `(${HASH})`,
  joined: `(${HEX})`,
  lost: NUMBERED,
  retired: `(.+) (${HEX})`,
};
const line1 = new RegExp(`^# seedvault seal (${NUMBER}) epoch ([1-9][0-9]*) (.{20}) by (.*)$`);
const keywordLine = new RegExp(`^# (x-${WORD}|${WORD})(?: (${VALUE}))?$`);
const fileLine = new RegExp(`^(${HEX})  (.+)$`, "s");

/** The parts of a seal's name, or null: its number as written, and its HASH. */
export function sealName(base) {
  const m = new RegExp(`^(${NUMBER})-(${HASH})[.]txt$`).exec(base);
  return m && { number: m[1], hash: m[2] };
}

/**
 * Reads a seal's text, or returns null if it is not one of that name in that epoch
 * (F26 to F28, F51). Its signature is another matter.
 */
export function parseSeal(bytes, name, epoch) {
  const lines = (textOf(bytes) ?? "").split("\n");
  const m = line1.exec(lines[0]);
  if (!m || lines.pop() !== "" || lines.length === 0) return null;
  if (m[1] !== name.number || Number(m[2]) !== epoch.number || !isTime(m[3]) || !isHolder(m[4])) return null;
  const seal = {
    number: Number(m[1]),
    hash: name.hash,
    time: m[3],
    by: m[4],
    files: new Map(),
    said: {},
    kept: new Set(),
    newer: false,
  };
  for (const word of Object.keys(KNOWN)) seal.said[word] = new Map();
  if (!lines.slice(1).every((line) => take(seal, line, epoch.folder))) return null;
  return [...seal.said.retired.keys()].some((file) => isListed(seal, file)) ? null : seal;
}

/** The number in NNNN-HASH. */
const numberOf = (name) => Number(name.split("-")[0]);

const fileKey = (sha, path) => `${sha}  ${path}`;
const isListed = (seal, file) => seal.files.get(file.slice(66)) === file.slice(0, 64);

function take(seal, line, folder) {
  const m = keywordLine.exec(line);
  if (m) return takeKeyword(seal, line, m[1], m[2] ?? "", folder);
  const f = fileLine.exec(line);
  if (!f || !mayList(f[2], folder) || seal.files.has(f[2])) return false;
  seal.files.set(f[2], f[1]);
  return true;
}

function takeKeyword(seal, line, word, value, folder) {
  if (!["after", "due", "lost"].includes(word)) seal.kept.add(line);
  if (!Object.hasOwn(KNOWN, word)) {
    seal.newer ||= !word.startsWith("x-"); // F28
    return true;
  }
  const m = new RegExp(`^${KNOWN[word]}$`, "s").exec(value);
  if (!m || (word === "due" && !isDate(m[1])) || (word === "retired" && !mayList(m[1], folder))) return false;
  const key = word === "retired" ? fileKey(m[2], m[1]) : word === "due" ? "" : m[1];
  if (seal.said[word].has(key)) return false; // F51
  seal.said[word].set(key, value);
  return true;
}

/** Says whether a seal of an epoch's folder may name a path (F27). */
function mayList(path, folder) {
  const parts = path.split("/");
  if (/[\x00-\x1f\x7f\\:]/.test(path) || path === ".gitattributes" || parts.some((p) => ["", ".", ".."].includes(p)))
    return false;
  return parts[0] === folder || !new RegExp(`^${EPOCH}$`).test(parts[0]);
}

/** Says whether all that another seal says is said here again (F32). */
export function contains(seal, other) {
  const has = (word) => (key) => seal.said[word].has(key);
  return (
    [...other.kept].every((l) => seal.kept.has(l)) &&
    [...other.said.lost.keys()].every(has("lost")) &&
    [...other.said.after.keys()].every((h) => has("after")(h) || has("includes")(h)) &&
    [...other.files].every(([path, sha]) => seal.files.get(path) === sha || has("retired")(fileKey(sha, path)))
  );
}

/** What the valid seals of an epoch say together (F30, F31, F75, F76). */
export class Tally {
  constructor(seals) {
    this.seals = seals;
    this.retired = new Set(seals.flatMap((s) => [...s.said.retired.keys()]));
    this.accepted = new Map();
    for (const s of seals) for (const [path, sha] of s.files) this.accept(path, sha);
    this.newer = seals.some((s) => s.newer);
  }

  accept(path, sha) {
    if (this.retired.has(fileKey(sha, path))) return;
    this.accepted.set(path, (this.accepted.get(path) ?? new Set()).add(sha));
  }

  /** A file's standing by these seals alone: accepted, retired or not-accepted. */
  says(path, sha) {
    if (this.retired.has(fileKey(sha, path))) return "retired";
    return this.accepted.get(path)?.has(sha) ? "accepted" : "not-accepted";
  }

  /** The seals that are named and not here, with the lowest number given to them. */
  missing() {
    const lowest = new Map();
    const included = new Set(this.seals.flatMap((s) => s.included));
    for (const s of this.seals.filter(({ hash }) => !included.has(hash))) {
      for (const [hash, name] of s.said.after)
        if (!lowest.has(hash) || numberOf(name) < numberOf(lowest.get(hash))) lowest.set(hash, name);
    }
    for (const s of this.seals) for (const hash of [s.hash, ...s.included, ...s.said.lost.keys()]) lowest.delete(hash);
    return [...lowest.values()].sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
  }

  /** The newest seal, or undefined. */
  newest() {
    return [...this.seals].sort((a, b) => b.number - a.number || (a.hash < b.hash ? 1 : -1))[0];
  }
}
