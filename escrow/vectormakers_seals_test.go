package escrow

import (
	"maps"
	"os"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
)

const absentHash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" // of a seal that never was

// sealVectorMakers build vectors of how seals stand to each other.
var sealVectorMakers = map[string]func(f *fixture, v *vector){
	"seal-missing": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal that the last one names is not here: what it alone said was said again", "F76"
		f.addedOneByOne(5)
		f.removeSeal(6, true)
	},
	"seal-missing-without-signature": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal that the last one names has no signature", "F29"
		f.addedOneByOne(5)
		f.removeSeal(6, false)
	},
	"seal-missing-named-twice": func(f *fixture, v *vector) {
		v.comment, v.rule = "two seals name one that is not here, with different numbers", "F76"
		f.sealed(1)
		sealWith(f, func(s *format.Seal) { s.After[absentHash] = 12345 })
		f.bareSeal(9, func(s *format.Seal) { s.After[absentHash] = 77 })
	},
	"seal-missing-and-contained": func(f *fixture, v *vector) {
		v.comment, v.rule = "one seal names what is not here, another includes it", "F76"
		f.sealed(1)
		f.bareSeal(8, func(s *format.Seal) { s.After[absentHash] = 7 })
		f.bareSeal(9, func(s *format.Seal) { s.Includes[absentHash] = true })
	},
	"seal-included-and-named": func(f *fixture, v *vector) {
		v.comment, v.rule = "one seal includes and names what is not here: it counts as included", "F32"
		f.sealed(1)
		f.bareSeal(9, func(s *format.Seal) { s.After[absentHash], s.Includes[absentHash] = 7, true })
	},
	"seal-lost": func(f *fixture, v *vector) {
		v.comment, v.rule = "a missing seal that a person has given up, under another number", "F76"
		f.sealed(1)
		f.bareSeal(8, func(s *format.Seal) { s.After[absentHash] = 7 })
		f.bareSeal(9, func(s *format.Seal) { s.Lost[absentHash] = 6 })
	},
	"seal-lost-and-here": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal that was given up turns up: it counts", "F76"
		r := f.deposit(f.seed(1))
		hash := f.bareSeal(8, func(s *format.Seal) { s.Accept(r) })
		f.bareSeal(9, func(s *format.Seal) { s.Lost[hash] = 8 })
	},
	"seal-includes-untrue": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal says that it includes another, and does not list its file", "F32"
		r := f.deposit(f.seed(1))
		hash := f.bareSeal(8, func(s *format.Seal) { s.Accept(r) })
		f.bareSeal(9, func(s *format.Seal) { s.Includes[hash] = true })
	},
	"seal-includes-untrue-for-an-x-line": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal includes another but for a line that no version knows", "F32"
		r := f.deposit(f.seed(1))
		hash := f.bareSeal(8, func(s *format.Seal) { s.Accept(r); s.Extra["# x-later word"] = true })
		f.bareSeal(9, func(s *format.Seal) { s.Accept(r); s.Includes[hash] = true })
	},
	"seal-includes-what-it-retires": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal includes another whose file it retires, and names what that named", "F32"
		r := f.deposit(f.seed(1))
		hash := f.bareSeal(8, func(s *format.Seal) { s.Accept(r); s.After[absentHash] = 7 })
		f.bareSeal(9, func(s *format.Seal) { s.Retire(r); s.Includes[hash] = true; s.After[absentHash] = 5 })
	},
	"seals-two-last": func(f *fixture, v *vector) {
		v.comment, v.rule = "two machines sealed at once, with different days for the next drill: the earlier one", "F77"
		other := f.clone()
		sealWith(f, func(s *format.Seal) { s.Due = "2027-12-01" })
		sealWith(other, func(s *format.Seal) { s.Due = "2027-11-01" })
		sealWith(other, func(s *format.Seal) { s.Due = "2028-01-01" }) // takes its place
		overlay(f.t, f, other)
	},
	"seal-after-twice": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal that names one HASH twice, with two numbers", "F51"
		f.sealEdited(func(text string) string {
			return insert(text, "# after 0007-"+absentHash+"\n# after 0008-"+absentHash+"\n")
		})
	},
	"seal-lost-twice": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal that gives one HASH up twice", "F51"
		f.sealEdited(func(text string) string {
			return insert(text, "# lost 0007-"+absentHash+"\n# lost 0008-"+absentHash+"\n")
		})
	},
	"seal-closed-twice": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal that closes one epoch twice", "F51"
		f.sealEdited(func(text string) string { return insert(text, strings.Repeat("# closed "+sumText+"\n", 2)) })
	},
	"seal-after-without-a-number": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal whose after line has no number", "F26"
		f.sealEdited(func(text string) string { return insert(text, "# after "+absentHash+"\n") })
	},
	"seal-closed-empty": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal that closes nothing", "F26"
		f.sealEdited(func(text string) string { return insert(text, "# closed\n") })
	},
	"seal-with-a-word-too-long": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal with a keyword of 33 characters", "F28"
		f.sealEdited(func(text string) string { return insert(text, "# "+strings.Repeat("a", 33)+" x\n") })
	},
	"seal-not-utf-8": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed seal with an x- line that is not UTF-8", "F26"
		f.sealEdited(func(text string) string { return insert(text, "# x-later \xff\n") })
	},
	"seal-with-reserved-signatures": func(f *fixture, v *vector) {
		v.comment, v.rule = "signatures of a later version beside a seal and vault.txt: nothing changes", "F71"
		f.sealed(1)
		for _, name := range []string{strings.TrimSuffix(f.glob("seals/*.sig"), ".sig") + ".sig-pq", f.folder() + "/vault.txt.sig-owner"} {
			must(f.t, os.WriteFile(f.path(name), []byte("later\n"), 0o600))
		}
	},
	"holder-with-a-reserved-file": func(f *fixture, v *vector) {
		v.comment, v.rule = "a file of a later version among a holder's", "F71"
		f.sealed(1)
		data := []byte("later\n")
		must(f.t, os.WriteFile(f.path(f.folder()+"/holders/paper/badge-"+format.Hash(format.Sum(data))+".age"), data, 0o600))
	},
}

