// A vault as it is read without a pin (FORMAT.md, F36): every epoch that opens, the
// newest first, each by its own seals alone.
import { keyOf, opener, stanzas, unlock, workFactor } from "./age.js";
import { hashOfSum, sum, textOf, unixLines } from "./bytes.js";
import { Epoch, limitOf } from "./epoch.js";
import { KIT, isEpoch, isOlderThanFormat, isPage, readsAsLF } from "./names.js";
import { parse } from "./otpauth.js";
import { identitiesIn } from "./paper.js";
import { spellings } from "./passphrase.js";
import { all, first, parseRecord } from "./record.js";

const FILES_FOR_ONE = 16; // F17

export class Vault {
  /** files maps paths in the vault's folder to bytes. */
  constructor(files) {
    const paths = [...files.keys()].filter((p) => !p.split("/").some((part) => part.startsWith(".tmp-")));
    this.files = new Map(paths.map((p) => [p, files.get(p)]));
    const folders = new Set(paths.filter((p) => p.includes("/")).map((p) => p.split("/")[0]));
    this.epochs = [...folders].filter(isEpoch).map((f) => new Epoch(this.files, f));
    this.epochs.sort((a, b) => b.number - a.number || (a.folder < b.folder ? -1 : 1));
    this.tooOld = [...folders].filter(isOlderThanFormat);
  }

  /** What can be said before anything is opened. */
  outline() {
    return {
      epochs: this.epochs.map((e) => ({
        folder: e.folder,
        number: e.number,
        fingerprint: e.fingerprint,
        state: e.state,
      })),
      tooOld: this.tooOld,
      passphrases: this.passphraseHolders(),
      ways: this.otherWays(),
    };
  }

  /** The holders with a passphrase: those whose key file is listed first. */
  passphraseHolders() {
    const { listed, others } = this.keyFiles();
    const unlisted = [...others.keys()].filter((n) => !listed.has(n));
    return [
      ...[...listed.keys()].map((name) => ({ name, listed: true })),
      ...unlisted.map((name) => ({ name, listed: false })),
    ];
  }

  /** Which ways in there are for keys: age, ssh, hardware, quorum. */
  otherWays() {
    const ways = new Set();
    for (const e of this.epochs) {
      if (e.holderFiles("share").length > 0) ways.add("quorum");
      for (const { data } of e.holderFiles("slot")) for (const kind of stanzas(data)) ways.add(wayOf(kind));
    }
    return [...ways];
  }

  // Key files by holder, listed ones apart; only under the name that their content
  // gives them, and within the work factors of F17.
  keyFiles() {
    const listed = new Map();
    const others = new Map();
    for (const e of this.epochs) {
      for (const { holder, path, data } of e.holderFiles("key")) {
        const sha = sum(data);
        const factor = workFactor(data);
        if (factor === 0 || !path.endsWith(`/key-${hashOfSum(sha)}.age`)) continue;
        const isListed = e.tally.says(path, sha) === "accepted";
        if (factor > (isListed ? 22 : 18)) continue;
        const kind = isListed ? listed : others;
        const open = e.tally.seals.length === 0 || e.tally.missing().length > 0;
        kind.set(holder, [...(kind.get(holder) ?? []), { sha, data, factor, open }]);
      }
    }
    return { listed, others };
  }

  /** The key files to try for a holder, each content once. */
  filesFor(holder) {
    const { listed, others } = this.keyFiles();
    const own = listed.get(holder) ?? [];
    const more = (others.get(holder) ?? []).filter((f) => f.open || own.length === 0);
    return [...new Map([...own, ...more].map((f) => [f.sha, f])).values()].slice(0, FILES_FOR_ONE);
  }

  /**
   * Tries a passphrase on a holder's key files. Returns identities, [] if it is not
   * theirs. progress gets the share done of how many tries.
   */
  async unlock(holder, typed, progress) {
    const files = this.filesFor(holder);
    const forms = spellings(typed);
    let tries = 0;
    for (const form of forms) {
      for (const f of files) {
        const ids = await unlock(f.data, form, (part) =>
          progress({ part, tries, of: forms.length * files.length, factor: f.factor }),
        );
        if (ids.length === 1) return ids;
        tries++;
      }
    }
    return [];
  }

  /** Opens what identities open, and shows it. */
  async open(identities, progress) {
    const openers = identities.map(opener);
    for (const e of this.epochs) await this.openSlots(e, openers);
    for (const e of this.epochs) await this.openOlder(e);
    if (!this.epochs.some((e) => e.key))
      return { opens: this.epochs.length > 0 && this.epochs.every((e) => e.state === "newer") ? "newer" : "no" };
    return { opens: "yes", lost: this.lost(), epochs: await this.show(progress) };
  }

  async openSlots(e, openers) {
    e.found = [];
    for (const { data } of e.holderFiles("slot")) {
      for (const open of openers) {
        const ids = identitiesIn(textOf((await open(data)) ?? new Uint8Array()));
        if (ids.length === 1) e.found.push(await keyOf(ids[0])); // F16
      }
    }
    e.key = (e.recipientSum ? e.found.find((k) => e.accepts(k)) : e.found[0]) ?? null; // F15, F44
    if (e.key && !e.recipientSum) e.findSeals(e.key.signer);
  }

