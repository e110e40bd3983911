"""Epochs: vault.txt, the seals that are valid, and how epochs stand to each other."""
import os, re

from tools import HASH, HEX, VALUE, WORD, fits, hash_of, holder_name, is_date, is_time, names, read, sha, signed

EPOCH, NUMBER = r"[1-9][0-9]{0,8}-[0-9a-f]{16}", r"(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,8})"
SEAL_LINES = {"after": "%s-(%s)" % (NUMBER, HASH), "closed": "(%s)" % HEX, "due": "([0-9-]{10})", "includes": "(%s)" % HASH,
              "joined": "(%s)" % HEX, "lost": "%s-(%s)" % (NUMBER, HASH), "retired": "(.+) (%s)" % HEX}


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
                if word == "due" and not is_date(m[1]): return False
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
        self.seals, self.key, self.found, self.fits = [], None, [], None
        self.damaged()
        text = read(os.path.join(self.path, "vault.txt"), text=True)
        if text is None or not sha(text).startswith(self.fp16): return  # F12
        self.fits, lines = text, text.decode(errors="surrogateescape")
        self.newer = fits(r"seedvault ([2-9]|[1-9][0-9]{1,8})", lines.split("\n")[0]) is not None  # F11: whatever follows
        if not self.newer and re.search("[\udc80-\udcff]", lines): return
        m = fits("seedvault 1\nepoch %d\nsigner ([a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2})\nrecipient-sha256 (%s)\nprevious (?!0{64})(%s|-)\n"
                 "(x-%s %s\n)*" % (self.number, HEX, HEX, WORD, VALUE), lines)  # F10
        ed25519 = m and fits("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-P][A-Za-z0-9+/]{42}", m[1])
        if self.newer: self.text = text
        elif m and (ed25519 or not m[1].startswith("ssh-ed25519 ")):
            self.text, self.fp, self.recipient_sum, self.previous = text, sha(text), m[2], m[3]
            self.signer, self.unverified = m[1] if ed25519 else None, not ed25519  # F72

    def damaged(self):
        self.newer = self.unverified = False
        self.text = self.fp = self.signer = self.recipient_sum = self.previous = None

    def is_key(self, key):  # F15, F72
        return (self.unverified or key.signer == self.signer) and sha(key.recipient.encode()) == self.recipient_sum

    def named(self, fp):
        """Whether a fingerprint fits the name, and no vault.txt of a newer format does."""
        return fp and self.fp16 == fp[:16] and not self.newer

    def take(self, key):
        """Takes an identity where no vault.txt tells whose it is (F44)."""
        self.key, self.signer, self.seals = key, key.signer, self.valid_seals(key.signer)

    def valid_seals(self, signer):
        """All valid seals; an includes line counts as far as it is true (F32, F75)."""
        bases = [b for b in names(os.path.join(self.path, "seals")) if fits("%s-%s[.]txt" % (NUMBER, HASH), b)]
        seals = list(filter(None, (self.seal(b[:-4], signer) for b in bases))) if signer else []
        here = {s.hash: s for s in seals}
        for s in seals: s.included = {h for h in s.said["includes"] if h not in here or s.contains(here[h])}
        return seals

    def seal(self, name, signer):
        """One seal, or None if it is not valid (F25 to F29, F51)."""
        path = os.path.join(self.path, "seals", name + ".txt")
        text, sig = read(path, 16 << 20, True), read(path + ".sig", text=True)
        if text is None or sig is None or name.split("-")[1] != hash_of(text): return None  # F26, F29
        if not signed(text, sig, signer, "seedvault-seal"): return None
        try: first, *lines, end = text.decode().split("\n")
        except ValueError: return None
        m = fits("# seedvault seal %s epoch %d (.{20}) by (.*)" % (name.split("-")[0], self.number), first)
        if not m or end != "" or not holder_name(m[2]) or not is_time(m[1]): return None  # F26
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
        included = {h for s in self.seals for h in s.included}
        named = sorted((name for s in self.seals if s.hash not in included for name in s.said["after"].values()), key=lambda n: -int(n.split("-")[0]))
        lowest = {name.split("-")[1]: name for name in named}
        for s in self.seals: lowest = {h: n for h, n in lowest.items() if h not in {s.hash, *s.included, *s.said["lost"]}}
        return lowest.values()

    def due(self):
        """The earliest day of the last seals (F77)."""
        named = {h for s in self.seals for h in s.included | s.said["after"].keys()}
        return sorted(day for s in self.seals if s.hash not in named for day in s.said["due"].values())[:1]


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


def signed_by(e, other):  # F49, F73
    sigs = [read(os.path.join(e.path, name), text=True) for name in ("vault.txt.sig", "vault.txt.sig-" + other.folder)]
    return e.fits and other.signer and other.number < e.number and any(
        signed(e.fits, sig, other.signer, "seedvault-epoch") for sig in sigs if sig)


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
        elif not roots[e]: rows.append("stranger: " + e.folder)
        elif older and e.seals: rows.append("%s: %s" % ("closed-fork" if all(r.fp in closed for r in newest) else "fork", e.folder))
        joined = {h for s in e.seals for h in s.said["joined"]}
        rows += ["joins: %s %s" % (e.folder, o.folder) for o in epochs if o.fp in joined and signed_by(e, o)]
    return rows
