#!/usr/bin/env python3
"""A second reader of the seedvault format, written from escrow/FORMAT.md alone.

It needs Python 3 and the stock tools age, age-keygen and ssh-keygen (AGE and AGE_KEYGEN name
others), writes nothing into the vault, and shows what it holds for one key file or passphrase:

    seedvault_reader.py VAULT -i KEYFILE [--pin HEX64 RECIPIENT] [--show KEY ...]
    seedvault_reader.py VAULT -p FILE    [--pin HEX64 RECIPIENT] [--show KEY ...]

-p names a file that holds the passphrase. It prints "expect: yes|no|newer", then a line for each
accepted file that is not here whole ("lost:"), for each seed ("accepted:", "not-accepted:",
"unconfirmed:"), and for each value of the keys to show ("field:"). F numbers are FORMAT.md's rules.
"""
import argparse, base64, hashlib, hmac, json, os, pty, re, shutil, subprocess, sys, tempfile, unicodedata

AGE, KEYGEN = os.environ.get("AGE", "age"), os.environ.get("AGE_KEYGEN", "age-keygen")
EPOCH, HEX, HASH = r"[1-9][0-9]{0,8}-[0-9a-f]{8}", r"[0-9a-f]{64}", r"[a-z2-7]{32}"
TIME = r"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
WORK = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


def fits(pattern, text): return re.fullmatch(pattern, text, re.ASCII)
def sha(data): return hashlib.sha256(data).hexdigest()
def hash_of(data): return base64.b32encode(hashlib.sha256(data).digest()[:20]).decode().lower()
def keep(name, data): open(os.path.join(WORK, name), "wb").write(data); return os.path.join(WORK, name)
def run(*command, **more): return subprocess.run(command, capture_output=True, **more)
def holder_name(s): return fits("[a-z0-9][a-z0-9-]{0,31}", s) and not fits("con|prn|aux|nul|(com|lpt)[0-9]", s)  # F4


def names(folder):
    """What lies in a folder that is no link; a missing one is empty (F6), unfinished files are none (F5)."""
    there = os.path.isdir(folder) and not os.path.islink(folder)
    return [n for n in sorted(os.listdir(folder)) if not n.startswith(".tmp-")] if there else []


def read(path, limit=64 << 10, text=False):
    """A regular file's bytes, or None (F6, F8); a text's line ends are undone (F9)."""
    if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > limit: return None
    data = open(path, "rb").read()
    return data.replace(b"\r\n", b"\n") if text else data


def ed25519(seed):
    """The public key of a 32-byte seed (RFC 8032, section 5.1.5)."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p
    def add(P, Q):
        a, b = (P[1] - P[0]) * (Q[1] - Q[0]), (P[1] + P[0]) * (Q[1] + Q[0])
        c, e = 2 * P[3] * Q[3] * d, 2 * P[2] * Q[2]
        return (b - a) * (e - c) % p, (e + c) * (b + a) % p, (e - c) * (e + c) % p, (b - a) * (b + a) % p
    x, y = 15112221349535400772501151409588531511454012693041857206046113283949847762202, 4 * pow(5, -1, p) % p
    point, total = (x, y, 1, x * y % p), (0, 1, 1, 0)
    n = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little") & (1 << 254) - 8 | 1 << 254
    while n:
        if n & 1: total = add(total, point)
        point, n = add(point, point), n >> 1
    z = pow(total[2], -1, p)
    return (total[1] * z % p | (total[0] * z % p & 1) << 255).to_bytes(32, "little")


class Key:
    """A vault identity with what follows from it (section "The vault key")."""
    def __init__(self, text):
        self.text, self.file = text, keep(sha(text.encode()), text.encode() + b"\n")
        prk = hmac.digest(bytes(32), text.upper().encode(), "sha256")  # HKDF
        seed = hmac.digest(prk, b"seedvault/v1 signing key ed25519\x01", "sha256")
        self.signer = "ssh-ed25519 " + base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + ed25519(seed)).decode()
        self.recipient = run(KEYGEN, "-y", self.file).stdout.decode().strip()


def decrypt(path, keyfile):
    r = run(AGE, "-d", "-i", keyfile, path)
    return r.stdout if r.returncode == 0 else None


def identities(plain):
    """The native identities of an identity file, or [] where a line is anything else (F14)."""
    lines = [l for l in (plain or b"").decode(errors="replace").splitlines() if l and l[0] != "#"]
    keys = [Key(l) for l in lines if fits("AGE-SECRET-KEY-(PQ-)?1[A-Z0-9]+", l)]
    return keys if len(keys) == len(lines) and all(k.recipient for k in keys) else []


def signed(text, sig, signer, namespace):
    """ssh-keygen's word, for exactly the bytes that it writes itself (F25)."""
    blob = base64.b64encode(base64.b64decode(b"".join(sig.split(b"\n")[1:-2])))
    lines = [b"-----BEGIN SSH SIGNATURE-----"] + [blob[i:i + 70] for i in range(0, len(blob), 70)]
    if sig != b"\n".join(lines) + b"\n-----END SSH SIGNATURE-----\n" or b"sha512" not in base64.b64decode(blob): return False
    signers, file = keep("signers", b"v %s\n" % signer.encode()), keep("sig", sig)
    return run("ssh-keygen", "-Y", "verify", "-f", signers, "-I", "v", "-n", namespace, "-s", file, input=text).returncode == 0


