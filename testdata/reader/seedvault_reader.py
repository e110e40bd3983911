#!/usr/bin/env python3
"""A second reader of the seedvault format, written from escrow/FORMAT.md alone.

It needs Python 3 and the stock tools age, age-keygen and ssh-keygen, and shows
what a vault holds for one key file or passphrase:

    seedvault_reader.py VAULT KEYFILE [HEX64 RECIPIENT]      the pin, if there is one
    seedvault_reader.py VAULT --passphrase FILE [HEX64 RECIPIENT]

One line each: "expect: yes|no|newer", then "lost:", "accepted:", "not-accepted:"
and "unconfirmed:". F numbers are the rules of FORMAT.md.
"""
import base64, hashlib, hmac, os, pty, re, subprocess, sys, tempfile

AGE, KEYGEN = os.environ.get("AGE", "age"), os.environ.get("AGE_KEYGEN", "age-keygen")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}$")
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])$")
HEX = re.compile(r"[0-9a-f]{64}$")
B32 = "[a-z2-7]{32}"
WORK = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


def sha(data): return hashlib.sha256(data).hexdigest()
def name_of(digest): return base64.b32encode(bytes.fromhex(digest)[:20]).decode().lower()
def holder_name(s): return NAME.match(s) and not DEVICE.match(s)


def read(path, limit=64 << 10, text=False):
    """A regular file's bytes, or None (F6, F8); text with its line ends undone (F9)."""
    if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > limit:
        return None
    data = open(path, "rb").read()
    return data.replace(b"\r\n", b"\n") if text else data


def names(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) and not os.path.islink(folder) else []


def public_key(seed):
    """The Ed25519 public key of a 32-byte seed (RFC 8032, section 5.1.5)."""
    p, d = 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19)
    def add(P, Q):
        a, b = (P[1] - P[0]) * (Q[1] - Q[0]) % p, (P[1] + P[0]) * (Q[1] + Q[0]) % p
        c, e = 2 * P[3] * Q[3] * d % p, 2 * P[2] * Q[2] % p
        return (b - a) * (e - c) % p, (e + c) * (b + a) % p, (e - c) * (e + c) % p, (b - a) * (b + a) % p
    x, y = 15112221349535400772501151409588531511454012693041857206046113283949847762202, 4 * pow(5, -1, p) % p
    P, Q, n = (x, y, 1, x * y % p), (0, 1, 1, 0), hashlib.sha512(seed).digest()[:32]
    n = int.from_bytes(n, "little") & ((1 << 254) - 8) | (1 << 254)
    while n:
        if n & 1: Q = add(Q, P)
        P, n = add(P, P), n >> 1
    z = pow(Q[2], -1, p)
    return (Q[1] * z % p | (Q[0] * z % p & 1) << 255).to_bytes(32, "little")


class Key:
    """A vault identity with what follows from it."""
    def __init__(self, text):
        self.text = text
        prk = hmac.new(bytes(32), text.upper().encode(), hashlib.sha256).digest()  # HKDF-SHA256
        seed = hmac.new(prk, b"seedvault/v1 signing key ed25519\x01", hashlib.sha256).digest()
        blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + public_key(seed)
        self.signer = "ssh-ed25519 " + base64.b64encode(blob).decode()
        self.file = os.path.join(WORK, sha(text.encode()))
        open(self.file, "w").write(text + "\n")
        self.recipient = subprocess.run([KEYGEN, "-y", self.file], capture_output=True, text=True).stdout.strip()


def decrypt(path, keyfile):
    r = subprocess.run([AGE, "-d", "-i", keyfile, path], capture_output=True)
    return r.stdout if r.returncode == 0 else None


def identities(plain):
    """The native identities of an identity file, or [] if one is another's (F14)."""
    lines = [l for l in (plain or b"").decode(errors="replace").splitlines() if l and l[0] != "#"]
    good = [Key(l) for l in lines if re.match(r"AGE-SECRET-KEY-(PQ-)?1[A-Z0-9]+$", l)]
    return good if len(good) == len(lines) and all(k.recipient for k in good) else []


