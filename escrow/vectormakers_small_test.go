package escrow

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/text/unicode/norm"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/key/keytest"
	"seedvault/escrow/roster"
)

// smallVectorMakers build the vectors of one way in: a sheet of paper, unless
// they say otherwise.
var smallVectorMakers = map[string]func(f *fixture, v *vector){
	"good-ssh-ed25519": func(f *fixture, v *vector) {
		v.comment, v.rule = "opened by an ssh-ed25519 key", "F16"
		_, private, err := ed25519.GenerateKey(rand.Reader)
		must(f.t, err)
		f.addSSHHolder(v, private.Public().(ed25519.PublicKey), private)
		f.sealed(1)
	},
	"good-ssh-rsa": func(f *fixture, v *vector) {
		v.comment, v.rule = "opened by an ssh-rsa key", "F16"
		private, err := rsa.GenerateKey(rand.Reader, 2048)
		must(f.t, err)
		f.addSSHHolder(v, private.Public(), private)
		f.sealed(1)
	},
	"good-work-factor-18": func(f *fixture, v *vector) {
		v.comment, v.rule = "a passphrase at the work factor that is written", "F18"
		defer keytest.SetWorkFactor(18)()
		f.addWords(v, passphrase)
		f.sealed(1)
	},
	"passphrase-more-spaces": func(f *fixture, v *vector) {
		v.comment, v.rule = "typed with more white space than it has", "F18"
		f.addWords(v, passphrase)
		v.passphrase = "  " + strings.ReplaceAll(passphrase, " ", "   ")
		f.sealed(1)
	},
	"passphrase-decomposed": func(f *fixture, v *vector) {
		v.comment, v.rule = "typed with its accents as characters of their own", "F18"
		f.addWords(v, norm.NFC.String("crème brûlée à l'étage"))
		v.passphrase = norm.NFD.String("crème brûlée à l'étage")
		f.sealed(1)
	},
	"key-file-planted": func(f *fixture, v *vector) {
		v.comment, v.rule = "a key file in no seal, for a passphrase that somebody else knows", "F17"
		h := f.addWords(v, passphrase)
		v.passphrase = "another passphrase of somebody"
		planted, err := key.Lock(h, v.passphrase)
		must(f.t, err)
		_, err = write(f.fsys, f.folder()+"/holders/words", "key-", planted)
		must(f.t, err)
	},
	"key-file-after-seals-were-lost": func(f *fixture, v *vector) {
		v.comment, v.rule = "no seal is left: a key file is tried all the same, and nothing is accepted", "F17"
		f.addWords(v, passphrase)
		f.sealed(1)
		f.remove(f.folder() + "/seals")
	},
	"slot-of-two-identities": func(f *fixture, v *vector) {
		v.comment, v.rule = "the only slot holds the vault identity and one more", "F16"
		f.sealed(1)
		other, _ := vaultkey.Generate(false)
		f.onlySlot(f.unlock().reader.pinnedKey().Secret() + "\n" + other.Secret() + "\n")
	},
	"slot-with-comments": func(f *fixture, v *vector) {
		v.comment, v.rule = "a slot with comments and an empty line, as age-keygen writes them", "F16"
		f.sealed(1)
		f.onlySlot("# created: 2026-11-22T10:00:00Z\n\n" + f.unlock().reader.pinnedKey().Secret() + "\n")
	},
	"slot-of-a-plugin": func(f *fixture, v *vector) {
		v.comment, v.rule = "the only slot names a plugin", "F14"
		f.sealed(1)
		f.onlySlot("AGE-PLUGIN-YUBIKEY-1QQPQZ\n")
	},
	"holder-with-an-odd-name": func(f *fixture, v *vector) {
		v.comment, v.rule = "the only slot lies in a folder that is no holder's name", "F4"
		f.sealed(1)
		must(f.t, os.Rename(f.path(f.folder()+"/holders/paper"), f.path(f.folder()+"/holders/paper.old")))
	},
	"epoch-with-an-odd-name": func(f *fixture, v *vector) {
		v.comment, v.rule = "copies of the epoch under names that are no epoch's", "F1"
		f.deposit(f.seed(1))
		for _, name := range []string{"0" + f.folder(), f.folder() + " (1)", "copy-" + f.folder()} {
			must(f.t, os.CopyFS(f.path(name), os.DirFS(f.path(f.folder()))))
		}
		f.remove(f.folder() + "/seeds")
	},
	"vault-txt-with-x-lines": func(f *fixture, v *vector) {
		v.comment, v.rule = "lines of a later version in vault.txt", "F10"
		f.rebuild(v, func(text string) string { return text + "x-later anything\nx-more 1 2 3\n" })
		f.sealed(1)
	},
	"vault-txt-in-another-order": func(f *fixture, v *vector) {
		v.comment, v.rule = "a vault.txt that fits its folder, with two lines in another order", "F10"
		f.rebuild(v, func(text string) string {
			l := strings.SplitAfter(text, "\n")
			return l[0] + l[1] + l[3] + l[2] + l[4]
		})
	},
	"vault-txt-of-another-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "a vault.txt that fits its folder's FP16, and not its N", "F10"
		f.rebuild(v, func(text string) string { return strings.Replace(text, "epoch 1", "epoch 2", 1) })
	},
	"record-with-escapes": func(f *fixture, v *vector) {
		v.comment, v.rule, v.show = "escapes, a key twice that may not repeat, keys that no version knows", "F21", "name note x-later"
		f.acceptPlain("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\nname first\nnote a\\nb\\r\\\\n\\t c\\\nname second\nx-later  two spaces \nnote second\n\n")
	},
	"record-with-an-odd-line": func(f *fixture, v *vector) {
		v.comment, v.rule, v.show = "lines that are not KEY VALUE among those that are", "F20", "name note"
		f.acceptPlain("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\nNAME x\nnote\n name y\nname z\n\n")
	},
	"record-without-padding": func(f *fixture, v *vector) {
		v.comment, v.rule, v.show = "written by hand: no padding, no empty line, no last line end", "F23", "note"
		f.acceptPlain("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\nnote by hand")
	},
	"record-without-line-1": func(f *fixture, v *vector) {
		v.comment, v.rule = "an accepted plaintext whose first line is empty", "F19"
		f.acceptPlain("\notpauth://totp/x?secret=JBSWY3DPEHPK3PXP\n\n")
	},
	"record-with-cr": func(f *fixture, v *vector) {
		v.comment, v.rule = "an accepted plaintext with CR LF", "F19"
		f.acceptPlain("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\r\nid 1\r\n\r\n")
	},
	"seal-without-last-line-end": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal whose last line has no line end", "F26"
		f.sealEdited(func(text string) string { return strings.TrimSuffix(text, "\n") })
	},
	"seal-with-an-empty-line": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal with one line that is nothing", "F26"
		f.sealEdited(func(text string) string { return text + "\n" })
	},
	"seal-of-another-number": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal whose line 1 has another number than its name", "F26"
		f.sealEdited(func(text string) string { return strings.Replace(text, "seal 0003", "seal 0004", 1) })
	},
	"seal-of-another-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal whose line 1 has another epoch than its folder", "F26"
		f.sealEdited(func(text string) string { return strings.Replace(text, "epoch 1", "epoch 2", 1) })
	},
	"seal-by-no-name": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal by what is no holder's name", "F26"
		f.sealEdited(func(text string) string { return strings.Replace(text, "by paper", "by con", 1) })
	},
	"seal-unsorted": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal with its lines in another order: it counts", "F26"
		f.sealEdited(func(text string) string {
			l := strings.SplitAfter(text, "\n")
			return l[0] + l[len(l)-2] + strings.Join(l[1:len(l)-2], "")
		})
	},
	"seal-with-a-path-twice": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal that lists one path twice", "F27"
		f.sealEdited(func(text string) string {
			l := strings.SplitAfter(text, "\n")
			return text + l[len(l)-2]
		})
	},
	"seal-with-a-path-upwards": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal with a path that leaves the vault", "F27"
		f.sealEdited(func(text string) string { return text + strings.Repeat("0", 64) + "  ../x\n" })
	},
	"seal-that-retires-what-it-lists": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal that lists a file and retires it", "F51"
		f.sealEdited(func(text string) string {
			l := strings.SplitAfter(text, "\n")
			sum, path, _ := strings.Cut(strings.TrimSuffix(l[len(l)-2], "\n"), "  ")
			return l[0] + "# retired " + path + " " + sum + "\n" + strings.Join(l[1:], "")
		})
	},
	"seal-with-an-include-twice": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal with one line twice", "F51"
		f.sealEdited(func(text string) string { return insert(text, strings.Repeat("# includes "+absentHash+"\n", 2)) })
	},
	"seal-for-another-purpose": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal signed under the namespace of epochs", "F25"
		r := f.deposit(f.seed(1))
		f.resign(sealWith(f, func(s *format.Seal) { s.Accept(r) }), func(key *vaultkey.Key, text []byte) []byte {
			return key.Sign(epochs.Namespace, text)
		})
	},
	"seal-signature-of-other-columns": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signature in lines of 76 characters, which ssh-keygen verifies and never writes", "F25"
		r := f.deposit(f.seed(1))
		f.resign(sealWith(f, func(s *format.Seal) { s.Accept(r) }), func(key *vaultkey.Key, text []byte) []byte {
			l := strings.Split(strings.TrimSpace(string(signSeal(key, text))), "\n")
			body := strings.Join(l[1:len(l)-1], "")
			return []byte(l[0] + "\n" + body[:76] + "\n" + body[76:152] + "\n" + body[152:228] + "\n" + body[228:] + "\n" + l[len(l)-1] + "\n")
		})
	},
	"seals-of-one-number": func(f *fixture, v *vector) {
		v.comment, v.rule = "two machines sealed at once: both lists count", "F30"
		other := f.clone()
		f.sealed(1)
		o := other.unlock()
		must(f.t, o.Accept(other.deposit(f.seed(7))))
		other.seal(o)
		overlay(f.t, f, other)
	},
	"seal-of-another-content": func(f *fixture, v *vector) {
		v.comment, v.rule = "two seals accept one path with different SHA-256: both count", "F30"
		r := f.deposit(f.seed(1))
		other := f.clone()
		sealWith(f, func(s *format.Seal) { s.Files[r.Path] = [32]byte{1} })
		sealWith(other, func(s *format.Seal) { s.Number = 3; s.Accept(r) })
		overlay(f.t, f, other)
	},
	"late-and-removed": func(f *fixture, v *vector) {
		v.comment, v.rule = "what was removed comes back from a machine that was away, in another file", "F41"
		l, rs := f.rotated(v, 2)
		e := f.entries()
		l.carried(rs[0], l.carry(e[0].Seed))
		l.carried(rs[1], l.carry(e[1].Seed))
		l.finish()
		p := l.pinned()
		o := p.unlock()
		entries, _ := seedsOf(f.t, o)
		must(f.t, o.Retire(entries[1]))
		p.seal(o)
		l.unaware().deposit(e[1].Seed)
	},
	"late-beside-a-carried-one": func(f *fixture, v *vector) {
		v.comment, v.rule = "carried and dropped, not arrived, so it lives: its late twin stays in sight", "F41"
		l, rs := f.rotated(v, 1)
		e := f.entries()
		coming := l.carry(e[0].Seed)
		l.carried(rs[0], coming)
		l.dropped(rs[0])
		l.finish()
		f.remove(coming.Path)
		l.unaware().deposit(e[0].Seed)
	},
	"older-seals-go-on": func(f *fixture, v *vector) {
		v.comment, v.rule = "a former holder goes on sealing in the older epoch", "F42"
		l, rs := f.rotated(v, 1)
		to := l.carry(f.entries()[0].Seed)
		l.carried(rs[0], to)
		l.finish()
		f.remove(to.Path) // the older file speaks for itself, and may not be retired there
		o := f.unlock()
		entries, _ := seedsOf(f.t, o)
		must(f.t, o.Retire(entries[0]))
		must(f.t, o.Accept(l.unaware().deposit(f.seed(7))))
		f.seal(o)
	},
	"older-list-with-a-bad-line": func(f *fixture, v *vector) {
		v.comment, v.rule = "a sealed older list with a line that does not parse", "F39"
		l, rs := f.rotated(v, 1)
		l.dropped(rs[0])
		l.lines = append(l.lines, "moved x y")
		l.finish()
	},
	"older-epoch-without-vault-txt": func(f *fixture, v *vector) {
		v.comment, v.rule = "a sealed old.age vouches for an epoch whose vault.txt is gone", "F44"
		l, rs := f.rotated(v, 2)
		l.dropped(rs[0])
		l.finish()
		f.remove(f.folder() + "/vault.txt")
	},
	"older-epoch-by-old-age": func(f *fixture, v *vector) {
		v.comment, v.rule = "an older epoch with no slot for this holder opens by old.age", "F43"
		l, _ := f.rotated(v, 1)
		l.finish()
		f.remove(f.folder() + "/holders")
	},
	"joined-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "an epoch that a seal of the pinned one joins, with what it follows", "F37"
		other := f.follow() // a colleague's rotation, at the same time
		other.begin()
		other.carry(f.seed(7))
		other.finish()
		l := f.follow()
		l.older = append(l.older, other.key)
		l.begin()
		l.joined = []Fingerprint{other.pin.Fingerprint}
		l.finish()
		v.pin = l.pin.Fingerprint.Hex() + " " + l.pin.Recipient
	},
	"unpinned-epochs": func(f *fixture, v *vector) {
		v.comment, v.rule = "two epochs and no pin: each speaks for itself, equals once", "F36"
		l, rs := f.rotated(v, 2)
		l.carried(rs[0], l.carry(f.entries()[0].Seed))
		l.dropped(rs[1])
		l.carry(f.seed(7))
		l.finish()
		v.pin = ""
	},
	"pinned-epoch-does-not-open": func(f *fixture, v *vector) {
		v.comment, v.rule = "the pinned epoch has no slot for this holder, the one before has", "F50"
		l, rs := f.rotated(v, 1)
		l.dropped(rs[0])
		l.finish()
		f.remove(l.builder.Folder + "/holders")
	},
	"newer-epoch-beside": func(f *fixture, v *vector) {
		v.comment, v.rule = "an epoch of format 2 beside one that is known", "F11"
		f.sealed(1)
		l := f.follow()
		l.begin()
		l.carry(f.seed(7))
		l.finish()
		f.change(l.builder.Folder+"/vault.txt", func(b []byte) []byte { return bytes.Replace(b, []byte("seedvault 1"), []byte("seedvault 2"), 1) })
		text, err := os.ReadFile(f.path(l.builder.Folder + "/vault.txt"))
		must(f.t, err)
		must(f.t, os.Rename(f.path(l.builder.Folder), f.path(format.EpochFolder(2, format.Sum(text)))))
	},
}