class Epoch:
    """One epoch's folder: vault.txt, and the seals that are valid."""
    def __init__(self, vault, folder):
        self.vault, self.folder, self.path = vault, folder, os.path.join(vault, folder)
        self.number, self.newer, self.seals, self.key = int(folder.split("-")[0]), False, [], None
        self.fp = self.signer = self.recipient_sum = self.previous = None  # of a vault.txt that is whole
        self.sum = None  # of one that fits the folder's name, of whatever version
        text = read(os.path.join(self.path, "vault.txt"), text=True)
        if text is None or not sha(text).startswith(folder.split("-")[1]): return  # F12
        self.sum = sha(text)
        text = text.decode(errors="replace")
        self.newer = fits(r"seedvault ([2-9]|[1-9][0-9]+)", text.split("\n")[0]) is not None  # F11
        m = fits("seedvault 1\nepoch %d\nsigner (ssh-ed25519 [A-Za-z0-9+/]{68})\nrecipient-sha256 (%s)\nprevious (%s|-)\n"
                 "(x-[a-z0-9-]+ [^\\x00-\\x1f\\x7f]*\n)*" % (self.number, HEX, HEX), text)  # F10
        if m: self.fp, self.signer, self.recipient_sum, self.previous = sha(text.encode()), m[1], m[2], m[3]

    def is_key(self, key):  # F15
        return key.signer == self.signer and sha(key.recipient.encode()) == self.recipient_sum

    def find_seals(self, signer):
        """Reads from the highest number down, and leaves out what a valid one includes (F32)."""
        bases = [b for b in names(os.path.join(self.path, "seals")) if fits(r"([0-9]{4}|[1-9][0-9]{4,8})-%s\.txt" % HASH, b)]
        included = set()
        self.seals = []
        for base in sorted(bases, key=lambda b: (-int(b.split("-")[0]), b)):
            seal = base.split("-")[1][:32] not in included and self.seal(base, signer)
            if seal:
                self.seals.append(seal)
                included |= seal["includes"]
        self.seals = [s for s in self.seals if s["hash"] not in included]

    def seal(self, base, signer):
        """One seal, or None if it is not valid (F25 to F29, F51)."""
        path = os.path.join(self.path, "seals", base)
        text, sig = read(path, 16 << 20, True), read(path + ".sig", text=True)
        if text is None or sig is None or base.split("-")[1] != hash_of(text) + ".txt": return None  # F26, F29
        if not signed(text, sig, signer, "seedvault-seal"): return None
        *lines, end = text.decode(errors="replace").split("\n")
        number = base.split("-")[0]
        m = lines and fits("# seedvault seal %s epoch %d %s by (.*)" % (number, self.number, TIME), lines[0])
        if not m or end != "" or not holder_name(m[1]): return None  # F26
        s = {"hash": hash_of(text), "number": int(number), "includes": set(), "retired": set(), "joined": set(), "files": {}}
        once = [l for l in lines if fits("# (includes|retired|joined) .*", l)]
        if len(set(once)) < len(once) or sum(l.startswith("# due ") for l in lines) > 1: return None  # F51
        for line in lines[1:]:
            if m := fits("# includes (%s)" % HASH, line): s["includes"].add(m[1])
            elif m := fits("# joined (%s)" % HEX, line): s["joined"].add(m[1])
            elif fits(r"# due [0-9]{4}-[0-9]{2}-[0-9]{2}", line): pass
            elif (m := fits("# retired (.+) (%s)" % HEX, line)) and self.may_list(m[1]): s["retired"].add((m[1], m[2]))
            elif fits(r"# (?!(includes|joined|due|retired)( |$))[a-z][a-z0-9-]*( [^\x00-\x1f\x7f]*)?", line): pass  # x-, F28
            elif (m := fits("(%s)  (.+)" % HEX, line)) and self.may_list(m[2]) and m[2] not in s["files"]: s["files"][m[2]] = m[1]
            else: return None  # F26
        return None if any(s["files"].get(p) == h for p, h in s["retired"]) else s  # F51

    def may_list(self, path):  # F27
        parts = path.split("/")
        return not (re.search(r"[\x00-\x1f\x7f\\:]", path) or path == ".gitattributes" or set(parts) & {"", ".", ".."}
                    or fits(EPOCH, parts[0]) and parts[0] != self.folder)

    def union(self):
        accepted, retired = {}, set()
        for s in sorted(self.seals, key=lambda s: (s["number"], s["hash"])):
            for path, digest in s["files"].items(): accepted.setdefault(path, digest)  # F30
            retired |= s["retired"]  # F31
        return accepted, retired

    def says(self, path, digest):
        """A file's standing by this epoch's own seals."""
        accepted, retired = self.union()
        return "retired" if (path, digest) in retired else "accepted" if accepted.get(path) == digest else "not-accepted"


