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
    lost: PATH                an accepted file that is missing or damaged (F52), or one that is
                              not what the HASH in its name says (F3)
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
  A key roster.KEY is that of the pinned epoch's roster, where records of one id are one (F24).
"""
import argparse, json, os, re, shutil, sys, tempfile

sys.dont_write_bytecode = True
import shares, vector
from epoch import EPOCH, NUMBER, Epoch, line_of, relations
from holders import own_key, slot_keys
from tools import HASH, TOOLS, WORK, decrypt, fits, hash_of, identities, is_time, keep, names, read, sha, short


TEXTS = "README[.]txt|%s/(vault[.]txt([.]sig(-%s)?)?|older/%s[.]txt|seals/%s-%s[.]txt([.]sig)?)" % (EPOCH, EPOCH, HASH, NUMBER, HASH)  # F9
ONCE = {"id", "added", "by", "name", "origin", "kind", "recipient", "kept", "m", "at", "until"}  # keys that may not repeat


def main(vault, keyfile, passphrase, sheets, pin, recipient, show):
    epochs = sorted((Epoch(vault, f) for f in names(vault) if fits(EPOCH, f)), key=lambda e: -e.number)  # F1
    line_of(epochs, pin, None)
    for e in epochs: e.seals = e.valid_seals(e.signer)
    own = next((e for e in epochs if pin and e.fp == pin), None)
    line = line_of(epochs, pin, own)
    if passphrase is not None: keyfile = own_key(([own] if own else []) + [e for e in epochs if e != own], passphrase)
    keyfile, papers = typed(keyfile, sheets)
    for e in epochs:
        e.found = [] if e.newer and pin else list(slot_keys(e, keyfile, papers))  # F11
        if e.fp: e.key = next(filter(e.is_key, e.found), None)
        elif e.found: e.take(next((k for k in e.found if e.named(pin) and k.recipient == recipient), e.found[0]))  # F44
    if not any(e.key for e in epochs): return ["expect: newer" if epochs and all(e.newer for e in epochs) else "expect: no"]
    without = [e for e in epochs if not e.fp and e.named(pin) and (not e.key or e.key.recipient == recipient)]
    if not own and without:  # F44
        own = max(without, key=lambda e: (e.key is not None, len(e.seals)))
        own.fp = pin
        line = line_of(epochs, pin, own)
    top = own if own and own.key else None  # else F50, or no pin
    open_older([top] if top else epochs, epochs, line)
    rows = ["expect: yes"] + sorted("newer: " + e.folder for e in epochs if e.newer)
    rows += sorted("unverified: " + e.folder for e in epochs if e.unverified)
    rows += lost(vault, [e for e in epochs if not top or e.fp in line])
    return rows + (remarks(own, epochs, line) if own else []) + shown(epochs, top, pin, line, show)


def typed(keyfile, sheets):
    """The key file with the keys on sheets, and the shares on them (F67, F70)."""
    keys = [k.text for sheet in sheets for text in shares.paper_key(sheet) for k in identities(text.encode())]
    if keys: keyfile = keep("typed", "".join(k + "\n" for k in keys).encode() + (open(keyfile, "rb").read() if keyfile else b""))
    return keyfile, list(filter(None, map(shares.paper_share, sheets)))


def remarks(own, epochs, line):
    """What the pinned epoch's seals say of themselves, and of the other epochs."""
    rows = sorted("missing: " + name for name in own.missing())
    rows += sorted("untrue: " + s.name for s in own.seals if s.included != s.said["includes"].keys())
    rows += sorted("twice: " + path for path, digests in own.accepted().items() if len(digests) > 1)
    rows += ["due: " + day for day in own.due()]
    kinds = ["may-follow", "fork", "closed-fork", "stranger", "joins"]
    return rows + sorted(relations(epochs, own, line), key=lambda row: (kinds.index(row.split(":")[0]), row))


def lost(vault, epochs):
    """Accepted files that are missing or damaged (F52)."""
    gone = set()
    for e in epochs:
        if not e.text: gone.add(e.folder + "/vault.txt")
        if not e.newer: gone |= misnamed(e)
        for path, digests in e.accepted().items():
            limit = 64 << 10 if re.search(r"[.]age$|[.]sig(-[^/]*)?$|/vault[.]txt$", path) else 16 << 20  # F8
            data = read(os.path.join(vault, path), limit)
            here = set() if data is None else {sha(data)}
            if here and fits(TEXTS, path): here.add(sha(data.replace(b"\r\n", b"\n")))  # F9
            if not here & digests and not known(e, path, digests): gone.add(path)
    return ["lost: " + path for path in sorted(gone)]


def misnamed(e):
    """The files whose names hold a HASH that is not their content's (F3); in seeds those that are accepted."""
    found = set()
    for folder in ["seeds", "roster", "older"] + ["holders/" + h for h in names(os.path.join(e.path, "holders"))]:
        for base in names(os.path.join(e.path, folder)):
            path, m = "%s/%s/%s" % (e.folder, folder, base), fits("([a-z][a-z0-9-]*-)?(%s)[.](age|txt)" % HASH, base)
            if not m or (m[1] is None) == folder.startswith("holders/") or folder == "seeds" and path not in e.accepted(): continue
            data = read(os.path.join(e.vault, path), 16 << 20 if m[3] == "txt" else 64 << 10, folder == "older")
            if data is None or hash_of(data) != m[2]: found.add(path)
    return found