// addSSHHolder gives a key pair a slot, and the vector its private half.
func (f *fixture) addSSHHolder(v *vector, public, private any) {
	f.t.Helper()
	key, err := ssh.NewPublicKey(public)
	must(f.t, err)
	h, err := KeyHolder("ssh", key.Type()+" "+base64.StdEncoding.EncodeToString(key.Marshal()))
	must(f.t, err)
	f.addHolder(h)
	block, err := ssh.MarshalPrivateKey(private, "")
	must(f.t, err)
	v.identity, v.key = "", string(pem.EncodeToMemory(block))
}

// addWords adds a passphrase holder, whose identity it returns.
func (f *fixture) addWords(v *vector, typed string) *key.Pair {
	f.t.Helper()
	h, pair, err := generatedHolder("words", roster.KindPassphrase, false)
	must(f.t, err)
	file, err := key.Lock(pair, typed)
	must(f.t, err)
	h.own = []ownFile{{"key-", file}}
	f.addHolder(h)
	v.identity, v.passphrase = "", typed
	return pair
}

// addHolder writes a holder into the vault and seals it.
func (f *fixture) addHolder(h NewHolder) {
	f.t.Helper()
	b := newStaged(f.fsys, 1, f.pin, f.unlock().reader.pinnedKey(), testTime, "paper")
	b.Temp = b.Folder
	must(f.t, putHolder(b, h, Pin{}))
	sealWith(f, func(s *format.Seal) {
		for path, sum := range b.Seal.Files {
			s.Accept(format.Ref{Path: path, Sum: sum})
		}
	})
}

