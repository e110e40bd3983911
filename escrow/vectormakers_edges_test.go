package escrow

import (
	"encoding/base64"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/roster"
)

// edgeVectorMakers build vectors of what readers take for the same and is not: numbers that
// are compared as text, ties, bytes that are not UTF-8, and what is just outside of a form.
var edgeVectorMakers = map[string]func(f *fixture, v *vector){
	"newer-format-not-utf-8": func(f *fixture, v *vector) {
		v.comment, v.rule = "the first line alone says that a format is newer, and what follows is no text", "F11"
		f.rebuild(v, func(text string) string { return "seedvault 2\n\xff\n" })
		v.pin = ""
		f.remove(f.folder() + "/holders")
	},
	"vault-txt-with-a-key-of-33-bytes": func(f *fixture, v *vector) {
		v.comment, v.rule = "an Ed25519 signer whose length is not 32", "F10"
		f.rebuild(v, func(text string) string {
			_, after, _ := strings.Cut(text, "\nrecipient-sha256")
			return "seedvault 1\nepoch 1\nsigner ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "Q" + strings.Repeat("A", 42) + "\nrecipient-sha256" + after
		})
	},
	"seal-of-the-year-0": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal of the 29th of February of the year 0, which is a day of the calendar", "F26"
		f.sealEdited(func(text string) string {
			return strings.Replace(text, format.Time(testTime), "0000-02-29T23:59:59Z", 1)
		})
	},
	"seal-of-a-leap-second": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal of a second 60", "F26"
		f.sealEdited(func(text string) string {
			return strings.Replace(text, format.Time(testTime), "2016-12-31T23:59:60Z", 1)
		})
	},
	"seal-with-a-zero-too-many": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal whose number has five digits and begins with 0", "F26"
		r := f.deposit(f.seed(1))
		o := f.unlock()
		text := fmt.Sprintf("# seedvault seal 00009 epoch 1 %s by paper\n%x  %s\n", format.Time(testTime), r.Sum, r.Path)
		name := f.folder() + "/seals/00009-" + format.Hash(format.Sum([]byte(text))) + ".txt"
		must(f.t, os.WriteFile(f.path(name), []byte(text), 0o600))
		must(f.t, os.WriteFile(f.path(name+".sig"), signSeal(o.reader.pinnedKey(), []byte(text)), 0o600))
	},
	"seals-of-five-digits": func(f *fixture, v *vector) {
		v.comment, v.rule = "seals 9999 and 10000, of which the later includes the earlier and retires its file", "F33"
		r := f.deposit(f.seed(1))
		hash := f.bareSeal(9999, func(s *format.Seal) { s.Accept(r); s.After[absentHash] = 9998 })
		f.bareSeal(10000, func(s *format.Seal) {
			s.Retire(r)
			s.Includes[hash], s.After[absentHash], s.Due = true, 10001, "2028-01-01"
		})
	},
	"seal-missing-of-five-digits": func(f *fixture, v *vector) {
		v.comment, v.rule = "two seals name one that is not here, with 9999 and 10000: it is shown with the lower number", "F76"
		f.sealed(1)
		f.bareSeal(20000, func(s *format.Seal) { s.After[absentHash] = 10000 })
		f.bareSeal(20001, func(s *format.Seal) { s.After[absentHash] = 9999 })
		f.bareSeal(20002, func(s *format.Seal) { s.After[absentHash] = 10000 })
	},
	"seal-signature-above-the-order": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signature whose S has the group's order added", "F25"
		r := f.deposit(f.seed(1))
		f.resign(sealWith(f, func(s *format.Seal) { s.Accept(r) }), func(key *vaultkey.Key, text []byte) []byte {
			return rearmored(f, signSeal(key, text), func(blob []byte) []byte {
				order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
				s := blob[len(blob)-32:]
				slices.Reverse(s)
				new(big.Int).Add(new(big.Int).SetBytes(s), order).FillBytes(s)
				slices.Reverse(s)
				return blob
			})
		})
	},
	"seal-signature-with-a-reserved-field": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signature that verifies, with a word in the field that ssh-keygen leaves empty", "F25"
		r := f.deposit(f.seed(1))
		f.resign(sealWith(f, func(s *format.Seal) { s.Accept(r) }), func(key *vaultkey.Key, text []byte) []byte {
			return rearmored(f, signSeal(key, text), func(blob []byte) []byte {
				empty := "\x00\x00\x00\x00\x00\x00\x00\x06sha512"
				return []byte(strings.Replace(string(blob), empty, "\x00\x00\x00\x06sha512\x00\x00\x00\x06sha512", 1))
			})
		})
	},
	"record-not-utf-8-after-line-1": func(f *fixture, v *vector) {
		v.comment, v.rule, v.show = "a later line of a record is not UTF-8: it is kept, and the seed is shown", "F20", "note"
		f.acceptPlain("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\nid 1\nnote caf\xe9\n\xff\n\n")
	},
	"roster-of-one-id": func(f *fixture, v *vector) {
		v.comment, v.rule, v.show = "records of one id: which proof is the latest, and what is none", "F24", "roster.kept roster.who roster.proven"
		id := format.NewID()
		for i, lines := range []string{
			"proven 2026-11-22T10:00:00Z zoo aaa\nwho ann\n",
			"proven 2026-11-22T10:00:00Z ape bbb\nproven 2026-11-21T10:00:00Z zoo ccc\nwho bea\n",
			"proven 2026-11-22T10:00:00Z fox ddd\nproven 2026-11-22T10:00:00Z zoo bbb\n",
			"proven 2026-11-22T10:00:00Z elk eee\nproven 2026-11-20T10:00:00Z ape fff cid\n",
			"proven 2027-01-01T00:00:00+09:00 yak ggg\nproven 9\nproven  2027-01-01T00:00:00Z yak ggg\n",
		} {
			f.sealRecord(fmt.Sprintf("%s\nid %s\nkind key\nname n%d\nrecipient age1x\nkept place %d\n%s\n", roster.LineHolder, id, i, i, lines))
		}
	},
	"older-list-of-the-pinned-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "a line whose folder is that of the pinned epoch, which does not follow itself, says nothing", "F39"
		l, rs := f.rotated(v, 1)
		l.lines = append(l.lines, l.builder.Folder+" "+rs[0].Hash()+" -")
		l.finish()
	},
	"older-list-under-another-name": func(f *fixture, v *vector) {
		v.comment, v.rule = "a sealed list lies under another HASH, and is damaged", "F3"
		l, rs := f.rotated(v, 1)
		l.dropped(rs[0])
		l.finish()
		list := f.under(l.builder.Folder + "/older/")[0]
		must(f.t, os.Rename(f.path(list), f.path(l.builder.Folder+"/older/"+absentHash+".txt")))
	},
	"older-list-sealed-under-another-name": func(f *fixture, v *vector) {
		v.comment, v.rule = "a list is sealed under a HASH that is not its content's", "F3"
		l, rs := f.rotated(v, 1)
		must(f.t, l.builder.Put("older/"+absentHash+".txt", []byte(f.folder()+" "+rs[0].Hash()+" -\n")))
		l.finish()
	},
	"older-list-line-ends": func(f *fixture, v *vector) {
		v.comment, v.rule = "CR LF in an older list, in vault.txt and its signature, and in seals", "F9"
		l, rs := f.rotated(v, 2)
		l.dropped(rs[0])
		l.finish()
		for _, path := range f.under("") {
			if strings.HasSuffix(path, ".txt") || strings.HasSuffix(path, ".sig") {
				f.change(path, func(b []byte) []byte { return []byte(strings.ReplaceAll(string(b), "\n", "\r\n")) })
			}
		}
	},
	"older-list-to-what-is-listed-elsewhere": func(f *fixture, v *vector) {
		v.comment, v.rule = "a way ends at a content that is retired at one path and accepted at another, where nothing lies", "F40"
		l, rs := f.rotated(v, 1)
		to := l.carry(f.entries()[0].Seed)
		l.carried(rs[0], to)
		l.builder.Seal.Retire(to)
		l.builder.Seal.Accept(format.Ref{Path: l.builder.Folder + "/kept/x", Sum: to.Sum})
		l.finish()
		f.remove(to.Path)
	},
	"listed-files-with-cr-lf": func(f *fixture, v *vector) {
		v.comment, v.rule = "listed files that are no text of the format: other line ends are damage", "F9"
		for _, name := range []string{"photos/notes.txt", "photos/vault.txt", f.folder() + "/vault.txt.sig-owner", f.folder() + "/notes.txt"} {
			f.listedFile(name, "one\ntwo\n")
			f.change(name, func(b []byte) []byte { return []byte("one\r\ntwo\r\n") })
		}
	},
	"listed-files-too-large": func(f *fixture, v *vector) {
		v.comment, v.rule = "listed age files of 64 KiB and of one byte more: that is damaged", "F8"
		text := strings.Repeat(strings.Repeat("x", 63)+"\n", 1024)
		f.listedFile("notes/a.age", text)
		f.listedFile("notes/b.age", "\n"+text)
	},
	"slots-without-vault-txt": func(f *fixture, v *vector) {
		v.comment, v.rule, v.pin = "no vault.txt and no pin: of two identities that of the slot first in byte order", "F44", ""
		f.sealed(1)
		other, _ := vaultkey.Generate(false)
		f.plantSlot("paper", other.Secret()+"\n")
		for _, slot := range f.under(f.folder() + "/holders/paper/slot-") {
			if data := f.text(slot); f.unlock().reader.opener.slot.Sum == format.Sum([]byte(data)) {
				f.remove(slot)
				must(f.t, os.MkdirAll(f.path(f.folder()+"/holders/paper-b"), 0o700))
				must(f.t, os.WriteFile(f.path(f.folder()+"/holders/paper-b/"+slot[strings.LastIndex(slot, "/")+1:]), []byte(data), 0o600))
				break
			}
		}
		f.remove(f.folder() + "/vault.txt")
	},
	"older-epoch-with-a-planted-slot": func(f *fixture, v *vector) {
		v.comment, v.rule = "an older epoch without vault.txt: old.age tells which of two identities is its own", "F44"
		other, _ := vaultkey.Generate(false)
		f.plantSlot("aaa", other.Secret()+"\n")
		l, _ := f.rotated(v, 2)
		l.finish()
		f.remove(f.folder() + "/holders/paper")
		f.remove(f.folder() + "/vault.txt")
	},
	"epoch-signed-and-damaged": func(f *fixture, v *vector) {
		v.comment, v.rule = "the pinned epoch has signed a vault.txt that fits its folder and does not parse", "F49"
		f.sealed(1)
		text := []byte("seedvault 1\nepoch 2\n")
		folder := format.EpochFolder(2, format.Sum(text))
		must(f.t, os.MkdirAll(f.path(folder), 0o700))
		must(f.t, os.WriteFile(f.path(folder+"/vault.txt"), text, 0o600))
		must(f.t, os.WriteFile(f.path(folder+"/vault.txt.sig"), f.unlock().reader.pinnedKey().Sign(epochs.Namespace, text), 0o600))
	},
	"joins-from-a-damaged-vault-txt": func(f *fixture, v *vector) {
		v.comment, v.rule = "the pinned epoch's vault.txt is cut, and its identity tells whose signature lies on the next", "F49"
		f.sealed(1)
		l := f.follow()
		l.joined = []Fingerprint{f.pin.Fingerprint}
		l.begin()
		l.finish()
		f.change(f.folder()+"/vault.txt", func(b []byte) []byte { return b[:len(b)/2] })
	},
	"fork-of-an-epoch-without-vault-txt": func(f *fixture, v *vector) {
		v.comment, v.rule = "a fork of an older epoch whose vault.txt is gone, and whose identity old.age has", "F60"
		f.closedAndForked(v, false)
		first, _, _ := strings.Cut(f.under("1-")[0], "/")
		f.remove(first + "/vault.txt")
	},
	"quorum-shares-of-a-device-name": func(f *fixture, v *vector) {
		v.comment, v.rule = "shares whose third member has a name that no holder may have", "F65"
		keys := f.addBoard(v, "alice", "bob")
		for _, name := range []string{"alice", "bob"} {
			f.replaceShare(keys[name], name, func(text string) string { return strings.Replace(text, "member 3 carol ", "member 3 con ", 1) })
		}
	},
	"quorum-shares-without-a-hash": func(f *fixture, v *vector) {
		v.comment, v.rule = "shares whose third member has a word in the place of a SHA-256", "F65"
		keys := f.addBoard(v, "alice", "bob")
		for _, name := range []string{"alice", "bob"} {
			f.replaceShare(keys[name], name, func(text string) string { return text[:len(text)-65] + "unknown\n" })
		}
	},
}

// rearmored changes what a signature's armor holds.
func rearmored(f *fixture, armored []byte, change func([]byte) []byte) []byte {
	f.t.Helper()
	lines := strings.Split(strings.TrimSpace(string(armored)), "\n")
	blob, err := base64.StdEncoding.DecodeString(strings.Join(lines[1:len(lines)-1], ""))
	must(f.t, err)
	text := lines[0] + "\n"
	for part := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(change(blob))), 70) {
		text += string(part) + "\n"
	}
	return []byte(text + lines[len(lines)-1] + "\n")
}

// listedFile writes a file of any path of the vault and seals it.
func (f *fixture) listedFile(name, text string) {
	f.t.Helper()
	must(f.t, os.MkdirAll(f.path(name[:max(strings.LastIndex(name, "/"), 0)]), 0o700))
	must(f.t, os.WriteFile(f.path(name), []byte(text), 0o600))
	sealWith(f, func(s *format.Seal) { s.Accept(format.Ref{Path: name, Sum: format.Sum([]byte(text))}) })
}
