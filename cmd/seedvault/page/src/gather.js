// From what a person chose, a folder, a zip file or a kit, to vaults: the files by
// their paths in each vault's folder.
import { bytesOf, fromBase64, join, textOf } from "./bytes.js";
import { KIT, isEpoch, isOlderThanFormat } from "./names.js";
import { BadZip, readZip } from "./zip.js";

const MOST_BYTES = 512 << 20;
const MOST_FILES = 200000;
const MOST_IN_ONE = 16 << 20; // F8
// Put together here, so that the page's own text holds it once: at the element.
const DATA = ["<", 'script type="application/json" id="vault">'].join("");

/** What is wrong with what was chosen: a word that the page has a sentence for. */
export class Unfit extends Error {}

const epochAt = (parts) => parts.findIndex((p) => isEpoch(p) || isOlderThanFormat(p));

/** Which of the paths are of a vault, wherever its folder lies: epochs, and the files beside them. */
function inVaults(paths) {
  const places = new Set(
    paths
      .map((p) => p.split("/"))
      .filter((parts) => epochAt(parts) >= 0)
      .map((parts) => parts.slice(0, epochAt(parts)).join("/")),
  );
  const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
  return (path) =>
    epochAt(path.split("/")) >= 0 || (places.has(folderOf(path)) && /(^|\/)(README|open-)[^/]*$/.test(path));
}

/** Gathers files as { path, file } with a File each. */
export async function fromFiles(list) {
  if (list.length === 1) {
    const { path, file } = list[0];
    if (/[.]zip$/i.test(path)) return split(await zipOf(file));
    if (/[.]html?$/i.test(path)) return split(kitEntries(new Uint8Array(await file.arrayBuffer())));
  }
  const isWanted = inVaults(list.map(({ path }) => path));
  const wanted = list.filter(({ path }) => isWanted(path));
  check(
    wanted.length,
    wanted.reduce((n, { file }) => n + file.size, 0),
  );
  const entries = [];
  for (const { path, file } of wanted) {
    if (file.size <= MOST_IN_ONE) entries.push([path, new Uint8Array(await file.arrayBuffer())]);
  }
  return split(entries);
}

function check(files, bytes) {
  if (files > MOST_FILES || bytes > MOST_BYTES) throw new Unfit("too-large");
}

async function zipOf(file) {
  if (file.size > MOST_BYTES) throw new Unfit("too-large");
  try {
    return await readZip(new Uint8Array(await file.arrayBuffer()), inVaults, MOST_BYTES);
  } catch (e) {
    throw new Unfit(e instanceof BadZip && e.message === "encrypted" ? "zip-encrypted" : "zip-damaged");
  }
}

/** The files in a kit, which is taken as data: nothing in it runs. Its page, which is what is left without them, is KIT. */
export function kitEntries(bytes) {
  const at = find(bytes, DATA, 0);
  if (at < 0 || find(bytes, DATA, at + 1) >= 0) throw new Unfit("no-kit");
  const start = at + DATA.length;
  const end = find(bytes, "</script>", start);
  const json = end < 0 ? null : textOf(bytes.subarray(start, end));
  if (json === null) throw new Unfit("kit-cut");
  const entries = dataEntries(json);
  if (entries.length > 0) entries.push([KIT, join(bytes.subarray(0, start), bytes.subarray(end))]);
  return entries;
}

/** Where a text of one byte a letter stands in bytes, or -1. */
function find(bytes, text, from) {
  const wanted = bytesOf(text);
  for (let at = bytes.indexOf(wanted[0], from); at >= 0; at = bytes.indexOf(wanted[0], at + 1))
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** The files in a kit's data element; none where it is empty. */
export function dataEntries(json) {
  if (json.trim() === "") return [];
  let files;
  try {
    files = JSON.parse(json);
  } catch {
    throw new Unfit("kit-cut");
  }
  if (typeof files !== "object" || files === null) throw new Unfit("kit-cut");
  const entries = Object.entries(files);
  check(entries.length, json.length);
  return entries.map(([path, text]) => {
    const bytes = typeof text === "string" ? fromBase64(text) : null;
    if (!bytes || path === KIT || path.split("/").some((p) => ["", ".", ".."].includes(p))) throw new Unfit("kit-cut");
    return [path, bytes];
  });
}

/** Sets vaults apart: [{ place, files }], with the folder that each lies in. */
function split(entries) {
  const vaults = new Map();
  for (const [path] of entries) {
    const parts = path.split("/");
    if (epochAt(parts) >= 0) vaults.set(parts.slice(0, epochAt(parts)).join("/"), new Map());
  }
  if (vaults.size === 0) throw new Unfit("no-vault");
  for (const [path, bytes] of entries) {
    const parts = path.split("/");
    const at = epochAt(parts) >= 0 ? epochAt(parts) : parts.length - 1;
    vaults.get(parts.slice(0, at).join("/"))?.set(parts.slice(at).join("/"), bytes);
  }
  return [...vaults].map(([place, files]) => ({ place, files })).sort((a, b) => a.place.length - b.place.length);
}

/** The vaults in a kit's own data element; none where it is empty. */
export function fromData(json) {
  const entries = dataEntries(json);
  return entries.length === 0 ? [] : split([...entries, [KIT, new Uint8Array()]]); // a page cannot judge itself
}
