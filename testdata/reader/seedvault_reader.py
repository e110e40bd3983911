#!/usr/bin/env python3
"""A second reader of the seedvault format, written from escrow/FORMAT.md alone.

It needs Python 3 and the stock tools age, age-keygen and ssh-keygen (AGE and AGE_KEYGEN name
others), writes nothing into the vault, and shows what it holds for key files or a passphrase:

    seedvault_reader.py VAULT -i KEYFILE [-s FILE] [--pin HEX64 RECIPIENT] [--show KEY ...]
    seedvault_reader.py VAULT -p FILE    [--pin HEX64 RECIPIENT] [--show KEY ...]
    seedvault_reader.py VECTOR.txt ...

-p names a file that holds the passphrase, -s one with what stands on sheets of paper (a key or a
share), one sheet a line. A vector, packed as vector.py says, names what opens it and what to make of
it; of several each is named first ("vector:"), and the exit status is 1 where one differs.

These lines are printed, in this order, those of one kind sorted. F numbers are FORMAT.md's rules.

    expect: yes|no|newer      whether anything opens; newer: all epochs are of a newer format
    newer: FOLDER             an epoch of a newer format (F11)
    unverified: FOLDER        an epoch whose signer is of another type (F72)
    lost: PATH                an accepted file that is missing or damaged (F52)
  and with a pin, of its epoch's seals and of the epochs that do not belong to it:
    missing: NNNN-HASH        a seal that is named and missing, with the lowest number (F76)
    untrue: NNNN-HASH         a seal that has an includes line that is not true (F32)
    twice: PATH               a path that is accepted with two SHA-256 (F30)
    due: DATE                 the day on which the first drill runs out (F77)
    may-follow: FOLDER        an epoch that may follow the pinned one (F49)
    fork: FOLDER              one that an older epoch has signed (F60)
    closed-fork: FOLDER       such a one whose root is closed (F82)
    stranger: FOLDER          one that is signed by none of these (F49)
    joins: FOLDER FOLDER      one of these, and the epoch that it takes over (F80)
  then the seeds' first lines, and the values of the keys to show:
    accepted: | not-accepted: | unconfirmed: LINE
    field: KEY JSON
"""
import argparse, base64, datetime, hashlib, hmac, json, os, pty, re, shutil, subprocess, sys, tempfile, unicodedata

sys.dont_write_bytecode = True
import shares, vector

AGE, KEYGEN = os.environ.get("AGE", "age"), os.environ.get("AGE_KEYGEN", "age-keygen")
HEX, HASH, WORD = r"[0-9a-f]{64}", r"[a-z2-7]{32}", r"[a-z][a-z0-9-]{0,31}"
EPOCH, NUMBER = r"[1-9][0-9]{0,8}-[0-9a-f]{16}", r"(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,8})"
VALUE = r"[^\x00-\x1f\x7f]*"
SEAL_LINES = {"after": "%s-(%s)" % (NUMBER, HASH), "closed": "(%s)" % HEX, "due": "([0-9-]{10})", "includes": "(%s)" % HASH,
              "joined": "(%s)" % HEX, "lost": "%s-(%s)" % (NUMBER, HASH), "retired": "(.+) (%s)" % HEX}
WORK = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


def fits(pattern, text): return re.fullmatch(pattern, text, re.ASCII)
def sha(data): return hashlib.sha256(data).hexdigest()
def short(digest): return base64.b32encode(bytes.fromhex(digest)[:20]).decode().lower()
def hash_of(data): return short(sha(data))
def keep(name, data): open(os.path.join(WORK, name), "wb").write(data); return os.path.join(WORK, name)
def run(*command, **more): return subprocess.run(command, capture_output=True, **more)
def holder_name(s): return fits("[a-z0-9][a-z0-9-]{0,31}", s) and not fits("con|prn|aux|nul|(com|lpt)[0-9]", s)  # F4


