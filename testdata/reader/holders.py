"""The ways in: holders' slots, key files that a passphrase opens, quorums."""
import os, re, unicodedata

import shares
from tools import decrypt, hash_of, holder_name, identities, keep, names, read, sha, unwrap


def holder_files(e, kind):
    """The files of one kind in the byte order of their paths (F44), each with its holder."""
    for holder in sorted(filter(holder_name, names(os.path.join(e.path, "holders"))), key=lambda h: h + "/"):
        for base in names(os.path.join(e.path, "holders", holder)):
            if base.startswith(kind) and read(os.path.join(e.path, "holders", holder, base)) is not None:
                yield holder, "%s/holders/%s/%s" % (e.folder, holder, base)


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
