// What stands inside a seed's file (FORMAT.md, F19 to F23).
import { sum, textOf } from "./bytes.js";

const MOST = 60 * 1024;
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** A record: its first line and its values by key, or null for what is none. */
export function parseRecord(plain) {
  if (!plain || plain.length > MOST) return null;
  const end = plain.indexOf(10);
  const line = textOf(end < 0 ? plain : plain.subarray(0, end));
  if (!line || /[\r\0]/.test(line)) return null;
  const [fields, padding] = splitAtEmptyLine(end < 0 ? "" : lenient.decode(plain.subarray(end)));
  if (!/^\n*$/.test(padding)) return null;
  const keys = new Map();
  for (const field of fields.split("\n")) {
    const m = /^([a-z0-9-]+) (.*)$/s.exec(field);
    if (m) keys.set(m[1], [...(keys.get(m[1]) ?? []), unescapeValue(m[2])]);
  }
  return { line, keys, sum: sum(plain) };
}

function splitAtEmptyLine(text) {
  const at = text.indexOf("\n\n");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

function unescapeValue(value) {
  return value.replace(/\\([nr\\])/g, (_, c) => ({ n: "\n", r: "\r", "\\": "\\" })[c]);
}

/** All values of a key, in order. */
export const all = (record, key) => record.keys.get(key) ?? [];

/** The first value of a key, or "". */
export const first = (record, key) => all(record, key)[0] ?? "";