def unwrap(path, passphrase):
    """Gives age a passphrase on a terminal of its own, and returns the identity file or None."""
    out = os.path.join(WORK, "own.key")
    pid, fd = pty.fork()
    if pid == 0: os.execvp(AGE, [AGE, "-d", "-o", out, path])
    os.read(fd, 1024)  # the question
    os.write(fd, passphrase.encode() + b"\n")
    try:
        while os.read(fd, 1024): pass
    except OSError: pass
    return out if os.waitpid(pid, 0)[1] == 0 else None


def own_key(epochs, typed):
    """The identity file of the only passphrase holder (F17), or None."""
    files = {}
    for e in epochs:
        for holder in filter(holder_name, names(os.path.join(e.path, "holders"))):
            for base in names(os.path.join(e.path, "holders", holder)):
                path = "%s/holders/%s/%s" % (e.folder, holder, base)
                data = read(os.path.join(e.vault, path))
                factor = re.match(rb"age-encryption.org/v1\n-> scrypt \S+ ([0-9]{1,2})\n", data or b"")
                if factor and int(factor[1]) <= 20 and base == "key-%s.age" % hash_of(data) and (
                        not e.seals or e.says(path, sha(data)) == "accepted"):
                    files.setdefault(holder, set()).add(os.path.join(e.vault, path))
    if len(files) != 1: return None
    forms = [typed, unicodedata.normalize("NFC", typed), unicodedata.normalize("NFD", typed)]  # F18
    plain = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    for spelling in dict.fromkeys(forms + [" ".join(f.split()) for f in forms] + [plain]):
        for path in sorted(*files.values())[:16]:
            if opened := unwrap(path, spelling): return opened


def open_slots(e, keyfile):
    for holder in filter(holder_name, names(os.path.join(e.path, "holders"))):
        for base in names(os.path.join(e.path, "holders", holder)):
            path = os.path.join(e.path, "holders", holder, base)
            if base.startswith("slot-") and read(path) is not None:
                keys = identities(decrypt(path, keyfile))
                if len(keys) == 1 and (e.fp is None or e.is_key(keys[0])): return keys[0]  # F15, F16


def times(a, b):
    """The product in GF(2^8) with the polynomial 0x11b."""
    product = 0
    for _ in range(8): product, a, b = product ^ (a if b & 1 else 0), (a << 1) ^ (0x11b if a & 0x80 else 0), b >> 1
    return product


def joined(points):
    """The secret of shares, a dict of x to the values there."""
    secret = bytearray(len(next(iter(points.values()))))
    for x, y in points.items():
        weight = 1
        for o in points:
            if o != x: weight = times(weight, times(o, next(i for i in range(256) if times(o ^ x, i) == 1)))
        for i, value in enumerate(y): secret[i] ^= times(value, weight)
    return bytes(secret)


def share(plain):
    """A share as (what all must have in common, m, x, values), or None (F65)."""
    m = fits(r"seedvault share 1\nquorum (.*)\nrecipient (.*)\nm ([1-9]\d?)\nn ([1-9]\d?)\nindex ([1-9]\d?)\nshare ((?:[0-9a-f]{2})+)\n((?:member .*\n)+)",
             (plain or b"").decode(errors="replace"))
    if not m: return None
    least, count, x, y, members = int(m[3]), int(m[4]), int(m[5]), bytes.fromhex(m[6]), m[7].splitlines()
    if not 2 <= least <= count <= 32 or len(members) != count or not 1 <= x <= count: return None
    if any(not fits(r"member %d \S+ .+ %s" % (i + 1, HEX), line) for i, line in enumerate(members)): return None
    return ((m[1], m[2], least, count, m[7]), least, x, y) if members[x - 1].endswith(" " + sha(y)) else None