class Epoch:
    def __init__(self, vault, folder):
        self.vault, self.folder, self.path = vault, folder, os.path.join(vault, folder)
        self.number = int(folder.split("-")[0])
        self.fp = self.signer = self.wanted = self.previous = self.key = None
        self.newer, self.seals = False, []
        text = read(os.path.join(self.path, "vault.txt"), text=True)
        if text is None or not sha(text).startswith(folder.split("-")[1]): return  # F12
        first = text.split(b"\n")[0].decode(errors="replace")
        if re.match(r"seedvault [1-9][0-9]*$", first) and first != "seedvault 1":  # F11
            self.newer = True
            return
        m = re.match(r"seedvault 1\nepoch (\d+)\nsigner (ssh-ed25519 \S+)\nrecipient-sha256 ([0-9a-f]{64})\n"  # F10
                     r"previous ([0-9a-f]{64}|-)\n(x-[a-z0-9-]+ [^\x00-\x1f\x7f]*\n)*\Z", text.decode(errors="replace"))
        if m and m[1] == str(self.number):
            self.fp, self.signer, self.wanted, self.previous = sha(text), m[2], m[3], m[4]

    def fits(self, key):  # F15
        return key.signer == self.signer and sha(key.recipient.encode()) == self.wanted

    def read_seals(self, signer):
        """The valid seals, highest first, without those that one read contains (F25 to F32)."""
        found, included = [], set()
        for base in names(os.path.join(self.path, "seals")):
            m = re.match(r"(\d{4,9})-(%s)\.txt$" % B32, base)
            if m: found.append((-int(m[1]), m[2], base))
        for number, digest, base in sorted(found):
            if digest in included: continue
            seal = self.seal(os.path.join(self.path, "seals", base), -number, digest, signer)
            if seal:
                self.seals.append(seal)
                included |= seal["includes"]
        self.seals = [s for s in self.seals if s["hash"] not in included]

    def seal(self, path, number, digest, signer):
        text, sig = read(path, 16 << 20, True), read(path + ".sig", text=True)
        if text is None or sig is None or name_of(sha(text)) != digest or not signed(text, sig, signer, "seedvault-seal"):
            return None
        lines = text.decode(errors="replace").split("\n")
        m = re.match(r"# seedvault seal (\d{4,9}) epoch (\d+) \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ by (\S+)$", lines[0])
        if lines.pop() != "" or not m or int(m[1]) != number or int(m[2]) != self.number or not holder_name(m[3]): return None
        s = {"hash": digest, "number": number, "includes": set(), "retired": set(), "joined": set(), "files": {}}
        for line in lines[1:]:
            w = line[2:].split(" ", 1)
            if line.startswith("# includes ") and re.match(B32 + "$", w[1]): s["includes"].add(w[1])
            elif line.startswith("# joined ") and HEX.match(w[1]): s["joined"].add(w[1])
            elif line.startswith("# due ") and re.match(r"\d{4}-\d\d-\d\d$", w[1]): pass
            elif line.startswith("# retired "):
                p, _, h = w[1].rpartition(" ")
                if not self.sealable(p) or not HEX.match(h): return None
                s["retired"].add((p, h))
            elif re.match(r"# (?!includes|joined|due)[a-z][a-z0-9-]*( [^\x00-\x1f\x7f]*)?$", line): pass  # x-, or F28
            elif re.match(r"[0-9a-f]{64}  .", line) and self.sealable(line[66:]) and line[66:] not in s["files"]:
                s["files"][line[66:]] = line[:64]
            else: return None
        return None if any(s["files"].get(p) == h for p, h in s["retired"]) else s

    def sealable(self, p):  # F27
        parts = p.split("/")
        return not (re.search(r"[\x00-\x1f\x7f\\:]", p) or p == ".gitattributes" or any(x in ("", ".", "..") for x in parts)
                    or re.match(r"[1-9]\d{0,8}-[0-9a-f]{8}$", parts[0]) and parts[0] != self.folder)

    def union(self):
        accepted, retired = {}, set()
        for s in sorted(self.seals, key=lambda s: (s["number"], s["hash"])):  # F30
            for p, h in s["files"].items(): accepted.setdefault(p, h)
            retired |= s["retired"]
        return accepted, retired


