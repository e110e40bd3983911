// Bytes as text and text as bytes, strictly: what is not UTF-8 is null.
import { sha256 } from "@noble/hashes/sha2.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text that UTF-8 bytes stand for, or null. */
export function textOf(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

export function bytesOf(text) {
  return new TextEncoder().encode(text);
}

export function hex(bytes) {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

export function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function join(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}

/** The SHA-256 of bytes in hex. */
export function sum(bytes) {
  return hex(sha256(bytes));
}

/** Base32 without padding, in any alphabet of 32 characters; bits left over are filled with zeros. */
export function base32(bytes, alphabet) {
  let out = "";
  let value = 0;
  let bits = 0;
  for (const b of bytes) {
    value = ((value << 8) | b) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(value >> (bits - 5)) & 31];
  }
  return bits > 0 ? out + alphabet[(value << (5 - bits)) & 31] : out;
}

/** What FORMAT.md calls HASH, of a SHA-256 in hex. */
export function hashOfSum(sha) {
  const bytes = Uint8Array.from(sha.slice(0, 40).match(/../g), (h) => parseInt(h, 16));
  return base32(bytes, "abcdefghijklmnopqrstuvwxyz234567");
}

/** Base64 as RFC 4648 has it, with padding and nothing else, or null. */
export function fromBase64(text) {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

export function toBase64(bytes) {
  let s = "";
  for (const b of bytes) s += String.fromCharCode(b);
  return btoa(s);
}

/** Bytes with LF where CR LF stood (F9). */
export function unixLines(bytes) {
  if (!bytes.includes(13)) return bytes;
  return bytes.filter((b, i) => b !== 13 || bytes[i + 1] !== 10);
}