def is_time(text, form):
    try: return datetime.datetime.strptime(text, form).strftime(form) == text
    except ValueError: return False


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
    try: blob = base64.b64encode(base64.b64decode(b"".join(sig.split(b"\n")[1:-2])))
    except ValueError: return False
    lines = [b"-----BEGIN SSH SIGNATURE-----"] + [blob[i:i + 70] for i in range(0, len(blob), 70)]
    if sig != b"\n".join(lines) + b"\n-----END SSH SIGNATURE-----\n" or b"sha512" not in base64.b64decode(blob): return False
    signers, file = keep("signers", b"v %s\n" % signer.encode()), keep("sig", sig)
    return run("ssh-keygen", "-Y", "verify", "-f", signers, "-I", "v", "-n", namespace, "-s", file, input=text).returncode == 0


class Seal:
    """A seal's lines, line 1 apart: by keyword what they say, files by path, and the others as they stand."""
    def __init__(self, name):
        self.name, self.number, self.hash = name, int(name.split("-")[0]), name.split("-")[1]
        self.said, self.files, self.lines = {word: {} for word in SEAL_LINES}, {}, set()

    def take(self, line, may_list):
        """Takes a line in, or reports that it does not parse (F26 to F28, F51)."""
        if m := fits("# (%s|x-%s)(?: (%s))?" % (WORD, WORD, VALUE), line):
            word, m = m[1], fits(SEAL_LINES.get(m[1], ".*"), m[2] or "")
            if word in SEAL_LINES:
                if not m: return False
                key = m.groups() if word == "retired" else "" if word == "due" else m[1]
                if key in self.said[word] or word == "retired" and not may_list(m[1]): return False
                if word == "due" and not is_time(m[1], "%Y-%m-%d"): return False
                self.said[word][key] = m[0]
            if word not in ("after", "due", "lost"): self.lines.add(line)
            return True
        m = fits("(%s)  (.+)" % HEX, line)
        if not m or not may_list(m[2]) or m[2] in self.files: return False
        self.files[m[2]] = m[1]
        return True

    def contains(self, other):
        """Whether all that the other says is said here again (F32)."""
        said = self.said
        return (self.lines >= other.lines and said["lost"].keys() >= other.said["lost"].keys()
                and said["after"].keys() | said["includes"].keys() >= other.said["after"].keys()
                and all(self.files.get(p) == h or (p, h) in said["retired"] for p, h in other.files.items()))


