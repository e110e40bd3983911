// SSH signatures as ssh-keygen -Y sign writes them with Ed25519 and SHA-512
// (OpenSSH's PROTOCOL.sshsig), and the equation as RFC 8032, 5.1.7, has it.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { bytesOf, fromBase64, join, same, textOf, toBase64 } from "./bytes.js";

const BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
const END = "\n-----END SSH SIGNATURE-----\n";
const ORDER = ed25519.Point.Fn.ORDER;

/** A field as SSH's wire format has it (RFC 4251, section 5). */
function field(bytes) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return join(length, bytes);
}

const word = (text) => field(bytesOf(text));
const keyBlob = (key) => join(word("ssh-ed25519"), field(key));

/** A public key in OpenSSH form, "ssh-ed25519 AAAA...". */
export function publicKey(key) {
  return "ssh-ed25519 " + toBase64(keyBlob(key));
}

/** The 32 bytes of a key that publicKey gave, or null for any other text. */
export function keyOf(text) {
  const blob = text.startsWith("ssh-ed25519 ") ? fromBase64(text.slice(12)) : null;
  const key = blob?.slice(-32);
  return key?.length === 32 && publicKey(key) === text ? key : null;
}

/** The Ed25519 public key of a seed, in OpenSSH form. */
export function signerOf(seed) {
  return publicKey(ed25519.getPublicKey(seed));
}

/** Says whether armored is exactly the signature that the signer makes of a message. */
export function verify(signer, namespace, message, armored) {
  const key = keyOf(signer);
  const text = textOf(armored);
  if (!key || !text?.startsWith(BEGIN) || !text.endsWith(END)) return false;
  const blob = fromBase64(text.slice(BEGIN.length, -END.length).replaceAll("\n", ""));
  if (!blob || blob.length < 64) return false;
  const signature = blob.slice(-64);
  if (armor(envelope(key, namespace, signature)) !== text) return false;
  return holds(key, signedData(namespace, message), signature);
}

function signedData(namespace, message) {
  return join(bytesOf("SSHSIG"), word(namespace), word(""), word("sha512"), field(sha512(message)));
}

function envelope(key, namespace, signature) {
  const version = Uint8Array.of(0, 0, 0, 1);
  const inner = field(join(word("ssh-ed25519"), field(signature)));
  return join(bytesOf("SSHSIG"), version, field(keyBlob(key)), word(namespace), word(""), word("sha512"), inner);
}

function armor(blob) {
  return (
    BEGIN +
    toBase64(blob)
      .match(/.{1,70}/g)
      .join("\n") +
    END
  );
}

const little = (bytes) => bytes.reduceRight((n, b) => (n << 8n) | BigInt(b), 0n);

// Without the cofactor, S below the order, and R compared byte for byte: noble's
// own verify multiplies by the cofactor.
function holds(key, message, signature) {
  const s = little(signature.slice(32));
  if (s >= ORDER) return false;
  try {
    const a = ed25519.Point.fromBytes(key, true);
    const k = little(sha512(join(signature.slice(0, 32), key, message))) % ORDER;
    const sb = s === 0n ? ed25519.Point.ZERO : ed25519.Point.BASE.multiplyUnsafe(s);
    return same(sb.add(a.negate().multiplyUnsafe(k)).toBytes(), signature.slice(0, 32));
  } catch {
    return false;
  }
}
