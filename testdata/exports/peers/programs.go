package main

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha512"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/creack/pty"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/otpauth"
)

// run runs a program with something to read and returns what it says.
func (r *rig) run(input string, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Stdin = r.dir, strings.NewReader(input)
	cmd.Env = append(os.Environ(), "HOME="+r.dir, "GNUPGHOME="+r.path("gnupg"), "PASSWORD_STORE_DIR="+r.path("store"), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// keepassxc makes a database of the URIs in our CSV, has it exported both ways, and
// asks for the codes.
func keepassxc(r *rig) error {
	data, n, err := export("keepassxc", formats.WriteOptions{})
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return err
	}
	xml := `<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta/><Root><Group><UUID>lmU+9n0aeESKZvcEze+bRg==</UUID><Name>Root</Name>`
	for _, row := range rows[1:] {
		xml += "<Entry>"
		for i, key := range []string{"", "Title", "UserName", "Password", "URL", "Notes", "otp"} {
			if key != "" {
				xml += "<String><Key>" + key + "</Key><Value>" + html.EscapeString(row[i]) + "</Value></String>"
			}
		}
		xml += "</Entry>"
	}
	r.write("in.xml", []byte(xml+"</Group></Root></KeePassFile>"))
	if _, err := r.run(password+"\n"+password+"\n", "keepassxc-cli", "import", "-p", "-q", "in.xml", "keepassxc.kdbx"); err != nil {
		return err
	}
	for _, form := range []string{"csv", "xml"} {
		out, err := r.run(password+"\n", "keepassxc-cli", "export", "-q", "-f", form, "keepassxc.kdbx")
		if err != nil {
			return err
		}
		if err := r.takes("keepassxc-cli", r.write("keepassxc."+form, []byte(out)), "keepassxc", 0, 1, 3); err != nil {
			return err
		}
	}
	for _, row := range rows[1:] {
		if err := r.sameCode(row[6], "keepassxc-cli", "show", "-q", "-t", "keepassxc.kdbx", row[1]); err != nil {
			return err
		}
	}
	read("keepassxc-cli", "the URIs of keepassxc CSV", n)
	return nil
}

// sameCode compares the code that a program shows with ours, on either side of a
// change.
func (r *rig) sameCode(uri string, name string, args ...string) error {
	key, err := otpauth.Parse(uri)
	if err != nil {
		return err
	}
	before, err := key.Code(time.Now())
	if err != nil {
		return err
	}
	out, err := r.run(password+"\n", name, args...)
	if err != nil {
		return err
	}
	after, _ := key.Code(time.Now())
	if code := strings.TrimSpace(out); code != before && code != after {
		return fmt.Errorf("%s shows another code", name)
	}
	return nil
}

// otpclient writes OTPClient's database as its version 3 has it, and has it exported
// in all its ways. OTPClient asks for passwords at a terminal.
func otpclient(r *rig) error {
	var list []map[string]any
	for _, rec := range records() {
		k := rec.Key()
		t := map[string]any{"type": "TOTP", "label": k.Account(), "issuer": k.Issuer(), "digits": k.Digits(), "algo": string(k.Algorithm()), "period": int(k.Period().Seconds())}
		t["secret"] = strings.TrimPrefix(strings.Split(strings.Split(k.URI(), "secret=")[1], "&")[0], "")
		if k.Type() == otpauth.HOTP {
			t["type"], t["counter"] = "HOTP", k.Counter()
			delete(t, "period")
		}
		list = append(list, t)
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	head := bytes.Repeat([]byte("seedvault peers."), 3) // nonce and salt
	key, err := pbkdf2.Key(sha512.New, password, head[16:], 100000, 32)
	if err != nil {
		return err
	}
	block, _ := aes.NewCipher(key)
	gcm, _ := cipher.NewGCMWithNonceSize(block, 16)
	db := r.write("otpclient.enc", append(head, gcm.Seal(nil, head[:16], append(text, 0), head)...))
	if err := os.MkdirAll(r.path(".config"), 0o700); err != nil {
		return err
	}
	r.write(".config/otpclient.cfg", []byte("[config]\ndb_path="+db+"\nuse_secret_service=false\n"))
	for _, c := range []struct {
		kind, file, as, format string
		asks                   int
	}{
		{"aegis", "aegis_export_plain.json", "otpclient-aegis.json", "aegis", 1},
		{"freeotpplus", "freeotpplus-exports.txt", "otpclient-uris.txt", "uris", 1},
		// 3.1.4 has these two the wrong way round.
		{"andotp_encrypted", "andotp_exports.json", "otpclient-andotp.json", "andotp", 1},
		{"andotp_plain", "andotp_exports.json.aes", "otpclient-andotp.json.aes", "andotp", 2},
	} {
		if err := r.terminal(c.asks, "otpclient-cli", "export", "-t", c.kind, "-d", r.dir); err != nil {
			return err
		}
		if err := os.Rename(r.path(c.file), r.path(c.as)); err != nil {
			return err
		}
		if err := r.takes("otpclient-cli", r.path(c.as), c.format, 0, 1, 2, 3); err != nil {
			return err
		}
	}
	return r.takes("otpclient-cli", db, "otpclient", 0, 1, 2, 3)
}

// terminal runs a program at a terminal and answers its questions with the password.
func (r *rig) terminal(asks int, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "HOME="+r.dir)
	tty, err := pty.Start(cmd)
	if err != nil {
		return err
	}
	defer tty.Close()
	var said []byte
	buf := make([]byte, 4096)
	for answered := 0; ; {
		n, err := tty.Read(buf)
		said = append(said, buf[:n]...)
		if answered < asks && bytes.Count(said, []byte("password: ")) > answered {
			answered++
			time.Sleep(200 * time.Millisecond) // until it has turned the echo off
			fmt.Fprintln(tty, password)
		}
		if err != nil {
			break
		}
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, said)
	}
	return nil
}