// insert puts lines behind line 1 of a seal.
func insert(text, lines string) string {
	first, rest, _ := strings.Cut(text, "\n")
	return first + "\n" + lines + rest
}

// addedOneByOne accepts seeds with a seal each.
func (f *fixture) addedOneByOne(n int) {
	f.t.Helper()
	for i := range n {
		o := f.unlock()
		must(f.t, o.Accept(f.deposit(f.seed(i))))
		f.seal(o)
	}
}

// removeSeal takes a seal's signature away, and its text too.
func (f *fixture) removeSeal(number int, text bool) {
	f.t.Helper()
	for _, s := range f.sealFiles() {
		if s.Number == number {
			f.remove(s.Path + ".sig")
			if text {
				f.remove(s.Path)
			}
			return
		}
	}
	f.t.Fatalf("no seal %d", number)
}

func (f *fixture) sealFiles() []sealset.File {
	return sealset.Open(&sealset.Source{FS: f.fsys}, f.folder(), "", nil).Files
}

// bareSeal signs a seal that says only what is put into it, and returns its HASH.
func (f *fixture) bareSeal(number int, edit func(*format.Seal)) string {
	f.t.Helper()
	o := f.unlock()
	s := format.NewSeal()
	s.Number, s.Epoch, s.Time, s.By = number, o.reader.view.Pinned().Number, format.Time(testTime), "paper"
	edit(s)
	text := s.Marshal()
	name := o.reader.view.Pinned().Folder + "/seals/" + format.SealFile(number, s.Hash())
	must(f.t, os.WriteFile(f.path(name), text, 0o600))
	must(f.t, os.WriteFile(f.path(name+".sig"), signSeal(o.reader.pinnedKey(), text), 0o600))
	return s.Hash()
}

