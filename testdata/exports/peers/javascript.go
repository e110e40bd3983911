package main

import (
	"os"
	"path/filepath"

	"seedvault/escrow/exchange/formats"
)

func (r *rig) keepFile(name string, data []byte) {
	if err := os.WriteFile(filepath.Join(r.keep, name), data, 0o644); err != nil {
		panic(err)
	}
}

// libsodium has the library itself make an export of Ente's.
func libsodium(r *rig) error {
	source := r.write("ente.c", []byte(enteSource))
	if _, err := r.run("", "gcc", "-o", "ente", source, "-lsodium"); err != nil {
		return err
	}
	out, err := r.run(password+"\n"+uris[0]+"\n"+uris[1]+"\n"+uris[2]+"\n", r.path("ente"))
	if err != nil {
		return err
	}
	return r.takes("libsodium", r.write("ente-libsodium.json", []byte(out)), "ente", 0, 1, 2)
}

// enteSource reads a password from the first line and a list from the others.
const enteSource = `
#include <sodium.h>
#include <stdio.h>
#include <string.h>

int main(void) {
	char password[200], list[4000] = "", b64[8000];
	unsigned char salt[crypto_pwhash_SALTBYTES], key[32], header[crypto_secretstream_xchacha20poly1305_HEADERBYTES], sealed[5000];
	unsigned long long length;
	crypto_secretstream_xchacha20poly1305_state state;
	if (sodium_init() < 0 || !fgets(password, sizeof password, stdin)) return 1;
	password[strcspn(password, "\n")] = 0;
	fread(list, 1, sizeof list - 1, stdin);
	randombytes_buf(salt, sizeof salt);
	if (crypto_pwhash(key, sizeof key, password, strlen(password), salt, 2, 16 << 20, crypto_pwhash_ALG_ARGON2ID13)) return 1;
	crypto_secretstream_xchacha20poly1305_init_push(&state, header, key);
	crypto_secretstream_xchacha20poly1305_push(&state, sealed, &length, (unsigned char *)list, strlen(list), NULL, 0, 0);
	sodium_bin2base64(b64, sizeof b64, salt, sizeof salt, sodium_base64_VARIANT_ORIGINAL);
	printf("{\"version\":1,\"kdfParams\":{\"memLimit\":%d,\"opsLimit\":2,\"salt\":\"%s\"},", 16 << 20, b64);
	sodium_bin2base64(b64, sizeof b64, sealed, length, sodium_base64_VARIANT_ORIGINAL);
	printf("\"encryptedData\":\"%s\",", b64);
	sodium_bin2base64(b64, sizeof b64, header, sizeof header, sodium_base64_VARIANT_ORIGINAL);
	printf("\"encryptionNonce\":\"%s\"}\n", b64);
	return 0;
}
`

// node opens our encrypted Aegis vault by the words of Aegis' document, with nothing
// of ours and nothing of Go's.
func node(r *rig) error {
	data, n, err := export("aegis-encrypted", formats.WriteOptions{Password: func() string { return password }})
	if err != nil {
		return err
	}
	r.write("aegis-encrypted.json", data)
	out, err := r.run(password, "node", r.write("aegis.js", []byte(aegisSource)))
	if err != nil {
		return err
	}
	read("node", "aegis-encrypted", n)
	return contains(out, `"JBSWY3DPEHPK3PXP"`, `"SHA256"`, `"counter":7`, `"steam"`)
}

const aegisSource = `
const fs = require("fs"), crypto = require("crypto");
const hex = (s) => Buffer.from(s, "hex");
const open = (key, p, text) => {
	const d = crypto.createDecipheriv("aes-256-gcm", key, hex(p.nonce));
	d.setAuthTag(hex(p.tag));
	return Buffer.concat([d.update(text), d.final()]);
};
const file = JSON.parse(fs.readFileSync("aegis-encrypted.json"));
const slot = file.header.slots.find((s) => s.type === 1);
const derived = crypto.scryptSync(fs.readFileSync(0), hex(slot.salt), 32, { N: slot.n, r: slot.r, p: slot.p, maxmem: 1 << 30 });
const db = open(open(derived, slot.key_params, hex(slot.key)), file.header.params, Buffer.from(file.db, "base64"));
console.log(JSON.stringify(JSON.parse(db)));
`

// migration has gauth-decode, a JavaScript package, take our export codes apart.
func migration(r *rig) error {
	data, n, err := export("google", formats.WriteOptions{})
	if err != nil {
		return err
	}
	r.write("google.txt", data)
	if err := os.MkdirAll(r.path("npm"), 0o700); err != nil {
		return err
	}
	if _, err := r.run("", "npm", "--prefix", r.path("npm"), "install", "--silent", "--no-fund", "--no-audit", "gauth-decode@0.1.1"); err != nil {
		return err
	}
	out, err := r.run("", "node", r.write("npm/google.mjs", []byte(migrationSource)))
	if err != nil {
		return err
	}
	read("gauth-decode", "google", n)
	return contains(out, `"JBSWY3DPEHPK3PXP"`, "alice@example.com", `"ACME"`, "OTP_HOTP", `"Counter"`)
}

const migrationSource = `
import decode from "gauth-decode";
import fs from "fs";
for (const uri of fs.readFileSync("google.txt", "utf8").trim().split("\n")) {
	console.log(JSON.stringify(await decode.decodeMigrationUri(uri)));
}
`