class Epoch:
    """One epoch's folder: vault.txt, and the seals that are valid."""
    def __init__(self, vault, folder):
        self.vault, self.folder, self.path = vault, folder, os.path.join(vault, folder)
        self.number, self.fp16 = int(folder.split("-")[0]), folder.split("-")[1]
        self.seals, self.key, self.found = [], None, []
        self.damaged()
        text = read(os.path.join(self.path, "vault.txt"), text=True)
        if text is None or not sha(text).startswith(self.fp16): return  # F12
        try: lines = text.decode()
        except UnicodeDecodeError: return
        self.newer = fits(r"seedvault ([2-9]|[1-9][0-9]{1,8})", lines.split("\n")[0]) is not None  # F11
        m = fits("seedvault 1\nepoch %d\nsigner ([a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2})\nrecipient-sha256 (%s)\nprevious (?!0{64})(%s|-)\n"
                 "(x-%s %s\n)*" % (self.number, HEX, HEX, WORD, VALUE), lines)  # F10
        ed25519 = m and fits("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}", m[1])
        if self.newer: self.text = text
        elif m and (ed25519 or not m[1].startswith("ssh-ed25519 ")):
            self.text, self.fp, self.recipient_sum, self.previous = text, sha(text), m[2], m[3]
            self.signer, self.unverified = m[1] if ed25519 else None, not ed25519  # F72

    def damaged(self):
        self.newer = self.unverified = False
        self.text = self.fp = self.signer = self.recipient_sum = self.previous = None

    def is_key(self, key):  # F15, F72
        return (self.unverified or key.signer == self.signer) and sha(key.recipient.encode()) == self.recipient_sum

    def find_seals(self, signer):
        """Reads all seals; an includes line counts as far as it is true (F32, F75)."""
        bases = [b for b in names(os.path.join(self.path, "seals")) if fits("%s-%s[.]txt" % (NUMBER, HASH), b)]
        self.seals = list(filter(None, (self.seal(b[:-4], signer) for b in bases))) if signer else []
        here = {s.hash: s for s in self.seals}
        for s in self.seals: s.included = {h for h in s.said["includes"] if h not in here or s.contains(here[h])}
        return self.seals

    def seal(self, name, signer):
        """One seal, or None if it is not valid (F25 to F29, F51)."""
        path = os.path.join(self.path, "seals", name + ".txt")
        text, sig = read(path, 16 << 20, True), read(path + ".sig", text=True)
        if text is None or sig is None or name.split("-")[1] != hash_of(text): return None  # F26, F29
        if not signed(text, sig, signer, "seedvault-seal"): return None
        try: first, *lines, end = text.decode().split("\n")
        except ValueError: return None
        m = fits("# seedvault seal %s epoch %d (.{20}) by (.*)" % (name.split("-")[0], self.number), first)
        if not m or end != "" or not holder_name(m[2]) or not is_time(m[1], "%Y-%m-%dT%H:%M:%SZ"): return None  # F26
        s = Seal(name)
        if not all(s.take(line, self.may_list) for line in lines): return None
        return None if any(s.files.get(p) == h for p, h in s.said["retired"]) else s  # F51

    def may_list(self, path):  # F27
        parts = path.split("/")
        return not (re.search(r"[\x00-\x1f\x7f\\:]", path) or path == ".gitattributes" or set(parts) & {"", ".", ".."}
                    or fits(EPOCH, parts[0]) and parts[0] != self.folder)

    def retired(self): return {file for s in self.seals for file in s.said["retired"]}  # F31

    def accepted(self):
        """The SHA-256 with which each path is accepted (F30)."""
        files, retired = {}, self.retired()
        for path, digest in (file for s in self.seals for file in s.files.items()):
            if (path, digest) not in retired: files.setdefault(path, set()).add(digest)
        return files

    def says(self, path, digest):
        """A file's standing by this epoch's own seals."""
        if (path, digest) in self.retired(): return "retired"
        return "accepted" if digest in self.accepted().get(path, ()) else "not-accepted"

    def missing(self):
        """The seals that are named and missing (F76)."""
        named = sorted((name for s in self.seals for name in s.said["after"].values()), key=lambda n: -int(n.split("-")[0]))
        lowest = {name.split("-")[1]: name for name in named}
        for s in self.seals: lowest = {h: n for h, n in lowest.items() if h not in {s.hash, *s.included, *s.said["lost"]}}
        return lowest.values()

    def due(self):
        """The earliest day of the last seals (F77)."""
        named = {h for s in self.seals for h in s.included | s.said["after"].keys()}
        return sorted(day for s in self.seals if s.hash not in named for day in s.said["due"].values())[:1]


def holder_files(e, kind):
    for holder in filter(holder_name, names(os.path.join(e.path, "holders"))):
        for base in names(os.path.join(e.path, "holders", holder)):
            if base.startswith(kind) and read(os.path.join(e.path, "holders", holder, base)) is not None:
                yield holder, "%s/holders/%s/%s" % (e.folder, holder, base)


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
    """The identity file that a passphrase opens (F17, F18), or None."""
    listed, others = {}, {}
    for e in epochs:
        for holder, path in holder_files(e, "key-"):
            data = read(os.path.join(e.vault, path))
            factor = re.match(rb"age-encryption.org/v1\n-> scrypt \S+ ([0-9]{1,2})\n", data)
            if not factor or not path.endswith("/key-%s.age" % hash_of(data)): continue
            if e.says(path, sha(data)) == "accepted": kind, most = listed, 22
            elif e.seals and not e.missing(): continue
            else: kind, most = others, 18
            if int(factor[1]) <= most: kind.setdefault(holder, []).append(os.path.join(e.vault, path))
    forms = [typed, unicodedata.normalize("NFC", typed), unicodedata.normalize("NFD", typed)]
    plain = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    spellings = dict.fromkeys(forms + [" ".join(f.split()) for f in forms] + [plain])
    left = dict.fromkeys([*listed, *others], 16)
    for kind in listed, others:
        for holder, path in ((h, p) for h, paths in kind.items() for p in paths):
            left[holder] -= 1
            for spelling in spellings if left[holder] >= 0 else ():
                if opened := unwrap(path, spelling): return opened