// epochVectorMakers build vectors of how epochs and older lists stand to each other.
var epochVectorMakers = map[string]func(f *fixture, v *vector){
	"older-list-with-a-circle": func(f *fixture, v *vector) {
		v.comment, v.rule = "lines that lead in a circle are no end, and the seed is late", "F40"
		l, rs := f.rotated(v, 2)
		a, b := rs[0].Hash(), rs[1].Hash()
		l.lines = append(l.lines, f.folder()+" "+a+" "+b, f.folder()+" "+b+" "+a)
		l.finish()
	},
	"older-list-into-nothing": func(f *fixture, v *vector) {
		v.comment, v.rule = "a line to a HASH that nobody knows is no end", "F40"
		l, rs := f.rotated(v, 1)
		l.lines = append(l.lines, f.folder()+" "+rs[0].Hash()+" "+absentHash)
		l.finish()
	},
	"older-list-of-a-stranger": func(f *fixture, v *vector) {
		v.comment, v.rule = "a line of a folder that the pinned epoch does not follow says nothing", "F39"
		l, rs := f.rotated(v, 2)
		l.lines = append(l.lines, "1-0123456789abcdef "+rs[0].Hash()+" -")
		l.dropped(rs[1])
		l.finish()
	},
	"older-list-of-two-ways": func(f *fixture, v *vector) {
		v.comment, v.rule = "of two ways one ends at what has not arrived: the older file stands", "F40"
		l, rs := f.rotated(v, 1)
		coming := l.carry(f.entries()[0].Seed)
		l.carried(rs[0], coming)
		l.dropped(rs[0])
		l.finish()
		f.remove(coming.Path)
	},
	"older-list-damaged": func(f *fixture, v *vector) {
		v.comment, v.rule = "one of two sealed lists is damaged: its seed is late, the other's hidden", "F39"
		l, rs := f.rotated(v, 2)
		text := []byte(f.folder() + " " + rs[0].Hash() + " -\n")
		rel := "older/" + format.Hash(format.Sum(text)) + ".txt"
		must(f.t, l.builder.Put(rel, text))
		l.dropped(rs[1])
		l.finish()
		f.change(l.builder.Folder+"/"+rel, flip)
	},
	"joins-without-a-signature": func(f *fixture, v *vector) {
		v.comment, v.rule = "an epoch says that it takes the pinned one over, whose signer has not signed it", "F80"
		f.sealed(1)
		l := f.follow()
		l.unsigned, l.joined = true, []Fingerprint{f.pin.Fingerprint}
		l.begin()
		l.carry(f.seed(7))
		l.finish()
	},
	"joins-with-a-forged-signature": func(f *fixture, v *vector) {
		v.comment, v.rule = "likewise, signed by itself alone", "F80"
		f.sealed(1)
		l := f.follow()
		l.forged, l.joined = true, []Fingerprint{f.pin.Fingerprint}
		l.begin()
		l.finish()
	},
	"joins-with-its-signature": func(f *fixture, v *vector) {
		v.comment, v.rule = "an epoch that takes the pinned one over, and that its signer has signed", "F80"
		f.sealed(1)
		l := f.follow()
		l.joined = []Fingerprint{f.pin.Fingerprint}
		l.begin()
		l.finish()
	},
	"epoch-far-above": func(f *fixture, v *vector) {
		v.comment, v.rule = "an epoch 1,001 above the one that has signed it is a stranger's", "F49"
		f.sealed(1)
		for _, number := range []int{1002, 1001} {
			l := f.follow()
			l.number = number
			l.begin()
			l.finish()
		}
	},
	"fork-of-a-closed-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "somebody was left out, and forges forks of the epoch that they could open", "F82"
		f.closedAndForked(v, true)
	},
	"fork-of-an-open-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "a fork of an epoch from which nobody was left out", "F60"
		f.closedAndForked(v, false)
	},
	"closed-by-a-fork": func(f *fixture, v *vector) {
		v.comment, v.rule = "what an epoch that is not pinned closes is open", "F82"
		f.sealed(1)
		a := f.clone()
		f.rotate(RotateOptions{})
		l := a.follow()
		l.begin()
		l.builder.Seal.Closed[a.pin.Fingerprint] = true
		l.finish()
		overlay(f.t, f, a)
		f.pinned(v)
	},
	"signer-of-another-type": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signer of a type that cannot be verified: it opens, and nothing is accepted", "F72"
		f.rebuild(v, func(text string) string {
			_, after, _ := strings.Cut(text, "\nrecipient-sha256")
			return "seedvault 1\nepoch 1\nsigner sk-ssh-mldsa@openssh.com AAAAGnNrLXNzaC1tbGRzYUBvcGVuc3NoLmNvbQ==\nrecipient-sha256" + after
		})
	},
	"newer-format-that-does-not-open": func(f *fixture, v *vector) {
		v.comment, v.rule = "a vault.txt of format 2 that fits its folder, and no slot for this identity", "F11"
		f.rebuild(v, func(text string) string { return strings.Replace(text, "seedvault 1", "seedvault 2", 1) })
		v.pin = ""
		f.remove(f.folder() + "/holders")
	},
	"vault-txt-missing-unpinned": func(f *fixture, v *vector) {
		v.comment, v.rule, v.pin = "no vault.txt and no pin: what opens is unconfirmed", "F44", ""
		f.sealed(1)
		f.remove(f.folder() + "/vault.txt")
	},
	"epoch-sig-that-does-not-verify": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signature for another epoch's folder that does not verify counts for nothing", "F73"
		f.sealed(1)
		must(f.t, os.WriteFile(f.path(f.folder()+"/vault.txt.sig-9-0123456789abcdef"), []byte("x\n"), 0o600))
	},
	"records-reserved": func(f *fixture, v *vector) {
		v.comment, v.rule = "a roster record and a copy of kinds that a later version writes", "F74"
		f.sealed(1)
		f.sealRecord("x-later\nid 1\n\n")
		f.sealRecord("copy\nid 2\nname moon\nkind pigeon\nat coop\n\n")
	},
}