def open_quorums(e, keyfile):
    """The key of an epoch that as many members' keys open as it takes (F66)."""
    quorums = {}
    for holder in filter(holder_name, names(os.path.join(e.path, "holders"))):
        for base in names(os.path.join(e.path, "holders", holder)):
            path = os.path.join(e.path, "holders", holder, base)
            if base.startswith("share-") and read(path) is not None:
                if s := share(decrypt(path, keyfile)): quorums.setdefault(s[0], {}).setdefault(s[2], s[3])
    for (_, recipient, least, _, _), points in quorums.items():
        if len(points) < least: continue
        identity = joined(dict(sorted(points.items())[:least]))
        if [k.recipient for k in identities(identity)] == [recipient]:
            if key := open_slots(e, keep(sha(identity), identity + b"\n")): return key


def distrust(epochs, fp):
    """Takes for damaged what fits its folder's name and not the pin, or not the previous line (F12)."""
    while own := next((e for e in epochs if fp and e.fp == fp), None): fp = own.previous
    for e in epochs:
        if fp and e.sum not in (None, fp) and e.folder == "%d-%s" % (e.number, fp[:8]):
            e.fp = e.signer = e.recipient_sum = e.previous = None
            e.newer = False


def line_of(epochs, pin, pinned):
    """The pinned epoch and the older ones (F37)."""
    before, line = {e.fp: e.previous for e in epochs if e.fp}, set()
    for fp in [pin] + [j for s in pinned.seals for j in s["joined"]]:
        while fp and fp != "-" and fp not in line:
            line.add(fp)
            fp = before.get(fp)
    return line


def open_older(tops, epochs, line):
    """Takes the identities that old.age holds (F43), also for an epoch without a vault.txt (F44)."""
    for top in tops:
        path = os.path.join(top.path, "old.age")
        data = read(path) if top.key else None
        if data is None: continue
        sealed = top.says(top.folder + "/old.age", sha(data)) == "accepted"
        for key in identities(decrypt(path, top.key.file)):
            for e in epochs:
                if e.fp and e.signer and e.is_key(key): e.key = e.key or key
                elif not e.signer and not e.newer and sealed:
                    if e.key is None: e.find_seals(key.signer)
                    if e.key.text == key.text if e.key else e.seals:
                        e.key = key
                        e.fp = next((fp for fp in line if e.folder == "%d-%s" % (e.number, fp[:8])), None)


def older_lists(top):
    """What sealed lists say of older files (F39)."""
    carried, dropped = {}, set()
    for base in names(os.path.join(top.path, "older")):
        text = read(os.path.join(top.path, "older", base), 16 << 20, True)
        if text is None or top.says("%s/older/%s" % (top.folder, base), sha(text)) != "accepted": continue
        *lines, end = text.decode(errors="replace").split("\n")
        rows = [fits(r"carried (\S+) (%s) (\S+)|dropped (\S+) (%s)" % (HEX, HEX), l) for l in lines]
        for m in rows if all(rows) and rows and end == "" else []:
            if m[1]: carried.setdefault((m[1], m[2]), []).append(m[3])
            else: dropped.add((m[4], m[5]))
    return carried, dropped


def record(plain):
    """A record's text, or None if it is none (F19, F20, F23)."""
    try: text = (plain or b"").decode()
    except UnicodeDecodeError: return None
    first, rest = text.split("\n")[0], text.partition("\n\n")[2]
    whole = first and not re.search(r"[\r\x00]", first) and rest.strip("\n") == "" and len(plain) <= 60 << 10
    return text if whole else None


def field(text, key):
    """A key's values (F20 to F22)."""
    found = [l[len(key) + 1:] for l in text.partition("\n\n")[0].split("\n")[1:] if l.startswith(key + " ")]
    values = [re.sub(r"\\([nr\\])", lambda m: {"n": "\n", "r": "\r"}.get(m[1], "\\"), v) for v in found]
    return values[:1] if key == "name" else values


