// One epoch's folder: its vault.txt, and the seals that are valid (FORMAT.md, F8 to
// F12, F25 to F32, F72).
import { hashOfSum, sum, textOf, unixLines } from "./bytes.js";
import { HASH, HEX, VALUE, WORD, isHolder } from "./names.js";
import { Tally, contains, parseSeal, sealName } from "./seal.js";
import { keyOf as signerKey, verify } from "./sshsig.js";

const SMALL = 64 << 10;
const LARGE = 16 << 20;

const descriptor = new RegExp(
  `^seedvault 1\\nepoch ([1-9][0-9]{0,8})\\nsigner ([a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2})\\nrecipient-sha256 (${HEX})\\nprevious (${HEX}|-)\\n(x-${WORD} ${VALUE}\\n)*$`,
);

const hashedName = new RegExp(`^(?:seeds/|roster/|older/|holders/[^/]+/[a-z][a-z0-9-]*-)(${HASH})[.](?:age|txt)$`);

export class Epoch {
  /** files are all of the vault's, by path; folder is the epoch's. */
  constructor(files, folder) {
    const [number, digits] = folder.split("-");
    Object.assign(this, { files, folder, number: Number(number), digits });
    Object.assign(this, {
      key: null,
      found: [],
      state: "damaged",
      fingerprint: null,
      signer: null,
      recipientSum: null,
      previous: null,
    });
    this.readDescriptor();
    this.tally = new Tally([]);
    this.untrue = [];
    if (this.signer) this.findSeals(this.signer);
  }

  /** The bytes of a file, or null if there is none or it is too long. */
  read(path, most = SMALL) {
    const data = this.files.get(path);
    return data && data.length <= most ? data : null;
  }

  /** The paths that begin so, in byte order. */
  under(prefix) {
    const start = `${this.folder}/${prefix}`;
    return [...this.files.keys()]
      .filter((p) => p.startsWith(start) && !p.slice(start.length).includes("/.tmp-"))
      .sort();
  }

  readDescriptor() {
    const data = this.read(`${this.folder}/vault.txt`);
    const bytes = data && unixLines(data);
    const sha = bytes && sum(bytes);
    if (!sha?.startsWith(this.digits)) return;
    const [line1] = new TextDecoder("latin1").decode(bytes).split("\n");
    const text = textOf(bytes) ?? "";
    if (/^seedvault ([2-9]|[1-9][0-9]{1,8})$/.test(line1)) {
      this.state = "newer"; // F11, whatever follows
      this.fingerprint = sha;
      return;
    }
    const m = descriptor.exec(text);
    if (!m || Number(m[1]) !== this.number || /^0{64}$/.test(m[4])) return;
    const usual = m[2].startsWith("ssh-ed25519 ");
    if (usual && !signerKey(m[2])) return;
    Object.assign(this, { state: usual ? "good" : "unverified", fingerprint: sha, recipientSum: m[3], previous: m[4] });
    if (usual) this.signer = m[2];
  }

  /** Says whether a vault identity is this epoch's (F15, F72). */
  accepts(key) {
    return key.recipientSum === this.recipientSum && (this.state === "unverified" || key.signer === this.signer);
  }

  // From the highest number down: what a valid seal contains whole says nothing new,
  // and its signature need not be looked at (F75).
  findSeals(signer) {
    const candidates = this.under("seals/")
      .map((path) => this.readSeal(path))
      .filter((s) => s !== null);
    candidates.sort((a, b) => b.number - a.number || (a.hash < b.hash ? 1 : -1));
    const byHash = new Map(candidates.map((s) => [s.hash, s]));
    const contained = new Set();
    const valid = [];
    for (const seal of candidates) {
      if (contained.has(seal.hash) || !verify(signer, "seedvault-seal", seal.bytes, seal.signature)) continue;
      valid.push(seal);
      for (const hash of seal.said.includes.keys()) {
        if (byHash.has(hash) && contains(seal, byHash.get(hash))) contained.add(hash);
      }
    }
    this.settle(valid, byHash, signer);
    return valid;
  }

  // An includes line that is not true does not count, as far as what it names is here
  // as a valid seal (F32).
  settle(valid, byHash, signer) {
    this.untrue = [];
    const isValid = (s) => valid.includes(s) || verify(signer, "seedvault-seal", s.bytes, s.signature);
    for (const seal of valid) {
      const claimed = [...seal.said.includes.keys()];
      const isUntrue = (h) => byHash.has(h) && !contains(seal, byHash.get(h)) && isValid(byHash.get(h));
      seal.included = claimed.filter((h) => !isUntrue(h));
      if (seal.included.length < claimed.length) this.untrue.push(seal);
    }
    this.tally = new Tally(valid);
  }

  readSeal(path) {
    const name = sealName(path.slice(this.folder.length + 7));
    const text = name && this.read(path, LARGE);
    const signature = text && this.read(path + ".sig");
    if (!signature) return null; // F29
    const bytes = unixLines(text);
    if (hashOfSum(sum(bytes)) !== name.hash) return null;
    const seal = parseSeal(bytes, name, this);
    return seal && Object.assign(seal, { bytes, signature: unixLines(signature) });
  }

  /** The SHA-256 of what lies in seeds and roster, whatever it is called (F2). */
  contents() {
    this.sums ??= new Set(
      ["seeds/", "roster/"].flatMap((d) =>
        this.under(d)
          .map((p) => this.read(p))
          .filter((data) => data)
          .map(sum),
      ),
    );
    return this.sums;
  }

  /** Calls each with every file in seeds, each content once: its path, that which its content gives it (F2), SHA-256 and plaintext. */
  async eachSeed(each) {
    const seen = new Set();
    for (const path of this.under("seeds/")) {
      const data = this.read(path);
      const sha = data && sum(data);
      if (!data || seen.has(sha) || path.split("/").length !== 3) continue;
      seen.add(sha);
      await each({ path, named: `${this.folder}/seeds/${hashOfSum(sha)}.age`, sha, plain: await this.key.open(data) });
    }
  }

  /** The files whose names hold a HASH that is not their content's (F3); in seeds those that a seal lists, since anybody can add others. */
  misnamed() {
    return this.under("").filter((path) => {
      const rel = path.slice(this.folder.length + 1);
      const m = hashedName.exec(rel);
      if (!m || (rel.startsWith("seeds/") && !this.tally.accepted.has(path))) return false;
      const data = this.read(path, limitOf(path));
      return !data || hashOfSum(sum(rel.startsWith("older/") ? unixLines(data) : data)) !== m[1];
    });
  }

  /** The files of holders of one kind (slot, key, share): holder, path and data. */
  holderFiles(kind) {
    const list = [];
    for (const path of this.under("holders/")) {
      const parts = path.slice(this.folder.length + 1).split("/");
      const data = this.read(path);
      if (parts.length === 3 && isHolder(parts[1]) && parts[2].startsWith(kind + "-") && data)
        list.push({ holder: parts[1], path, data });
    }
    return list;
  }
}

/** How long a file may be that a seal lists (F8). */
export function limitOf(path) {
  return /[.]age$|[.]sig(-[^/]*)?$|\/vault[.]txt$/.test(path) ? SMALL : LARGE;
}