// onlySlot replaces the paper holder's slot by one of another content, sealed.
func (f *fixture) onlySlot(text string) {
	f.t.Helper()
	to, _, err := key.ParseRecipient(f.paperRecipient())
	must(f.t, err)
	file, err := key.Encrypt(to, []byte(text))
	must(f.t, err)
	o := f.unlock()
	f.remove(f.folder() + "/holders/paper")
	r, err := write(f.fsys, f.folder()+"/holders/paper", "slot-", file)
	must(f.t, err)
	s := o.changes.nextSeal(o.reader.view.Pinned(), testTime)
	for path, sum := range s.Files {
		if strings.Contains(path, "/holders/paper/") {
			s.Retire(format.Ref{Path: path, Sum: sum})
		}
	}
	s.Accept(r)
	f.putSeal(o, s.Marshal(), s.Number)
}

// putSeal signs a text and writes both.
func (f *fixture) putSeal(o *Opened, text []byte, number int) {
	f.t.Helper()
	name := f.folder() + "/seals/" + format.SealFile(number, format.Hash(format.Sum(text)))
	must(f.t, os.WriteFile(f.path(name), text, 0o600))
	must(f.t, os.WriteFile(f.path(name+".sig"), signSeal(o.reader.pinnedKey(), text), 0o600))
}