def main(vault, keyfile, passphrase, pin, recipient, show):
    epochs = sorted((Epoch(vault, f) for f in names(vault) if fits(EPOCH, f)), key=lambda e: -e.number)  # F1
    distrust(epochs, pin)
    if all(e.newer for e in epochs): return ["expect: newer"]
    pinned = next((e for e in epochs if pin and e.fp == pin), None) or next(
        (e for e in epochs if pin and not e.fp and not e.newer and e.folder == "%d-%s" % (e.number, pin[:8])), None)
    for e in epochs:
        if e.signer: e.find_seals(e.signer)
    if passphrase is not None: keyfile = own_key([pinned] if pinned else epochs, passphrase)
    for e in epochs:
        e.key = (open_slots(e, keyfile) or open_quorums(e, keyfile)) if keyfile and not e.newer else None
        if e.key and not e.signer: e.find_seals(e.key.signer)
    if not any(e.key for e in epochs): return ["expect: no"]
    if pinned and not pinned.fp and (not pinned.key or pinned.key.recipient == recipient): pinned.fp = pin  # F44
    line = line_of(epochs, pin, pinned) if pinned else set()
    strangers = set()
    if pinned and not pinned.key:  # F50
        strangers, pinned = {e for e in epochs if e.fp not in line}, None
    open_older([pinned] if pinned else epochs, epochs, line if pinned else set())
    return ["expect: yes"] + lost(vault, [e for e in epochs if not pinned or e.fp in line]) + shown(epochs, pinned, pin, line, strangers, show)


def lost(vault, epochs):
    """Accepted files that are missing or damaged (F52)."""
    gone = set()
    for e in epochs:
        if not e.signer and not e.newer: gone.add(e.folder + "/vault.txt")
        for path, digest in e.union()[0].items():
            data, text = (read(os.path.join(vault, path), 16 << 20, t) for t in (False, True))
            if e.says(path, digest) == "accepted" and (data is None or digest not in (sha(data), sha(text))) and not known(e, path, digest):
                gone.add(path)
    return ["lost: " + path for path in sorted(gone)]


def known(e, path, digest):
    """A seed or a roster record is here under another name (F2)."""
    folder = os.path.dirname(path)
    return folder in (e.folder + "/seeds", e.folder + "/roster") and any(
        sha(read(os.path.join(e.vault, folder, n)) or b"") == digest for n in names(os.path.join(e.vault, folder)))


def shown(epochs, pinned, pin, line, strangers, show):
    files = {}  # by the name that the content should have (F2): epoch, SHA-256, plaintext
    for e in epochs:
        for base in names(os.path.join(e.path, "seeds")) if e.key else []:
            data = read(os.path.join(e.path, "seeds", base))
            if data is not None:
                plain = record(decrypt(os.path.join(e.path, "seeds", base), e.key.file))
                files["%s/seeds/%s.age" % (e.folder, hash_of(data))] = e, sha(data), plain
    carried, dropped = older_lists(pinned) if pinned and pinned.fp else ({}, set())
    retired = {path for path, _ in pinned.union()[1]} if pinned and pinned.fp else set()
    standing = {}
    for path, (e, digest, plain) in files.items():
        ref = path, digest
        if not pinned or e is pinned and e.fp == pin: standing[path] = e.says(*ref)  # F30, F31, F34, F36
        elif not e.fp or e.fp not in line: standing[path] = "unconfirmed"  # F38
        elif ref in carried: standing[path] = "hidden" if all(n in files or n in retired for n in carried[ref]) else "accepted"  # F40
        else: standing[path] = "hidden" if ref in dropped else "late"
        if e in strangers and standing[path] != "retired": standing[path] = "unconfirmed"  # F50
    gone = {plain for path, (_, digest, plain) in files.items() if standing[path] == "retired" or (path, digest) in dropped}
    live = {plain for path, (_, _, plain) in files.items() if standing[path] in ("accepted", "not-accepted")}
    seeds = set()  # equals are one (F35), but for what is not accepted and what is (F34)
    for path, (_, _, plain) in files.items():
        s = standing[path]
        if s == "late": s = "hidden" if plain in gone - live else "late"  # F41
        if plain is not None and s not in ("retired", "hidden"): seeds.add((s, plain))
    rows = []
    for state, kinds in ("accepted", ["accepted"]), ("not-accepted", ["not-accepted", "late"]), ("unconfirmed", ["unconfirmed"]):
        rows += sorted("%s: %s" % (state, plain.split("\n")[0]) for s, plain in seeds if s in kinds)
    return rows + sorted("field: %s %s" % (key, json.dumps(value, ensure_ascii=False))
                         for _, plain in seeds for key in show for value in field(plain, key))


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("vault")
    p.add_argument("-i", metavar="KEYFILE")
    p.add_argument("-p", metavar="FILE")
    p.add_argument("--pin", nargs=2, default=[None, None])
    p.add_argument("--show", nargs="*", default=[])
    a = p.parse_args()
    typed = open(a.p, encoding="utf-8", newline="").read().rstrip("\n") if a.p else None
    try: print("\n".join(main(a.vault, a.i, typed, *a.pin, a.show)))
    finally: shutil.rmtree(WORK)