def known(e, path, digests):
    """A seed or a roster record is here under another name (F2)."""
    folder = os.path.dirname(path)
    return folder in (e.folder + "/seeds", e.folder + "/roster") and any(
        sha(read(os.path.join(e.vault, folder, n)) or b"") in digests for n in names(os.path.join(e.vault, folder)))


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
                elif sealed and not e.newer and not e.fp and (key.text in [k.text for k in e.found] or e.valid_seals(key.signer)):
                    e.take(key)
                    e.fp = next((fp for fp in line if e.named(fp)), None)


def older_map(top, line):
    """Where older files have gone by the sealed lists (F39)."""
    ways, folders = {}, {fp[:16] for fp in line if fp != top.fp}
    for base in names(os.path.join(top.path, "older")):
        text = read(os.path.join(top.path, "older", base), 16 << 20, True)
        if text is None or base != hash_of(text) + ".txt": continue  # F3
        if top.says("%s/older/%s" % (top.folder, base), sha(text)) != "accepted": continue
        *lines, end = text.decode(errors="replace").split("\n")
        rows = [fits("(%s) (%s) (%s|-)" % (EPOCH, HASH, HASH), l) for l in lines]
        for m in rows if all(rows) and end == "" else []:
            if m[1].split("-")[1] in folders: ways.setdefault(m[2], set()).add(m[3])
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
    """A record's text, or None if it is none (F19, F20, F23); a byte that is not UTF-8 is a surrogate."""
    text = (plain or b"").decode(errors="surrogateescape")
    first, rest = text.split("\n")[0], text.partition("\n\n")[2]
    whole = first and not re.search("[\r\0\udc80-\udcff]", first) and rest.strip("\n") == "" and len(plain) <= 60 << 10
    return text if whole else None


def field(text, key):
    """A key's values (F20 to F22)."""
    found = [l[len(key) + 1:] for l in text.partition("\n\n")[0].split("\n")[1:] if l.startswith(key + " ")]
    values = [re.sub(r"\\([nr\\])", lambda m: {"n": "\n", "r": "\r"}.get(m[1], "\\"), v) for v in found]
    values = [v.encode(errors="surrogateescape").decode(errors="replace") for v in values]
    return values[:1] if key in ONCE else values


def roster(top):
    """The pinned epoch's roster: for each id its sealed records, the one that counts first (F24)."""
    united = {}
    for base in names(os.path.join(top.path, "roster")):
        path = os.path.join(top.path, "roster", base)
        data = read(path) or b""
        if top.says("%s/roster/%s.age" % (top.folder, hash_of(data)), sha(data)) != "accepted": continue
        text = record(decrypt(path, top.key.file))
        for id in field(text, "id") or [base] if text else ():  # without an id it is one of its own
            latest = max((v.split(" ")[0] for v in filter(is_proof, field(text, "proven"))), default="")
            united.setdefault((text.split("\n")[0], id), set()).add((latest, hash_of(data), text))
    return [[text for _, _, text in sorted(records, reverse=True)] for records in united.values()]


def is_proof(value):
    words = value.split(" ")
    return len(words) in (3, 4) and "" not in words and is_time(words[0])


def roster_field(records, key):
    """The values of a key of one roster entry (F24)."""
    if key in ONCE: return field(records[0], key)
    values = {v for text in records for v in field(text, key)}
    if key == "proven":  # TIME COPY SEAL, and perhaps MEMBER
        values = {tuple(v.split(" ")[1:2] + v.split(" ")[3:]): v for v in sorted(filter(is_proof, values))}.values()
    return values


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
    values = [(key, value) for _, plain in seeds for key in show for value in field(plain, key)]
    for records in roster(top) if top and any(key.startswith("roster.") for key in show) else ():
        values += [(key, value) for key in show if key.startswith("roster.") for value in roster_field(records, key[7:])]
    return rows + sorted("field: %s %s" % (key, json.dumps(value, ensure_ascii=False)) for key, value in values)


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
    folder = tempfile.mkdtemp(dir=WORK)
    head = vector.unpack(file, folder)
    given = lambda key: [v for k, v in head if k == key]
    for needs in filter(shutil.which, given("needs")): TOOLS.update({"age": needs, "age-keygen": needs.replace("age", "age-keygen", 1)})
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
    text = lambda name: open(name, encoding="utf-8", newline="").read().rstrip("\n") if name else None
    if os.path.isdir(a.vault[0]):
        print("\n".join(main(a.vault[0], a.i, text(a.p), (text(a.s) or "").splitlines(), *a.pin, a.show)))
        sys.exit()
    alike = True
    for file in a.vault:
        rows, same = judge_vector(file)
        alike &= same
        print("\n".join((["vector: " + file] if a.vault[1:] else []) + rows))
    sys.exit(0 if alike else 1)
