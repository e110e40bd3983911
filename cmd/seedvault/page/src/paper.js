// A key on paper (FORMAT.md, F70): lines of 20 characters, with four more that
// check all characters up to there.
import { bech32 } from "@scure/base";
import { sha256 } from "@noble/hashes/sha2.js";
import { base32, bytesOf } from "./bytes.js";

const ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const MEANT = { O: "0", B: "8", I: "L", 1: "L" };
const LENGTH = 58;
const LINE = 20;
const CHECK = 4;
export const PREFIXES = ["AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"];
export const LINES = Math.ceil(LENGTH / LINE);

/** The characters of the key in what was typed: of any case, width and spacing. */
function characters(typed) {
  return Array.from(typed.normalize("NFKC").toUpperCase(), (c) => MEANT[c] ?? c)
    .filter((c) => ALPHABET.includes(c))
    .join("");
}

function withoutPrefix(typed, prefix) {
  const text = characters(typed);
  const start = characters(prefix);
  return text.startsWith(start) ? text.slice(start.length) : text;
}

function check(prefix, number, text) {
  return base32(sha256(bytesOf(`seedvault ${prefix} line ${number} ${text}`)), ALPHABET).slice(0, CHECK);
}

/** Says whether a text is an identity of age's own, by its bech32 checksum. */
export function isIdentity(text) {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text);
    return text === text.toUpperCase() && bytes.length === 32 && PREFIXES.includes(prefix.toUpperCase() + "1");
  } catch {
    return false;
  }
}

/**
 * Reads lines as they were typed from a sheet, the last ones perhaps still empty.
 * Returns { identity } for a whole key, or { lines } with a word for each: "empty",
 * "short" (still being typed), "good", "wrong"; and whole, which says that all are
 * good and yet the key is none.
 */
export function readLines(typed) {
  const whole = readWhole(typed.join(""));
  if (whole) return { identity: whole, lines: typed.map(() => "good") };
  const readings = PREFIXES.map((prefix) => readWith(prefix, typed));
  const good = (r) => (r.identity ? 100 : r.lines.filter((l) => l === "good").length);
  return readings.sort((a, b) => good(b) - good(a))[0];
}

/** A whole key, with or without its prefix, and without the checks. */
function readWhole(typed) {
  for (const prefix of PREFIXES) {
    const text = withoutPrefix(typed, prefix);
    if (text.length === LENGTH && isIdentity(prefix + text)) return prefix + text;
    const bare = withoutChecks(text, prefix);
    if (bare && isIdentity(prefix + bare)) return prefix + bare;
  }
  return null;
}

function withoutChecks(text, prefix) {
  let data = "";
  for (let at = 0, n = 1; at < text.length; at += LINE + CHECK, n++) {
    const line = text.slice(at, at + LINE + CHECK);
    data += line.slice(0, -CHECK);
    if (line.slice(-CHECK) !== check(prefix, n, data)) return null;
  }
  return data.length === LENGTH ? data : null;
}

function readWith(prefix, typed) {
  let data = "";
  let broken = false; // the checks of later lines cover this one
  const lines = typed.map((line, i) => {
    const text = i === 0 ? withoutPrefix(line, prefix) : characters(line);
    const length = Math.min(LINE, LENGTH - i * LINE);
    if (text === "") return "empty";
    if (text.length < length + CHECK) return "short";
    const cut = text.slice(0, length);
    if (broken) return "later";
    if (text.length > length + CHECK || text.slice(length) !== check(prefix, i + 1, data + cut)) {
      broken = true;
      return "wrong";
    }
    data += cut;
    return "good";
  });
  const identity = prefix + data;
  if (data.length === LENGTH && isIdentity(identity)) return { identity, lines };
  return { lines, whole: lines.every((l) => l === "good") };
}

/** The identities of an age identity file, or [] where a line is anything else (F14). */
export function identitiesIn(text) {
  const lines = (text ?? "").split(/\r?\n/).filter((l) => l !== "" && !l.startsWith("#"));
  return lines.every(isIdentity) ? lines : [];
}
