"""Vectors: a vault and what a reader must make of it, in one text.

The text begins with lines "KEY: VALUE". Then come members, as in a txtar archive: "-- PATH --" and the
file's lines, or "-- PATH base64 --" and the file in base64. The vault's files have paths that begin
with vault/; a member ssh.key is the holder's private key.
"""
import base64, os, re


def unpack(file, folder):
    """Writes the members into folder, and returns the lines before them as a list of (key, value)."""
    text = open(file, encoding="utf-8", newline="").read()
    head, *members = re.split(r"^-- (.+?)( base64)? --\n", text, flags=re.M)
    for path, packed, body in zip(*[iter(members)] * 3):
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f: f.write(base64.b64decode(body) if packed else body.encode())
    return [tuple(line.split(": ", 1)) for line in head.splitlines()]