def quorum_keys(e, keyfile, papers):
    """The identities that enough shares join to, from files and on paper (F66, F67)."""
    dealings = {}
    for _, path in holder_files(e, "share-") if keyfile else ():
        if s := shares.share(decrypt(os.path.join(e.vault, path), keyfile)): dealings.setdefault(s.common, []).append(s)
    for found in dealings.values():
        found += [p for p in papers if (p.dealing, p.m) == (found[0].dealing, found[0].m) and p.fits(found[0].members)]
    for p in papers: dealings.setdefault((p.dealing, p.m, len(p.y)), []).append(p)
    for found in dealings.values():
        points = {s.x: s.y for s in found}
        if len(points) >= found[0].m:
            identity = shares.join(dict(sorted(points.items())[:found[0].m]))
            if [sha(k.recipient.encode())[:16] for k in identities(identity)] == [found[0].dealing]:
                yield keep(sha(identity), identity + b"\n")


def slot_keys(e, keyfile, papers):
    """The vault identities that slots give (F16)."""
    for file in ([keyfile] if keyfile else []) + list(quorum_keys(e, keyfile, papers)):
        for _, path in holder_files(e, "slot-"):
            keys = identities(decrypt(os.path.join(e.vault, path), file))
            if len(keys) == 1: yield keys[0]


def line_of(epochs, pin, own):
    """The pinned epoch and the older ones (F37). What fits one's name and is not it is damaged (F12)."""
    before, line = {e.fp: e.previous for e in epochs if e.fp}, set()
    for fp in [pin] + [j for s in (own.seals if own else []) for j in s.said["joined"]]:
        while fp and fp != "-" and fp not in line:
            line.add(fp)
            fp = before.get(fp)
    for e in epochs:
        if e.text and sha(e.text) not in line and e.fp16 in {fp[:16] for fp in line}: e.damaged()
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
                if e.fp and e.recipient_sum:
                    if e.is_key(key): e.key = e.key or key
                elif sealed and not e.newer and not e.fp and (key.text in [k.text for k in e.found] or e.find_seals(key.signer)):
                    e.key, e.signer = key, key.signer
                    e.find_seals(e.signer)
                    e.fp = next((fp for fp in line if fp.startswith(e.fp16)), None)


def signed_by(e, other):  # F49, F73
    sigs = [read(os.path.join(e.path, name), text=True) for name in ("vault.txt.sig", "vault.txt.sig-" + other.folder)]
    return e.text and other.signer and other.number < e.number and any(
        signed(e.text, sig, other.signer, "seedvault-epoch") for sig in sigs if sig)


def relations(epochs, own, line):
    """How the epochs that do not belong to the pinned one stand to it (F49, F60, F80, F82)."""
    closed, roots, rows = {h for s in own.seals for h in s.said["closed"]}, {}, []
    for e in sorted((e for e in epochs if e.fp not in line), key=lambda e: e.number):
        by = [o for o in epochs if (o.fp in line or roots.get(o)) and signed_by(e, o)]
        near = by and e.number <= 1000 + max(o.number for o in by)
        roots[e] = {r for o in by for r in ([o] if o.fp in line else roots[o])} if near else set()
        older = [r for r in roots[e] if r != own]
        newest = [r for r in older if r.number == max(r.number for r in older)]
        if near and own in by and e.number > own.number: rows.append("may-follow: " + e.folder)
        elif not older: rows.append("stranger: " + e.folder)
        elif e.seals: rows.append("%s: %s" % ("closed-fork" if all(r.fp in closed for r in newest) else "fork", e.folder))
        joined = {h for s in e.seals for h in s.said["joined"]}
        rows += ["joins: %s %s" % (e.folder, o.folder) for o in epochs if o.fp in joined and signed_by(e, o)]
    return rows