def signed(text, sig, signer, namespace):
    """ssh-keygen's word, for exactly the bytes that it writes itself (F25)."""
    body = sig.decode(errors="replace").split("\n")
    blob = "".join(body[1:-2])
    wrapped = [blob[i:i + 70] for i in range(0, len(blob), 70)]
    if body != ["-----BEGIN SSH SIGNATURE-----"] + wrapped + ["-----END SSH SIGNATURE-----", ""]: return False
    signers, sigfile = os.path.join(WORK, "signers"), os.path.join(WORK, "sig")
    open(signers, "w").write("v %s\n" % signer)
    open(sigfile, "wb").write(sig)
    return subprocess.run(["ssh-keygen", "-Y", "verify", "-f", signers, "-I", "v", "-n", namespace, "-s", sigfile],
                          input=text, capture_output=True).returncode == 0


def unwrap(path, passphrase):
    """Gives age a passphrase on a terminal of its own, and returns the identity file."""
    out = os.path.join(WORK, "own.key")
    pid, fd = pty.fork()
    if pid == 0:
        os.execvp(AGE, [AGE, "-d", "-o", out, path])
    os.read(fd, 1024)
    os.write(fd, passphrase.encode() + b"\n")
    try:
        while os.read(fd, 1024): pass
    except OSError: pass
    return out if os.waitpid(pid, 0)[1] == 0 else None


def key_file(epochs, passphrase):
    for e in epochs:
        if e.signer and not e.seals: e.read_seals(e.signer)
        accepted, _ = e.union()
        for holder in names(os.path.join(e.path, "holders")):
            for base in names(os.path.join(e.path, "holders", holder)):
                p = "%s/holders/%s/%s" % (e.folder, holder, base)
                data = read(os.path.join(e.vault, p))
                if base.startswith("key-") and data and (not e.seals or accepted.get(p) == sha(data)):  # F17
                    return unwrap(os.path.join(e.vault, p), passphrase)


def open_slots(e, keyfile):
    for holder in names(os.path.join(e.path, "holders")):
        for base in names(os.path.join(e.path, "holders", holder)) if holder_name(holder) else []:  # F4
            p = os.path.join(e.path, "holders", holder, base)
            if base.startswith("slot-") and read(p) is not None:
                keys = identities(decrypt(p, keyfile))
                if len(keys) == 1 and (e.signer is None or e.fits(keys[0])): return keys[0]  # F15, F16


def main(vault, keyfile, pin=None, recipient=None, passphrase=None):
    epochs = [Epoch(vault, f) for f in names(vault) if re.match(r"[1-9]\d{0,8}-[0-9a-f]{8}$", f)]  # F1
    epochs.sort(key=lambda e: -e.number)
    if all(e.newer for e in epochs): return ["expect: newer"]
    if passphrase is not None: keyfile = key_file(epochs, passphrase)
    for e in epochs:
        if keyfile and not e.newer: e.key = open_slots(e, keyfile)
    pinned = next((e for e in epochs if pin and (e.fp == pin or e.fp is None and e.folder == "%d-%s" % (e.number, pin[:8]))), None)
    if pinned and pinned.fp is None and pinned.key and pinned.key.recipient == recipient: pinned.fp = pin  # F44
    if not any(e.key for e in epochs) or pinned and not pinned.key: return ["expect: no"]
    for e in epochs:
        signer = e.signer or e.key and e.key.signer
        if signer and not e.seals: e.read_seals(signer)
    if pinned and pinned.fp == pin:
        for k in identities(decrypt(os.path.join(pinned.path, "old.age"), pinned.key.file)):  # F43
            for e in epochs:
                if e.signer and e.fits(k): e.key = e.key or k
    return ["expect: yes"] + judge(vault, epochs, pinned, pin)


