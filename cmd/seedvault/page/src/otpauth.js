// otpauth addresses and the codes that they give: the same judgements as the
// program's package otpauth, held together by the tables in testdata/otpauth.
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesOf, textOf } from "./bytes.js";

const HASHES = { SHA1: sha1, SHA256: sha256, SHA512: sha512 };
const STEAM = "23456789BCDFGHJKMNPQRTVWXY";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const MAKES_CODES = ["secret", "algorithm", "digits", "period", "counter", "encoder", "steam"];

class Refused extends Error {}
const refuse = (reason) => {
  throw new Refused(reason);
};

/**
 * Judges an address. Returns its type, names and parameters, or { refused: REASON }
 * with one of the program's words for why it gives no codes.
 */
export function parse(text) {
  try {
    return judge(text);
  } catch (e) {
    if (e instanceof Refused) return { refused: e.message };
    throw e;
  }
}

function judge(text) {
  if (bytesOf(text).length > 4096) refuse("too-long");
  if (/\p{Cc}/u.test(text)) refuse("control-character");
  const uri = respell(text);
  if (!/^otpauth:\/\//i.test(uri)) refuse(reasonFor(uri));
  const [rest, query] = cut(uri.slice(10), "?");
  const [host, label] = cut(rest, "/");
  const values = parseQuery(query);
  const key = { uri, type: typeOf(lower(host), values.encoder), counter: 0n };
  readLabel(key, label, values.issuer ?? []);
  if (key.type === "totp" && isSteams(key, values)) key.type = "steam";
  readValues(key, values);
  return key;
}

function cut(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

const lower = (text) => text.toLowerCase();
const trim = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");

function respell(text) {
  if (/^apple-otpauth:\/\//i.test(text)) return "otpauth://" + text.slice(16);
  const secret = text.slice(8);
  if (/^steam:\/\//i.test(text) && isKeyText(secret))
    return `otpauth://steam/Steam?secret=${escapeName(secret)}&issuer=Steam`;
  return text;
}

const escapeName = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());

function isKeyText(text) {
  try {
    return decodeSecret(text).secret.length >= 10;
  } catch {
    return false;
  }
}

function reasonFor(text) {
  const t = lower(text);
  if (t.startsWith("otpauth-migration://")) return "export-code";
  if (
    /^(phonefactor:\/\/|msauth|oktaverify|com-okta|duo:\/\/|https:\/\/m-|secure-auth:\/\/|blizzard:\/\/|symantec)/.test(
      t,
    )
  )
    return "other-app-only";
  if (/^https?:\/\//.test(t)) return "web-link";
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(t)) return "other-app-only";
  return isKeyText(text) ? "bare-key" : "not-otpauth";
}

/** Decodes % escapes, or returns null where one is not whole or the result is no UTF-8. */
function unescape(text) {
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  const out = [];
  const bytes = bytesOf(text);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 37) {
      out.push(parseInt(String.fromCharCode(bytes[i + 1], bytes[i + 2]), 16));
      i += 2;
    } else out.push(bytes[i]);
  }
  return textOf(Uint8Array.from(out));
}

function parseQuery(query) {
  // To most readers a raw # ends the query; what stands behind it would count on
  // one phone and not on the other.
  if (cut(query, "#")[1].includes("=")) refuse("hidden-parameter");
  const values = Object.create(null);
  for (const part of query.split("&")) {
    if (part === "") continue;
    let [name, value] = cut(part, "=").map((s) => s.replaceAll("+", " "));
    name = lower(unescape(name) ?? name);
    const bare = trim(name.replace(/^amp;/, ""));
    if (bare !== name && MAKES_CODES.includes(bare)) refuse("hidden-parameter");
    const whole = unescape(value);
    if (whole === null && MAKES_CODES.includes(name)) refuse("bad-encoding");
    (values[name] ??= []).push(whole ?? value);
  }
  return values;
}

/** The one value of a parameter that makes codes; two that differ are refused. */
function single(values = []) {
  for (const v of values) if (!foldEqual(v, values[0])) refuse("repeated-parameter");
  return values.length === 0 ? "" : trim(values[0]);
}

function foldEqual(a, b) {
  return new RegExp("^" + a.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") + "$", "iu").test(b);
}

function typeOf(host, encoders) {
  if (!["totp", "hotp", "steam"].includes(host)) refuse("unknown-type");
  const encoder = single(encoders);
  if (encoder === "") return host;
  if (lower(encoder) !== "steam" || host === "hotp") refuse("unknown-encoder");
  return "steam";
}

// A plus in a label is a plus, unless the issuer parameter shows that a space was
// meant.
function readLabel(key, label, issuers) {
  key.issuerParameter = issuers.length > 0 ? trim(issuers[0]) : "";
  key.moreIssuers = issuers.some((i) => i !== issuers[0]);
  [key.labelIssuer, key.account] = splitLabel(unescape(label) ?? label, key.issuerParameter);
  const plus = label.replaceAll("+", " ");
  const spaced = splitLabel(unescape(plus) ?? plus, key.issuerParameter);
  if (spaced[0] !== "" && spaced[0] === key.issuerParameter && key.labelIssuer !== key.issuerParameter)
    [key.labelIssuer, key.account] = spaced;
  key.issuer = key.issuerParameter || key.labelIssuer;
}

function splitLabel(label, issuer) {
  const text = trim(label);
  if (issuer !== "" && text.startsWith(issuer + ":")) return [issuer, trim(text.slice(issuer.length + 1))];
  if (text.split(":").length === 2) return cut(text, ":").map(trim);
  return ["", text];
}

function isSteams(key, values) {
  const mark = values.steam?.[0];
  if (mark !== undefined && (mark === "" || mark === "1" || lower(mark) === "true")) return true;
  return issuedBySteam(key) && [undefined, 5n].includes(digitsOrNothing(values.digits));
}

function issuedBySteam(key) {
  const issuer = lower(key.issuer || key.account);
  return issuer === "steam" || issuer === "steampowered.com" || issuer.endsWith(".steampowered.com");
}

function digitsOrNothing(values) {
  let value = "";
  try {
    value = single(values);
  } catch {
    return undefined; // refused later
  }
  return value === "" ? undefined : number(value);
}

/** A whole number below 2^64, or null. */
function number(text) {
  if (!/^[0-9]+$/.test(text)) return null;
  const n = BigInt(text);
  return n < 1n << 64n ? n : null;
}

function readValues(key, values) {
  if (values.secret === undefined) refuse("no-secret");
  if (values.secret.length > 1) refuse("repeated-parameter");
  Object.assign(key, decodeSecret(values.secret[0]));
  key.algorithm = algorithmOf(single(values.algorithm));
  key.digits = within(single(values.digits), 6, 10, "bad-digits");
  const period = single(values.period);
  if (key.type === "hotp") {
    key.period = 0;
    key.counter = counterOf(values.counter);
  } else {
    if (number(period) === 0n) refuse("zero-period");
    key.period = within(period, 30, 86400, "bad-period");
  }
  if (key.type === "steam") key.digits = 5;
  key.remarks = remarksOn(key);
}

function within(text, standard, most, reason) {
  if (text === "") return standard;
  const n = number(text);
  if (n === null || n < 1n || n > BigInt(most)) refuse(reason);
  return Number(n);
}

function counterOf(values) {
  const text = single(values);
  if (text === "") refuse("no-counter");
  const n = number(text);
  if (n === null) refuse("bad-counter");
  return n;
}

/** What people and services put between characters, gone; ASCII in upper case. */
function canonical(text) {
  return text.replace(/[\p{White_Space}\p{Dash}_]/gu, "").replace(/[a-z]/g, (c) => c.toUpperCase());
}

function algorithmOf(text) {
  if (text === "") return "SHA1";
  const name = canonical(text)
    .replace(/[_.]/g, "")
    .replace(/^ALGORITHM/, "")
    .replace(/^HMAC/, "");
  if (name === "MD5") refuse("md5-algorithm");
  if (!Object.hasOwn(HASHES, name)) refuse("unknown-algorithm");
  return name;
}

function decodeSecret(text) {
  const s = canonical(text).replace(/=+$/, "");
  if (s === "") refuse("empty-secret");
  if (!/^[A-Z2-7]+$/.test(s)) refuse("bad-secret");
  const whole = Math.floor((s.length * 5) / 8);
  if (whole === 0) refuse("bad-secret");
  const secret = new Uint8Array(whole);
  let value = 0;
  let bits = 0;
  let at = 0;
  for (const c of s) {
    value = ((value << 5) | BASE32.indexOf(c)) & 0xfff;
    bits += 5;
    if (bits >= 8 && at < whole) secret[at++] = (value >> (bits -= 8)) & 255;
  }
  return { secret, bitsOver: s.length !== Math.floor((whole * 8 + 4) / 5) };
}

function remarksOn(k) {
  const unusual = {
    digits: k.type !== "steam" && (k.digits < 6 || k.digits > 8),
    period: k.type !== "hotp" && k.period !== 30 && k.period !== 60,
    issuers: k.labelIssuer !== "" && k.issuerParameter !== "" && k.labelIssuer !== k.issuerParameter,
    "more-issuers": k.moreIssuers,
    "short-secret": k.secret.length < 10,
    "odd-secret": k.bitsOver,
    "steam-issuer": k.type === "totp" && issuedBySteam(k),
    "no-label": k.issuer === "" && k.account === "",
  };
  return Object.keys(unusual).filter((r) => unusual[r]);
}

/** The counter that a moment, in milliseconds since 1970, stands for. */
export function stepAt(key, now) {
  return BigInt(Math.floor(Math.floor(now / 1000) / key.period));
}

/** The code for a counter (RFC 4226, 5.3), Steam's in its own alphabet. */
export function codeFor(key, counter) {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, counter);
  const mac = hmac(HASHES[key.algorithm], key.secret, message);
  const at = mac[mac.length - 1] & 15;
  let value = new DataView(mac.buffer, mac.byteOffset).getUint32(at) & 0x7fffffff;
  if (key.type !== "steam") return String(value % 10 ** key.digits).padStart(key.digits, "0");
  let code = "";
  for (let i = 0; i < 5; i++) {
    code += STEAM[value % 26];
    value = Math.floor(value / 26);
  }
  return code;
}

/**
 * Says how a code that a phone shows comes from the key: { off } in seconds by
 * which the phone's clock is ahead, with the algorithm, digits and period that it
 * uses; null if it does not. The space is small: a stray code fits rarely.
 */
export function find(key, code, now) {
  if (key.type === "hotp") return findCounter(key, code);
  for (const v of variants(key, code.length)) {
    const step = stepAt(v, now);
    for (const off of offsets(v, key)) {
      const at = step + BigInt(off);
      if (at >= 0n && codeFor(v, at) === code) return { ...v, off: off * v.period, same: sameKind(v, key) };
    }
  }
  return null;
}

const sameKind = (a, b) =>
  a.type === b.type && a.algorithm === b.algorithm && a.digits === b.digits && a.period === b.period;

function findCounter(key, code) {
  for (let n = key.counter; n < key.counter + 100n; n++)
    if (codeFor(key, n) === code) return { ...key, counter: n, off: 0, same: true };
  return null;
}

function variants(key, length) {
  const list = [key];
  for (const period of [30, 60, 15, 10, 90, 120, 300, key.period])
    for (const algorithm of ["SHA1", "SHA256", "SHA512"])
      for (const type of ["totp", "steam"]) list.push({ ...key, period, algorithm, type });
  const fits = length === key.digits || (length >= 5 && length <= 8);
  return list
    .map((v) => ({ ...v, digits: v.type === "steam" ? 5 : length }))
    .filter((v) => fits && v.digits === length);
}

// Of the key as it stands a clock may be off by an hour or by a time zone; of a
// variant only by what typing takes.
function offsets(variant, key) {
  const own = variant.type === key.type && variant.algorithm === key.algorithm && variant.period === key.period;
  const near = own ? Math.floor(3600 / variant.period) : 1;
  const list = [0];
  for (let i = 1; i <= near; i++) list.push(-i, i);
  if (near <= 1) return list;
  for (let hours = 1; hours <= 14; hours++) {
    const zone = Math.floor((hours * 3600) / variant.period);
    for (const about of [0, -1, 1, -2, 2]) list.push(-zone + about, zone + about);
  }
  return list;
}

/** The address with what is not ASCII percent encoded, as QR readers want it. */
export function ascii(uri) {
  return uri.replace(/[^\x00-\x7f]+/g, encodeURIComponent);
}
