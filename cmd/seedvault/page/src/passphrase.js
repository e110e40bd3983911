// The spellings of a typed passphrase (FORMAT.md, F18), and what may be wrong with
// one that seedvault made.
import list from "./words.txt";

const words = list.split("\n").filter((w) => w !== "");
const known = new Set(words);

const fields = (text) => text.split(/\p{White_Space}+/u).filter((w) => w !== "");
const plain = (text) => fields(text.normalize("NFKC").toLowerCase());

/** The distinct spellings to try, in order. */
export function spellings(typed) {
  const forms = [typed, typed.normalize("NFC"), typed.normalize("NFD")];
  forms.push(...forms.map((f) => fields(f).join(" ")));
  const made = plain(typed);
  if (made.length > 0 && made.every((w) => known.has(w))) forms.push(made.join(" "));
  return [...new Set(forms)].filter((f) => f !== "");
}

/**
 * What to say of a passphrase that does not open: null for one of somebody's own;
 * else the number of its words, and of the first that is not on the list, with the
 * words that may have been meant.
 */
export function doubt(typed) {
  const made = plain(typed);
  const strange = made.filter((w) => !known.has(w));
  if (made.length < 5 || made.length > 7 || strange.length > 2) return null;
  const first = made.findIndex((w) => !known.has(w));
  return { count: made.length, unknown: first + 1, meant: first < 0 ? [] : meant(made[first]) };
}

function meant(word) {
  for (const far of [1, 2]) {
    const near = words.filter((w) => distance(word, w) === far);
    if (near.length > 0) return near.slice(0, 3);
  }
  return [];
}

/** How many letters make one word another, as Damerau counts. */
function distance(a, b) {
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= b.length; j++) d[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.length][b.length];
}