func passOTP(r *rig) error {
	if err := os.MkdirAll(r.path("gnupg"), 0o700); err != nil {
		return err
	}
	if _, err := r.run("", "gpg", "--batch", "--passphrase", "", "--quick-generate-key", "peers@example.com", "default", "default", "never"); err != nil {
		return err
	}
	if _, err := r.run("", "pass", "init", "peers@example.com"); err != nil {
		return err
	}
	if _, err := r.run("hunter2\nuser: alice@example.com\n"+uris[0]+"\n", "pass", "insert", "-m", "acme"); err != nil {
		return err
	}
	if _, err := r.run(uris[2]+"\n", "pass", "otp", "insert", "counter"); err != nil {
		return err
	}
	for name, n := range map[string]int{"acme": 0, "counter": 2} {
		out, err := r.run("", "pass", "show", name)
		if err != nil {
			return err
		}
		format := map[string]string{"acme": "pass", "counter": "uris"}[name]
		if err := r.takes("pass otp", r.write("pass-"+name+".txt", []byte(out)), format, n); err != nil {
			return err
		}
	}
	return r.sameCode(uris[0], "pass", "otp", "acme")
}

// ageCLI opens our bundle with age itself.
func ageCLI(r *rig) error {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	data, n, err := export("age", formats.WriteOptions{Recipients: []age.Recipient{id.Recipient()}})
	if err != nil {
		return err
	}
	key := r.write("key.txt", []byte(id.String()+"\n"))
	out, err := r.run("", "age", "-d", "-i", key, r.write("bundle.age", data))
	if err != nil {
		return err
	}
	read("age", "age", n)
	return contains(out, uris...)
}

// zips packs Raivo's list as its app does, and a list of URIs in the old encryption.
func zips(r *rig) error {
	r.write("raivo-otp-export.json", []byte(`[{"issuer":"ACME","account":"alice@example.com","secret":"JBSWY3DPEHPK3PXP","algorithm":"SHA1","digits":"6","kind":"TOTP","timer":"30","counter":"0","pinned":"false","iconType":"","iconValue":""}]`))
	if _, err := r.run("", "7z", "a", "-tzip", "-mem=AES256", "-p"+password, "raivo.zip", "raivo-otp-export.json"); err != nil {
		return err
	}
	if err := r.takes("7z", r.path("raivo.zip"), "raivo", 0); err != nil {
		return err
	}
	r.write("winauth.txt", []byte(uris[0]+"\n"))
	if _, err := r.run("", "zip", "-P", password, "winauth.zip", "winauth.txt"); err != nil {
		return err
	}
	return r.refused("zip", "winauth.zip", exchange.ZipCrypto)
}

func (r *rig) refused(program, file string, reason exchange.Reason) error {
	data, err := os.ReadFile(r.path(file))
	if err != nil {
		return err
	}
	_, err = formats.Read(formats.NewFile(file, data), formats.Options{})
	if e, ok := err.(*exchange.Error); !ok || e.Reason != reason {
		return fmt.Errorf("%s: %v", file, err)
	}
	if r.keep != "" && len(data) < 5000 {
		r.keepFile(file, data)
	}
	fmt.Printf("%-26s wrote %-26s refused: %s\n", program, file, reason)
	return nil
}

func gpg(r *rig) error {
	if _, err := r.run(uris[0]+"\n", "gpg", "--batch", "--trust-model", "always", "-e", "-r", "peers@example.com", "-o", "message.gpg"); err != nil {
		return err
	}
	if err := r.refused("gpg", "message.gpg", exchange.OpenPGP); err != nil {
		return err
	}
	return r.refused("keepassxc-cli", "keepassxc.kdbx", exchange.KDBX)
}