// closedAndForked rotates, leaving somebody out or not, and forges two forks of the
// epoch before.
func (f *fixture) closedAndForked(v *vector, leave bool) {
	f.t.Helper()
	bob, _ := freshKey(f.t, "bob")
	f.add(bob)
	f.sealed(1)
	a := f.clone()
	ro := RotateOptions{}
	if leave {
		ro.Remove = []string{"bob"}
	}
	f.rotate(ro)
	for range 2 {
		l := a.follow()
		l.begin()
		l.carry(a.seed(7))
		l.finish()
	}
	overlay(f.t, f, a)
	f.pinned(v)
}

// sampleMakers build the vaults that lie unpacked in testdata/vaults, with something
// of a later version wherever that is allowed.
var sampleMakers = map[string]func(f *fixture, v *vector){
	"one-epoch":   func(f *fixture, v *vector) { f.sealed(3); f.deposit(f.seed(4)); f.grease(v) },
	"one-by-one":  func(f *fixture, v *vector) { f.addedOneByOne(9); f.grease(v) },
	"rotated":     func(f *fixture, v *vector) { f.rotatedTwice(v); f.grease(v) },
	"two-at-once": func(f *fixture, v *vector) { f.joinedAtOnce(v); f.grease(v) },
}

func (f *fixture) joinedAtOnce(v *vector) {
	f.t.Helper()
	f.sealed(3)
	theirs := f.clone()
	f.rotate(RotateOptions{})
	r := theirs.rotate(RotateOptions{})
	must(f.t, os.CopyFS(f.path(r.Folder), os.DirFS(theirs.path(r.Folder))))
	f.rotate(RotateOptions{Join: []Fingerprint{r.Pin.Fingerprint}})
	f.pinned(v)
}

// grease puts what a later version may have written into every place for it.
func (f *fixture) grease(v *vector) {
	f.t.Helper()
	v.comment, v.rule, v.show = "a vault with something of a later version wherever that is allowed", "F71", "x-later"
	o := f.unlock()
	folder := o.reader.view.Pinned().Folder
	f.sealRecord("x-later\nid 9\nx-later y\n\n")
	f.sealRecord("copy\nid 8\nname moon\nkind pigeon\nkept moon\nat coop\nx-later y\n\n")
	r, err := writeRecord(o.reader.view.Files.FS, o.reader.view.Pinned().Folder+"/seeds", func() ([]byte, error) {
		return []byte("otpauth://totp/later?secret=JBSWY3DPEHPK3PXP\nid 7\nx-later kept\nsig reserved\nother battery 3 of 4\n\n"), nil
	}, o.reader.pinnedKey().Recipient())
	must(f.t, err)
	o = f.unlock()
	o.changes.pending.accept = append(o.changes.pending.accept, r)
	e := o.reader.view.Pinned()
	s := o.changes.nextSeal(e, testTime)
	s.Extra["# x-later word"], s.Extra["# x-alone"] = true, true
	text := s.Marshal()
	name := folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	data := []byte("later\n")
	for name, data := range map[string][]byte{
		name: text, name + ".sig": signSeal(o.reader.pinnedKey(), text), name + ".sig-pq": data,
		folder + "/vault.txt.sig-owner": data, folder + "/vault.txt.sig-9-0123456789abcdef": data,
		folder + "/holders/paper/badge-" + format.Hash(format.Sum(data)) + ".age": data,
		folder + "/later/a.txt": data, folder + "/later.txt": data, "later.txt": data, folder + "/seeds/later.txt": data,
	} {
		must(f.t, os.MkdirAll(f.path(folder+"/later"), 0o700))
		must(f.t, os.WriteFile(f.path(name), data, 0o600))
	}
}

// sorted names of makers, so that vectors are made in one order.
func makerNames(makers map[string]func(*fixture, *vector)) []string {
	return slices.Sorted(maps.Keys(makers))
}
