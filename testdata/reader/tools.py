"""What the reader does with files and with the stock tools: reading, hashing, age and ssh-keygen."""
import atexit, base64, datetime, hashlib, hmac, os, pty, re, shutil, subprocess, tempfile

TOOLS = {"age": os.environ.get("AGE", "age"), "age-keygen": os.environ.get("AGE_KEYGEN", "age-keygen")}
HEX, HASH, WORD, VALUE = r"[0-9a-f]{64}", r"[a-z2-7]{32}", r"[a-z][a-z0-9-]{0,31}", r"[^\x00-\x1f\x7f]*"
WORK = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
atexit.register(shutil.rmtree, WORK, True)


def fits(pattern, text): return re.fullmatch(pattern, text, re.ASCII)
def sha(data): return hashlib.sha256(data).hexdigest()
def short(digest): return base64.b32encode(bytes.fromhex(digest)[:20]).decode().lower()
def hash_of(data): return short(sha(data))
def keep(name, data): open(os.path.join(WORK, name), "wb").write(data); return os.path.join(WORK, name)
def run(*command, **more): return subprocess.run(command, capture_output=True, **more)
def holder_name(s): return fits("[a-z0-9][a-z0-9-]{0,31}", s) and not fits("con|prn|aux|nul|(com|lpt)[0-9]", s)  # F4


def is_date(text):
    m = fits("([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    try: return bool(m and datetime.date(2000 + int(m[1]) % 400, int(m[2]), int(m[3])))  # the calendar repeats, and has a year 0
    except ValueError: return False


def is_time(text): return is_date(text[:10]) and fits("T([01][0-9]|2[0-3])(:[0-5][0-9]){2}Z", text[10:]) is not None


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
        self.recipient = run(TOOLS["age-keygen"], "-y", self.file).stdout.decode().strip()


def decrypt(path, keyfile):
    r = run(TOOLS["age"], "-d", "-i", keyfile, path)
    return r.stdout if r.returncode == 0 else None


def identities(plain):
    """The native identities of an identity file, or [] where a line is anything else (F14)."""
    lines = [l for l in (plain or b"").decode(errors="replace").splitlines() if l and l[0] != "#"]
    keys = [Key(l) for l in lines if fits("AGE-SECRET-KEY-(PQ-)?1[A-Z0-9]+", l)]
    return keys if len(keys) == len(lines) and all(k.recipient for k in keys) else []


def field(*parts): return b"".join(len(p).to_bytes(4, "big") + p for p in parts)


def signed(text, sig, signer, namespace):
    """ssh-keygen's word, for exactly the bytes that it writes itself (F25), with S below L."""
    try: value = base64.b64decode(b"".join(sig.split(b"\n")[1:-2]))[-64:]
    except ValueError: return False
    public = base64.b64decode(signer.split(" ")[1])
    blob = base64.b64encode(b"SSHSIG\0\0\0\1" + field(public, namespace.encode(), b"", b"sha512", field(b"ssh-ed25519", value)))
    lines = [b"-----BEGIN SSH SIGNATURE-----"] + [blob[i:i + 70] for i in range(0, len(blob), 70)]
    if sig != b"\n".join(lines) + b"\n-----END SSH SIGNATURE-----\n": return False
    if int.from_bytes(value[32:], "little") >= 2**252 + 27742317777372353535851937790883648493: return False
    signers, file = keep("signers", b"v %s\n" % signer.encode()), keep("sig", sig)
    return run("ssh-keygen", "-Y", "verify", "-f", signers, "-I", "v", "-n", namespace, "-s", file, input=text).returncode == 0


def unwrap(path, passphrase):
    """Gives age a passphrase on a terminal of its own, and returns the identity file or None."""
    out = os.path.join(WORK, "own.key")
    pid, fd = pty.fork()
    if pid == 0: os.execvp(TOOLS["age"], [TOOLS["age"], "-d", "-o", out, path])
    os.read(fd, 1024)  # the question
    os.write(fd, passphrase.encode() + b"\n")
    try:
        while os.read(fd, 1024): pass
    except OSError: pass
    return out if os.waitpid(pid, 0)[1] == 0 else None
