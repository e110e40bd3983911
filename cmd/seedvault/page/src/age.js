// age files (https://c2sp.org/age), by typage; scrypt apart, which runs here so that
// its progress shows and the work factor has FORMAT.md's bounds.
import { Decrypter, identityToRecipient } from "age-encryption";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64nopad } from "@scure/base";
import { bytesOf, join, sum, textOf } from "./bytes.js";
import { identitiesIn } from "./paper.js";
import { signerOf } from "./sshsig.js";

// typage falls back to its own X25519 where there is no crypto.subtle only if asking
// for it fails in the way that it knows.
if (globalThis.crypto && !globalThis.crypto.subtle) {
  const fail = async () => {
    throw new DOMException("", "NotSupportedError");
  };
  Object.defineProperty(globalThis.crypto, "subtle", { value: { importKey: fail, deriveBits: fail } });
}

/** What opens files for an identity of age's own. */
export function opener(identity) {
  const d = new Decrypter();
  d.addIdentity(identity);
  return async (file) => {
    try {
      return await d.decrypt(file);
    } catch {
      return null; // not for this key, or damaged: the reader treats both alike
    }
  };
}

/** An identity with its recipient and, for a vault's own, its signer. */
export async function keyOf(identity) {
  const seed = hkdf(
    sha256,
    bytesOf(identity.toUpperCase()),
    undefined,
    bytesOf("seedvault/v1 signing key ed25519"),
    32,
  );
  const recipient = await identityToRecipient(identity);
  return { identity, recipient, recipientSum: sum(bytesOf(recipient)), signer: signerOf(seed), open: opener(identity) };
}

/** The work factor of a file that a passphrase opens, or 0. */
export function workFactor(file) {
  const header = textOf(file.slice(0, 100).map((b) => (b < 128 ? b : 63)));
  const m = /^age-encryption[.]org\/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n/.exec(header);
  return m ? Number(m[1]) : 0;
}

/** The kinds of recipients that a file is for, by the first words of its stanzas. */
export function stanzas(file) {
  const header = new TextDecoder("latin1").decode(file.slice(0, 16 << 10)).split("\n--- ")[0];
  return [...header.matchAll(/^-> (\S+)/gm)].map((m) => m[1]);
}

/**
 * The identities in a file that a passphrase encrypts; [] if it does not. progress
 * is called with the share of the work that is done. It throws RangeError where
 * the browser has not the memory for it.
 */
export async function unlock(file, passphrase, progress) {
  const d = new Decrypter();
  let noMemory = null;
  d.addIdentity({
    unwrapFileKey(list) {
      if (list.length !== 1 || list[0].args[0] !== "scrypt" || list[0].args.length !== 3) return null;
      try {
        return unwrap(list[0], passphrase, progress);
      } catch (e) {
        noMemory = e instanceof RangeError ? e : null;
        throw e;
      }
    },
  });
  try {
    return identitiesIn(textOf(await d.decrypt(file)));
  } catch {
    if (noMemory) throw noMemory;
    return [];
  }
}

function unwrap(stanza, passphrase, onProgress) {
  const salt = base64nopad.decode(stanza.args[1]);
  const logN = Number(stanza.args[2]);
  if (salt.length !== 16 || stanza.body.length !== 32) return null;
  const N = 2 ** logN;
  const options = { N, r: 8, p: 1, dkLen: 32, maxmem: 1024 * (N + 2), onProgress };
  const key = scrypt(bytesOf(passphrase), join(bytesOf("age-encryption.org/v1/scrypt"), salt), options);
  try {
    return chacha20poly1305(key, new Uint8Array(12)).decrypt(stanza.body);
  } catch {
    return null;
  }
}