def older_map(top, line):
    """Where older files have gone by the sealed lists (F39)."""
    ways, folders = {}, {fp[:16] for fp in line if fp != top.fp}
    for base in names(os.path.join(top.path, "older")):
        text = read(os.path.join(top.path, "older", base), 16 << 20, True)
        if text is None or top.says("%s/older/%s" % (top.folder, base), sha(text)) != "accepted": continue
        *lines, end = text.decode(errors="replace").split("\n")
        rows = [fits("%s-([0-9a-f]{16}) (%s) (%s|-)" % (EPOCH.split("-")[0] + "-9]{0,8}", HASH, HASH), l) for l in lines]
        for m in rows if all(rows) and end == "" else []:
            if m[1] in folders: ways.setdefault(m[2], set()).add(m[3])
    return ways


def ends(ways, digest, own_files):
    """Where an older file's ways end (F40)."""
    seen, todo, found = {digest}, [digest], set()
    while todo:
        for new in ways.get(todo.pop(), ()):
            if new == "-" or new in own_files: found.add(new)
            elif new not in seen: seen.add(new); todo.append(new)
    return found


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


def main(vault, keyfile, passphrase, sheets, pin, recipient, show):
    epochs = sorted((Epoch(vault, f) for f in names(vault) if fits(EPOCH, f)), key=lambda e: -e.number)  # F1
    line_of(epochs, pin, None)
    for e in epochs: e.find_seals(e.signer)
    own = next((e for e in epochs if pin and e.fp == pin), None)
    line = line_of(epochs, pin, own)
    if passphrase is not None: keyfile = own_key(([own] if own else []) + [e for e in epochs if e != own], passphrase)
    typed = [k for sheet in sheets for text in shares.paper_key(sheet) for k in identities(text.encode())]
    if typed: keyfile = keep("typed", b"".join(k.text.encode() + b"\n" for k in typed) + (open(keyfile, "rb").read() if keyfile else b""))
    papers = list(filter(None, map(shares.paper_share, sheets)))
    for e in epochs:
        e.found = [] if e.newer and pin else list(slot_keys(e, keyfile, papers))  # F11
        if e.fp: e.key = next(filter(e.is_key, e.found), None)
        else: e.key = next((k for k in e.found if pin and e.fp16 == pin[:16] and k.recipient == recipient), (e.found + [None])[0])  # F44
        if e.key and not e.fp: e.find_seals(e.key.signer)
    if not any(e.key for e in epochs): return ["expect: newer" if epochs and all(e.newer for e in epochs) else "expect: no"]
    lost_own = [e for e in epochs if pin and not e.fp and not e.newer and e.fp16 == pin[:16] and (not e.key or e.key.recipient == recipient)]
    if not own and lost_own:  # F44
        own = max(lost_own, key=lambda e: (e.key is not None, len(e.seals)))
        own.fp, own.signer = pin, own.key and own.key.signer
        line = line_of(epochs, pin, own)
    top = own if own and own.key else None  # else F50, or no pin
    open_older([top] if top else epochs, epochs, line)
    rows = ["expect: yes"] + sorted("newer: " + e.folder for e in epochs if e.newer)
    rows += sorted("unverified: " + e.folder for e in epochs if e.unverified)
    rows += lost(vault, [e for e in epochs if not top or e.fp in line])
    if own:
        rows += sorted("missing: " + name for name in own.missing())
        rows += sorted("untrue: " + s.name for s in own.seals if s.included != s.said["includes"].keys())
        rows += sorted("twice: " + path for path, digests in own.accepted().items() if len(digests) > 1)
        rows += ["due: " + day for day in own.due()]
        kinds = ["may-follow", "fork", "closed-fork", "stranger", "joins"]
        rows += sorted(relations(epochs, own, line), key=lambda row: (kinds.index(row.split(":")[0]), row))
    return rows + shown(epochs, top, pin, line, show)


def lost(vault, epochs):
    """Accepted files that are missing or damaged (F52)."""
    gone = set()
    for e in epochs:
        if not e.text: gone.add(e.folder + "/vault.txt")
        for path, digests in e.accepted().items():
            limit = 64 << 10 if re.search(r"[.](age|sig[^/]*)$|/vault.txt$", path) else 16 << 20  # F8
            data = read(os.path.join(vault, path), limit)
            here = set() if data is None else {sha(data)}
            if here and re.search(r"[.]txt$|[.]sig(-[^/]*)?$", path): here.add(sha(data.replace(b"\r\n", b"\n")))  # F9
            if not here & digests and not known(e, path, digests): gone.add(path)
    return ["lost: " + path for path in sorted(gone)]


