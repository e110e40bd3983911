package escrow

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// MissingDeposits names those of this machine's own deposits that are not here whole, though
// nothing says that they were removed or live on under another name.
func (o *Opened) MissingDeposits(own []Receipt) []Finding {
	facts := o.reader.facts()
	for _, r := range own {
		folder, _, _ := strings.Cut(r.Path, "/")
		if o.reader.keys[folder] != nil && !o.reader.view.holds(r) {
			facts.Files = append(facts.Files, judge.File{Folder: folder, Ref: r})
		}
	}
	if len(facts.Files) == 0 {
		return nil
	}
	lies := map[[32]byte]bool{} // under whatever name
	for _, f := range o.reader.seedFiles(false) {
		lies[f.sum] = true
	}
	verdicts := judge.Judge(facts)
	var findings []Finding
	for _, f := range facts.Files {
		if verdicts.Of[f.Ref].Status.Shown() && !lies[f.Ref.Sum] {
			findings = append(findings, Finding{Code: lossAt(o.reader.view.fsys, f.Ref.Path), Path: f.Ref.Path, Red: true})
		}
	}
	return findings
}

// holds reports whether a file lies whole under its name.
func (v *view) holds(r Receipt) bool {
	data, err := readFile(v.fsys, r.Path, format.KindSeed.Limit())
	return err == nil && format.Sum(data) == r.Sum
}

// Peek decrypts a seed's file that was found in another place than its own. The seed
// is for showing which one it is: nothing says that it is accepted.
func (o *Opened) Peek(name string, data []byte) (Seed, error) {
	folder, _, _ := strings.Cut(name, "/")
	key := o.reader.keys[folder]
	if key == nil {
		return Seed{}, ErrNoMatch
	}
	plain, err := key.Decrypt(data)
	if err != nil {
		return Seed{}, err
	}
	return parseSeed(plain)
}

// lossAt says what became of a file that should lie at a path and does not, or not
// whole.
func lossAt(fsys FS, name string) Code {
	info, err := fsys.Lstat(name)
	switch {
	case err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return CodeNoContent
	case err == nil:
		return CodeDamaged
	case !errors.Is(err, fs.ErrNotExist):
		return CodeDamaged
	case exists(fsys, placeholderOf(name)):
		return CodeNoContent
	}
	return CodeMissing
}

// placeholderOf is what iCloud leaves in the place of a file that it has not fetched.
func placeholderOf(name string) string { return path.Dir(name) + "/." + path.Base(name) + ".icloud" }

func isPlaceholder(base string) bool {
	return strings.HasPrefix(base, ".") && strings.HasSuffix(base, ".icloud")
}