def line_of(epochs, pin, joined):  # F37
    before, line = {e.fp: e.previous for e in epochs if e.fp}, set()
    for fp in [pin] + sorted(joined):
        while fp and fp != "-" and fp not in line:
            line.add(fp)
            fp = before.get(fp)
    return line


def judge(vault, epochs, pinned, pin):
    top = pinned or epochs[0]
    accepted, retired = top.union()
    line = line_of(epochs, pin, set().union(*[s["joined"] for s in top.seals])) if pinned else set()
    carried, dropped = {}, set()
    for base in names(os.path.join(top.path, "older")):  # F39
        p = "%s/older/%s" % (top.folder, base)
        text = read(os.path.join(vault, p), 16 << 20, True)
        rows = [l.split(" ") for l in (text or b"").decode().split("\n")[:-1]]
        if text is None or accepted.get(p) != sha(text) or not all(len(r) == {"carried": 4, "dropped": 3}.get(r[0]) for r in rows): continue
        for r in rows:
            if r[0] == "carried": carried.setdefault((r[1], r[2]), []).append(r[3])
            else: dropped.add((r[1], r[2]))
    files, here = {}, set()
    for e in epochs:
        for base in names(os.path.join(e.path, "seeds")) if e.key else []:
            data = read(os.path.join(e.path, "seeds", base))
            if data is None or base.startswith(".tmp-"): continue  # F5
            p = "%s/seeds/%s.age" % (e.folder, name_of(sha(data)))  # F2
            files[p] = (e, sha(data), decrypt(os.path.join(e.path, "seeds", base), e.key.file))
            here.add(p)
    out, gone, live, late = {}, set(), set(), []
    for p, (e, h, plain) in files.items():
        own_accepted, own_retired = e.union()
        if not pinned or e is pinned and e.fp == pin:
            state = "retired" if (p, h) in own_retired else "accepted" if own_accepted.get(p) == h else "not-accepted"  # F30, F31
        elif e.fp in line and e.fp:
            if (p, h) in carried:  # F40
                arrived = all(n in here or any(n == r for r, _ in retired) for n in carried[p, h])
                state = "hidden" if arrived else "accepted"
            else: state = "hidden" if (p, h) in dropped else "late"
        else: state = "unconfirmed"  # F38
        plain = record(plain)
        if plain is None: continue
        if state == "retired" or (p, h) in dropped: gone.add(plain)
        elif state in ("accepted", "not-accepted"): live.add(plain)
        if state == "late": late.append(plain)
        elif state not in ("retired", "hidden"): out.setdefault((state, plain), 0)
    for plain in late:
        if plain not in gone or plain in live: out.setdefault(("not-accepted", plain), 0)  # F41
    rows = ["lost: " + p for p in lost(vault, top, accepted, retired, here)]
    for state in ("accepted", "not-accepted", "unconfirmed"):
        rows += sorted("%s: %s" % (s, plain.split("\n")[0]) for s, plain in out if s == state)
    return rows


def record(plain):
    """The plaintext as text, or None if it is no record (F19, F20, F23)."""
    try: text = (plain or b"").decode()
    except UnicodeDecodeError: return None
    head, _, rest = text.partition("\n\n")
    first = text.split("\n")[0]
    return text if first and not re.search(r"[\r\x00]", first) and rest.strip("\n") == "" and len(plain) <= 60 << 10 else None


def lost(vault, top, accepted, retired, here):
    """Accepted files that are not here whole."""
    gone = []
    if top.signer is None: gone.append(top.folder + "/vault.txt")
    for p, h in accepted.items():
        if (p, h) in retired or p in here: continue
        data, text = read(os.path.join(vault, p), 16 << 20), read(os.path.join(vault, p), 16 << 20, True)
        if not (data is not None and h in (sha(data), sha(text))) and p not in gone: gone.append(p)
    return sorted(gone)


if __name__ == "__main__":
    args = sys.argv[1:]
    secret = None
    if args[1] == "--passphrase":
        secret = open(args[2]).read().rstrip("\n")
        args[1:3] = [None]
    try: print("\n".join(main(args[0], args[1], *args[2:4], passphrase=secret)))
    finally: subprocess.run(["rm", "-rf", WORK])
