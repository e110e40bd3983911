// Zip files, as cloud drives give a folder: stored and deflated entries, read by the
// central directory. What is larger than any vault is not unpacked.
import { textOf } from "./bytes.js";

export class BadZip extends Error {}

/** The files in a zip as [path, bytes]: those that wantedOf(all paths) says are wanted. */
export async function readZip(bytes, wantedOf, most) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { count, start } = findDirectory(view);
  const entries = [];
  for (let i = 0, at = start; i < count; i++, at = entries.at(-1).next) entries.push(readEntry(view, bytes, at));
  const isWanted = wantedOf(entries.map((e) => e.path));
  const out = [];
  let left = most;
  for (const e of entries.filter((e) => !e.path.endsWith("/") && isWanted(e.path))) {
    left -= e.size;
    if (left < 0) throw new BadZip("too large");
    out.push([e.path, await unpack(view, bytes, e)]);
  }
  return out;
}

function findDirectory(view) {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65557); at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    return { count: view.getUint16(at + 10, true), start: view.getUint32(at + 16, true) };
  }
  throw new BadZip("no directory");
}

function readEntry(view, bytes, at) {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw new BadZip("directory");
  const [nameLength, extra, comment] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
  const name = bytes.subarray(at + 46, at + 46 + nameLength);
  return {
    path: (textOf(name) ?? "?").replaceAll("\\", "/"),
    encrypted: view.getUint16(at + 8, true) & 1,
    method: view.getUint16(at + 10, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    start: view.getUint32(at + 42, true),
    next: at + 46 + nameLength + extra + comment,
  };
}

async function unpack(view, bytes, e) {
  if (e.encrypted) throw new BadZip("encrypted");
  if (e.start + 30 > view.byteLength || view.getUint32(e.start, true) !== 0x04034b50) throw new BadZip("entry");
  const from = e.start + 30 + view.getUint16(e.start + 26, true) + view.getUint16(e.start + 28, true);
  if (from + e.packed > bytes.length) throw new BadZip("cut off");
  const data = bytes.subarray(from, from + e.packed);
  if (e.method === 0 && e.packed === e.size) return data.slice();
  if (e.method !== 8) throw new BadZip("method");
  return inflate(data, e.size);
}

async function inflate(data, size) {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const out = new Uint8Array(size);
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > size) throw new BadZip("size");
    out.set(value, at);
    at += value.length;
  }
  if (at !== size) throw new BadZip("size");
  return out;
}