// sealEdited deposits a seed and signs a list with it that was changed first.
func (f *fixture) sealEdited(edit func(string) string) {
	f.t.Helper()
	r := f.deposit(f.seed(1))
	o := f.unlock()
	s := o.changes.nextSeal(o.reader.view.Pinned(), testTime)
	s.Accept(r)
	f.putSeal(o, []byte(edit(string(s.Marshal()))), s.Number)
}

// acceptPlain encrypts a plaintext as it stands and seals it.
func (f *fixture) acceptPlain(plain string) {
	f.t.Helper()
	file, err := f.unlock().reader.pinnedKey().Encrypt([]byte(plain))
	must(f.t, err)
	r, err := write(f.fsys, f.folder()+"/seeds", "", file)
	must(f.t, err)
	sealWith(f, func(s *format.Seal) { s.Accept(r) })
}

// rotated seals n seeds and begins the epoch that follows, which is pinned then.
func (f *fixture) rotated(v *vector, n int) (*laterEpoch, []Receipt) {
	f.t.Helper()
	rs := f.sealed(n)
	l := f.follow()
	l.begin()
	v.pin = l.pin.Fingerprint.Hex() + " " + l.pin.Recipient
	return l, rs
}

// rebuild makes the vault anew with a vault.txt that was changed first, in a
// folder that fits it.
func (f *fixture) rebuild(v *vector, edit func(string) string) {
	f.t.Helper()
	key := f.unlock().reader.pinnedKey()
	paper, err := KeyHolder("paper", f.paperRecipient())
	must(f.t, err)
	f.remove(f.folder())
	text := edit(string(format.Descriptor{Epoch: 1, Signer: key.Signer, RecipientSum: key.RecipientSum()}.Marshal()))
	f.pin = Pin{format.Sum([]byte(text)), key.Public(), nil}
	b := newStaged(f.fsys, 1, f.pin, key, testTime, "paper")
	b.Temp = b.Folder
	must(f.t, b.Put("vault.txt", []byte(text)))
	must(f.t, putHolder(b, paper, Pin{}))
	plain, err := f.seed(3).plaintext()
	must(f.t, err)
	file, err := key.Encrypt(plain)
	must(f.t, err)
	must(f.t, b.Put(fmt.Sprintf("seeds/%s.age", format.Hash(format.Sum(file))), file))
	must(f.t, b.PutSeals())
	v.pin = f.pin.Fingerprint.Hex() + " " + f.pin.Recipient
}

func newSmallVectorVault(t *testing.T) (*fixture, string) {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.fsys = openDir(t, f.dir)
	must(t, os.WriteFile(f.path(readmeName), []byte("A vector of the seedvault format.\n"), 0o600))
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	f.paper, err = key.ParseIdentity(secret)
	must(t, err)
	f.pin, err = Create(f.fsys, CreateOptions{Holders: []NewHolder{paper}, Now: testTime})
	must(t, err)
	return f, secret
}
