package escrow

import "os"

// rotationVectorMakers build vectors of several epochs with the code that
// rotates.
var rotationVectorMakers = map[string]func(f *fixture, v *vector){
	"rotated": func(f *fixture, v *vector) {
		v.comment, v.rule = "two rotations, with seeds that were removed, edited, accepted late and not accepted", "F57"
		f.rotatedTwice(v)
	},
	"rotated-half-arrived": func(f *fixture, v *vector) {
		v.comment, v.rule = "after two rotations a seed and the newest seal have not arrived", "F40"
		r := f.rotatedTwice(v)
		f.remove(f.under(r.Folder + "/seeds/")[0])
		f.remove(f.under(r.Folder + "/seals/0002-")[0])
	},
	"rotated-lost-middle": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seed's file of the middle epoch was lost when it was left, and has come back", "F57"
		f.sealed(2)
		f.rotate(RotateOptions{})
		lost := f.entries()[0].Receipts[0]
		good := f.text(lost.Path)
		f.remove(lost.Path)
		f.rotate(RotateOptions{})
		must(f.t, os.WriteFile(f.path(lost.Path), []byte(good), 0o600))
		f.pinned(v)
	},
	"rotated-joined-by-another": func(f *fixture, v *vector) {
		v.comment, v.rule = "two rotated at once, and the other has brought both together", "F80"
		f.sealed(2)
		theirs := f.clone()
		f.rotate(RotateOptions{})
		theirs.rotate(RotateOptions{})
		overlay(f.t, theirs, f)
		theirs.rotate(RotateOptions{Join: []Fingerprint{f.pin.Fingerprint}})
		overlay(f.t, f, theirs)
		f.pinned(v)
	},
	"rotated-and-joined": func(f *fixture, v *vector) {
		v.comment, v.rule = "two rotated at once, and the one joined the other", "F62"
		f.sealed(3)
		theirs := f.clone()
		f.rotate(RotateOptions{})
		r := theirs.rotate(RotateOptions{})
		o := theirs.unlock()
		must(f.t, o.Accept(theirs.deposit(f.seed(4))))
		theirs.seal(o)
		must(f.t, os.CopyFS(f.path(r.Folder), os.DirFS(theirs.path(r.Folder))))
		f.rotate(RotateOptions{Join: []Fingerprint{r.Pin.Fingerprint}})
		f.pinned(v)
	},
	"rotated-beside": func(f *fixture, v *vector) {
		v.comment, v.rule = "two rotated at once, and nobody has answered yet", "F60"
		f.sealed(2)
		theirs := f.clone()
		f.rotate(RotateOptions{})
		r := theirs.rotate(RotateOptions{})
		theirs.deposit(f.seed(4))
		must(f.t, os.CopyFS(f.path(r.Folder), os.DirFS(theirs.path(r.Folder))))
		f.pinned(v)
	},
}

func (f *fixture) pinned(v *vector) { v.pin = f.pin.Fingerprint.Hex() + " " + f.pin.Recipient }

// rotatedTwice leaves one seed of each outcome.
func (f *fixture) rotatedTwice(v *vector) *Rotation {
	f.t.Helper()
	rs := f.sealed(4)
	late, stays := f.deposit(f.seed(5)), f.seed(6)
	f.rotate(RotateOptions{})
	f.deposit(stays)
	o := f.unlock()
	must(f.t, o.Accept(late))
	entries, _ := seedsOf(f.t, o)
	must(f.t, o.Retire(entries[0]))
	_, err := o.Edit(entries[1], entries[1].Seed.With("name", "edited"))
	must(f.t, err)
	f.seal(o)
	must(f.t, os.Remove(f.path(rs[2].Path)))
	r := f.rotate(RotateOptions{Remove: []string{"words"}})
	f.pinned(v)
	return r
}
