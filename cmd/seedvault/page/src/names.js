// Names and the other small forms of the format (FORMAT.md, "Conventions", F1, F4).
export const EPOCH = "[1-9][0-9]{0,8}-[0-9a-f]{16}";
export const HEX = "[0-9a-f]{64}";
export const HASH = "[a-z2-7]{32}";
export const WORD = "[a-z][a-z0-9-]{0,31}";
export const VALUE = "[^\\x00-\\x1f\\x7f]*";
export const NUMBER = "(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,8})";

const text = new RegExp(
  `^(?:README[.]txt|${EPOCH}/(?:vault[.]txt(?:[.]sig(?:-${EPOCH})?)?|older/${HASH}[.]txt|seals/${NUMBER}-${HASH}[.]txt(?:[.]sig)?))$`,
);

/** Says whether CR LF is read as LF in the file at a path (F9). */
export const readsAsLF = (path) => text.test(path);

const epochName = new RegExp(`^${EPOCH}$`);

export const isEpoch = (name) => epochName.test(name);

/** A folder as it was called before the format was settled: 8 digits (F1). */
export const isOlderThanFormat = (name) => /^[1-9][0-9]{0,8}-[0-9a-f]{8}$/.test(name);

export function isHolder(name) {
  return /^[a-z0-9][a-z0-9-]{0,31}$/.test(name) && !/^(con|prn|aux|nul|(com|lpt)[0-9])$/.test(name);
}

export function isDate(text) {
  const d = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(text + "T00:00:00Z") : new Date(NaN);
  return !isNaN(d) && d.toISOString().slice(0, 10) === text;
}

export function isTime(text) {
  return isDate(text.slice(0, 10)) && /^T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/.test(text.slice(10));
}

/** The fingerprint as people compare it: 32 digits in groups of four (F13). */
export const grouped = (sha) => sha.slice(0, 32).match(/.{4}/g).join(" ");

/** A page that opens a vault, beside its epochs. */
export const isPage = (path) => /^open-[1-9][0-9]{0,3}[.]html$/.test(path);

/** Where the page of a kit stands among its files: under no name that a vault's file has here. */
export const KIT = "the-kit-itself";
