"""A quorum's shares and what stands on sheets of paper (FORMAT.md, sections "Quorums" and F67, F70)."""
import base64, hashlib, re

from tools import holder_name

BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
HEX = "[0-9a-f]{64}"


def sha(data): return hashlib.sha256(data).hexdigest()


def times(a, b):
    """The product in GF(2^8) with the polynomial 0x11b."""
    product = 0
    for _ in range(8): product, a, b = product ^ (a if b & 1 else 0), (a << 1) ^ (0x11b if a & 0x80 else 0), b >> 1
    return product


def join(points):
    """The secret of shares, a dict of x to the values there."""
    secret = bytearray(len(next(iter(points.values()))))
    for x, y in points.items():
        weight = 1
        for o in points:
            if o != x: weight = times(weight, times(o, next(i for i in range(256) if times(o ^ x, i) == 1)))
        for i, value in enumerate(y): secret[i] ^= times(value, weight)
    return bytes(secret)


class Share:
    """One share: its dealing, m, x and values; of one in a file (F65) also what all files have in common."""
    def __init__(self, dealing, m, x, y, members=(), common=None):
        self.dealing, self.m, self.x, self.y, self.members, self.common = dealing, m, x, y, members, common

    def fits(self, members):
        """Whether the member lines judge it to be what it says (F66, F67)."""
        return self.x <= len(members) and members[self.x - 1].endswith(" " + sha(self.y))


def share(plain):
    """A share's text, or None (F65)."""
    number = "([1-9][0-9]{0,2})"
    m = re.fullmatch("seedvault share 1\nquorum (.+)\nrecipient (.+)\nm %s\nn %s\nindex %s\nshare ((?:[0-9a-f]{2})+)\n((?:member .*\n)+)"
                     % (number, number, number), (plain or b"").decode(errors="replace"), re.ASCII)
    if not m: return None
    least, count, x, members = int(m[3]), int(m[4]), int(m[5]), m[7].splitlines()
    if not 2 <= least <= count <= 255 or len(members) != count: return None
    for i, line in enumerate(members, 1):
        seat = re.fullmatch("member %d ([^ ]+) .+ %s" % (i, HEX), line)
        if not seat or not holder_name(seat[1]): return None  # F4
    s = Share(sha(m[2].encode())[:16], least, x, bytes.fromhex(m[6]), members, (m[1], m[2], least, count, m[7]))
    return s if s.fits(members) else None


def lines(text, width, check):
    """The characters without the four that check each line, or None where one does not fit (F67, F70)."""
    whole = ""
    for n, start in enumerate(range(0, len(text), width + 4), 1):
        line = text[start:start + width + 4]
        whole += line[:-4]
        if len(line) < 5 or check(n, whole) != line[-4:]: return None
    return whole


def paper_share(text):
    """A share on paper (F67), or None."""
    typed = "".join(text.upper().split()).translate(str.maketrans("018", "OIB"))
    whole = lines(typed, 24, lambda n, t: base64.b32encode(
        hashlib.sha256(("seedvault share line %d %s" % (n, t)).encode()).digest())[:4].decode())
    try: data = base64.b32decode((whole or "") + "=" * (-len(whole or "") % 8))
    except ValueError: return None
    if len(data) < 13 or data[0] != 1 or len(data) != 12 + data[3] or data[1] < 2 or data[2] < 1: return None
    return Share(data[4:12].hex(), data[1], data[2], data[12:])


def paper_key(text):
    """The identities that a key on paper may be (F70): the checks, or else its own checksum, tell."""
    typed = "".join(text.upper().split())
    for prefix in "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1":
        rest = typed.removeprefix(prefix).translate(str.maketrans("OBI1", "08LL"))
        def check(n, t):
            bits = int.from_bytes(hashlib.sha256(("seedvault %s line %d %s" % (prefix, n, t)).encode()).digest()[:3], "big") >> 4
            return "".join(BECH32[bits >> shift & 31] for shift in (15, 10, 5, 0))
        whole = rest if len(rest) == 58 else lines(rest, 20, check)
        if whole and len(whole) == 58: yield prefix + whole