  // The older epochs' identities (F43), also for a folder that has lost its vault.txt.
  async openOlder(top) {
    const path = `${top.folder}/old.age`;
    const data = top.key && top.read(path);
    if (!data) return;
    const sealed = top.tally.says(path, sum(data)) === "accepted";
    for (const id of identitiesIn(textOf((await top.key.open(data)) ?? new Uint8Array()))) {
      const key = await keyOf(id);
      for (const e of this.epochs) {
        if (e.recipientSum) e.key ??= e.accepts(key) ? key : null;
        else if (sealed && e.state === "damaged") takeOlder(e, key);
      }
    }
  }

  /** Accepted files that are missing or damaged (F52), files that are not what their names say (F3), and lost vault.txt. */
  lost() {
    const gone = new Map();
    for (const e of this.epochs) {
      const isNewer = e.state === "newer"; // of such a one no more than the seeds is known here
      if (!isNewer) for (const path of e.misnamed()) gone.set(path, "damaged");
      if (e.state === "damaged")
        gone.set(`${e.folder}/vault.txt`, this.files.has(`${e.folder}/vault.txt`) ? "damaged" : "missing");
      for (const [path, sums] of e.tally.accepted) {
        if (isNewer && !path.startsWith(`${e.folder}/seeds/`)) continue;
        const what = this.whatIsWrong(e, path, sums);
        if (what && !gone.has(path)) gone.set(path, what);
      }
    }
    return [...gone].sort().map(([path, what]) => ({ path, what }));
  }

  whatIsWrong(e, path, sums) {
    const data = this.files.get(path);
    if (data && data.length <= limitOf(path)) {
      if (sums.has(sum(data))) return null;
      if (readsAsLF(path) && sums.has(sum(unixLines(data)))) return null; // F9
    }
    if (!data && isPage(path) && this.files.has(KIT)) {
      const page = this.files.get(KIT); // a kit is the page, and has it not among its files
      return page.length === 0 || sums.has(sum(page)) ? null : "damaged";
    }
    const named = path.startsWith(`${e.folder}/seeds/`) || path.startsWith(`${e.folder}/roster/`);
    if (named && [...sums].some((sha) => e.contents().has(sha))) return null; // F2
    return data ? "damaged" : "missing";
  }

  async show(progress) {
    const seen = new Set(); // equals once (F36)
    const shown = [];
    const total = this.epochs.filter((e) => e.key).reduce((n, e) => n + e.under("seeds/").length, 0);
    let done = 0;
    for (const e of this.epochs) {
      const { folder, number, fingerprint, state, tally } = e;
      const part = { folder, number, fingerprint, state, opened: Boolean(e.key), seeds: [], unreadable: [] };
      part.missing = tally.missing();
      part.untrue = e.untrue.map((s) => `${String(s.number).padStart(4, "0")}-${s.hash.slice(0, 8)}`);
      part.twice = [...tally.accepted].filter(([, sums]) => sums.size > 1).map(([path]) => path);
      part.newerWords = tally.newer;
      const newest = tally.newest();
      part.seal = newest ? { number: newest.number, time: newest.time } : null;
      shown.push(part);
      if (!e.key) continue;
      await e.eachSeed((file) => {
        progress({ done: ++done, total });
        addSeed(part, seen, e, file);
      });
      part.seeds.sort((a, b) => a.rank - b.rank || a.title.localeCompare(b.title));
    }
    return shown;
  }
}

function wayOf(stanza) {
  if (stanza === "X25519" || stanza === "mlkem768x25519") return "age";
  return stanza.startsWith("ssh-") ? "ssh" : "hardware";
}

// Of the identities that the slots gave the first may be anybody's (F44).
function takeOlder(e, key) {
  const isFound = e.found.some((k) => k.identity === key.identity);
  if (e.findSeals(key.signer).length > 0 || isFound) e.key = key;
  else if (e.key) e.findSeals(e.key.signer);
}

function addSeed(part, seen, e, { path, named, sha, plain }) {
  const record = parseRecord(plain);
  let standing = e.tally.says(named, sha);
  if (standing === "retired") return;
  if (!record) {
    part.unreadable.push(path);
    return;
  }
  if (!e.recipientSum) standing = "unconfirmed"; // F44
  const once = `${standing} ${record.sum}`;
  if (seen.has(once)) return;
  seen.add(once);
  part.seeds.push(seedOf(record, standing, named));
}

function seedOf(record, standing, path) {
  const key = parse(record.line);
  const seed = {
    standing,
    path,
    line: record.line,
    key,
    id: first(record, "id"),
    name: first(record, "name"),
    added: first(record, "added"),
    by: first(record, "by"),
  };
  seed.tags = all(record, "tag");
  seed.notes = all(record, "note");
  seed.recovery = all(record, "recovery");
  seed.fields = [...record.keys].map(([k, values]) => [k, values]);
  seed.title = seed.name || key.issuer || key.account || "";
  seed.rank = standing === "accepted" ? 0 : 1;
  return seed;
}