def known(e, path, digests):
    """A seed or a roster record is here under another name (F2)."""
    folder = os.path.dirname(path)
    return folder in (e.folder + "/seeds", e.folder + "/roster") and any(
        sha(read(os.path.join(e.vault, folder, n)) or b"") in digests for n in names(os.path.join(e.vault, folder)))


def shown(epochs, top, pin, line, show):
    files = {}  # by the name that the content should have (F2): epoch, SHA-256, plaintext
    for e in epochs:
        for base in names(os.path.join(e.path, "seeds")) if e.key else []:
            data = read(os.path.join(e.path, "seeds", base))
            if data is not None:
                plain = record(decrypt(os.path.join(e.path, "seeds", base), e.key.file))
                files["%s/seeds/%s.age" % (e.folder, hash_of(data))] = e, sha(data), plain
    standing, gone = judged(files, top, pin, line)
    live = {plain for path, (e, _, plain) in files.items() if standing[path] == "accepted" or e is top and standing[path] != "retired"}
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


def judged(files, top, pin, line):
    """Each file's standing by its path, and the plaintexts that are gone (F41)."""
    standing, gone = {}, set()
    if top:
        ways, here = older_map(top, line), {short(digest) for e, digest, _ in files.values() if e is top}
        accepted = {short(digest) for digests in top.accepted().values() for digest in digests}
        own_files = accepted | {short(digest) for _, digest in top.retired()} | {
            short(digest) for e, digest, plain in files.values() if e is top and plain is not None}
    for path, (e, digest, plain) in files.items():
        if not top:
            s = e.says(path, digest)  # F36, F50
            if s != "retired" and (not e.fp or pin and e.fp not in line): s = "unconfirmed"  # F44, F50
        elif e is top: s = e.says(path, digest)  # F30, F31, F34
        elif e.fp not in line: s = "unconfirmed"  # F38
        else:
            found = ends(ways, short(digest), own_files)
            s = "accepted" if found & accepted - here else "hidden" if found else "late"  # F40
            if found == {"-"}: gone.add(plain)
        if e is top and s == "retired": gone.add(plain)
        standing[path] = s
    return standing, gone


def judge_vector(file):
    """What to make of a vector's vault, and whether the vector says the same."""
    global AGE, KEYGEN
    folder = tempfile.mkdtemp(dir=WORK)
    head = vector.unpack(file, folder)
    given = lambda key: [v for k, v in head if k == key]
    for needs in filter(shutil.which, given("needs")): AGE, KEYGEN = needs, needs.replace("age", "age-keygen", 1)
    ssh = read(os.path.join(folder, "ssh.key")) or b""
    key = keep("given", "".join(line + "\n" for line in given("identity")).encode() + ssh) if given("identity") or ssh else None
    pin = given("pin")[0].split() if given("pin") else [None, None]
    rows = main(os.path.join(folder, "vault"), key, *(given("passphrase") or [None]), given("sheet"), *pin, " ".join(given("show")).split())
    wanted = ["%s: %s" % line for line in head]
    return rows, rows == wanted[[k for k, _ in head].index("expect"):]


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("vault", nargs="+")
    p.add_argument("-i", metavar="KEYFILE")
    p.add_argument("-p", metavar="FILE")
    p.add_argument("-s", metavar="FILE")
    p.add_argument("--pin", nargs=2, default=[None, None])
    p.add_argument("--show", nargs="*", default=[])
    a = p.parse_args()
    try:
        text = lambda name: open(name, encoding="utf-8", newline="").read().rstrip("\n") if name else None
        if os.path.isdir(a.vault[0]): print("\n".join(main(a.vault[0], a.i, text(a.p), (text(a.s) or "").splitlines(), *a.pin, a.show)))
        else:
            alike = True
            for file in a.vault:
                rows, same = judge_vector(file)
                alike &= same
                print("\n".join((["vector: " + file] if a.vault[1:] else []) + rows))
            sys.exit(0 if alike else 1)
    finally: shutil.rmtree(WORK)
