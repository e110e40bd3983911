package escrow

import (
	"context"
	"errors"
	"sync"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/otpauth"
)

// opened is one decrypted file.
type opened struct {
	vaultfs.File
	folder string
	status Status
	seed   Seed
	what   [32]byte
}

// reading is what the seeds' files hold.
type reading struct {
	seeds    []opened
	findings []Finding
}

// readSeeds reads and judges every seed file of the epochs that opened, and
// decrypts those that are shown. The result is kept until something is written.
func (rd *reader) readSeeds(ctx context.Context) (*reading, error) {
	if rd.read != nil {
		return rd.read, nil
	}
	files := rd.seedFiles(true)
	rd.noteWhole(files)
	r := &reading{}
	v := rd.rule(files)
	r.findings = append(rd.open(ctx, files, func(f *opened) bool { return f.status.Shown() }), rd.lostSeeds(files)...)
	if hasLate(files) {
		// What was removed here must not come back under another file's name,
		// so the plaintexts of what was removed are needed too, and no others.
		rd.open(ctx, files, func(f *opened) bool { return v.Removed[f.Ref()] })
		rd.rule(files)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.what != [32]byte{} {
			r.seeds = append(r.seeds, f)
		}
	}
	rd.read = r
	return r, nil
}

// noteWhole remembers which files are here whole, read or known by the index, so that no
// other question reads them again.
func (rd *reader) noteWhole(files []opened) {
	rd.whole = make(map[Receipt]bool, len(files))
	for _, f := range files {
		rd.whole[Receipt{Path: f.Path, Sum: f.Sum}] = true
	}
}

// seedFiles reads the seeds folders of the epochs that opened, one file for each
// content, and keeps the contents where they are wanted.
func (rd *reader) seedFiles(keep bool) []opened {
	var files []opened
	for _, e := range rd.view.Epochs {
		if rd.keys[e.Folder] == nil {
			continue
		}
		for _, f := range vaultfs.Distinct(rd.view.Files.ReadFiles(e.Folder+"/seeds", keep)) {
			files = append(files, opened{File: f, folder: e.Folder})
		}
	}
	return files
}

// rule asks the judge for the status of every file.
func (rd *reader) rule(files []opened) judge.Verdicts {
	verdicts := judge.Judge(rd.factsOf(files))
	for i, f := range files {
		files[i].status = verdicts.Of[f.Ref()].Status
		if s := files[i].status; rd.unlinked[f.folder] && (s == Accepted || s == NotAccepted) {
			files[i].status = Unconfirmed
		}
	}
	return verdicts
}

func hasLate(files []opened) bool {
	for _, f := range files {
		if f.status == Late {
			return true
		}
	}
	return false
}

// open decrypts the files that are wanted.
func (rd *reader) open(ctx context.Context, files []opened, want func(*opened) bool) []Finding {
	var closed []*opened
	for i := range files {
		if f := &files[i]; want(f) && f.what == [32]byte{} {
			closed = append(closed, f)
		}
	}
	failed := make([]error, len(closed))
	tell := rd.progress(len(closed))
	parallel.Do(len(closed), func(i int) {
		if ctx.Err() == nil {
			failed[i] = closed[i].decrypt(rd.keys[closed[i].folder])
			tell()
		}
	})
	var findings []Finding
	for i, err := range failed {
		if err != nil {
			findings = append(findings, rd.unreadable(*closed[i], err))
		}
	}
	return findings
}

// progress returns a function that tells whoever watches of one more file.
func (rd *reader) progress(total int) func() {
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; rd.watch != nil {
			rd.watch(done, total)
		}
	}
}

func (f *opened) decrypt(key *vaultkey.Key) error {
	plain, err := key.Decrypt(f.Data)
	if err != nil {
		return err
	}
	if f.seed, err = parseSeed(plain); err != nil {
		return err
	}
	f.what, f.Data = format.Sum(plain), nil
	return nil
}

// unreadable names a file that is no seed of this vault. An accepted one is red;
// anything else may be anybody's.
func (rd *reader) unreadable(f opened, err error) Finding {
	code := CodeForeign
	if f.IsDamaged() {
		code = lossAt(rd.view.Files.FS, f.Path)
	} else if !errors.Is(err, key.ErrNoMatch) && !errors.Is(err, key.ErrUndecrypted) {
		code = CodeUnreadable
	}
	return Finding{Code: code, Path: f.Path, Red: f.status == Accepted}
}

// lostSeeds names the accepted seeds of the epoch written to that are not here
// whole.
func (rd *reader) lostSeeds(files []opened) []Finding {
	var findings []Finding
	for _, ref := range rd.lost(files, true) {
		findings = append(findings, Finding{Code: lossAt(rd.view.Files.FS, ref.Path), Path: ref.Path, Red: true})
	}
	return findings
}

// lost are these files. Of files that the judge has ruled over it takes its word, which for
// those of the pinned epoch is the seals'.
func (rd *reader) lost(files []opened, ruled bool) []format.Ref {
	e := rd.view.Writable()[0]
	key := rd.keys[e.Folder]
	if key == nil {
		return nil
	}
	seals, here := rd.seals(e), make(map[string]bool, len(files))
	ruled = ruled && e == rd.view.Pinned() && !rd.unlinked[e.Folder]
	for _, f := range files {
		if ruled && f.folder == e.Folder && f.status == Accepted || !ruled && seals.Status(f.Ref()) == Accepted {
			here[f.Ref().Path] = true // with one of the contents that its path is accepted with
		}
	}
	return seals.UnderBut(e.Folder+"/seeds/", here)
}

// entries is [Opened.Seeds].
func (rd *reader) entries(ctx context.Context) ([]Entry, []Finding, error) {
	r, err := rd.readSeeds(ctx)
	if err != nil {
		return nil, nil, err
	}
	entries := groups(r.seeds)
	list := markedOf(entries)
	markDiffering(list)
	markResemblances(list)
	sortEntries(entries)
	return entries, r.findings, nil
}

// groups makes entries of files: accepted ones of equal plaintext are one, and
// so are those that a machine without a pin finds in several epochs. What is not
// accepted never joins what is.
func groups(files []opened) []Entry {
	type key struct {
		what   [32]byte
		status Status
	}
	at := map[key]int{}
	var entries []Entry
	for _, f := range files {
		if f.status == Retired || f.status == Hidden {
			continue
		}
		k := key{f.what, f.status}
		r := Receipt{Path: f.Path, Sum: f.Sum}
		if i, seen := at[k]; seen {
			entries[i].Receipts = append(entries[i].Receipts, r)
			continue
		}
		at[k] = len(entries)
		entries = append(entries, Entry{Seed: f.seed, Status: f.status, Epoch: f.folder, Receipts: []Receipt{r}})
	}
	return entries
}

func sortEntries(entries []Entry) {
	sortListed(entries, func(e Entry) [3]string {
		k, err := e.Seed.Key()
		if err != nil {
			k = otpauth.Key{}
		}
		return sortKey(e.Status, Label{Issuer: k.Issuer(), Account: k.Account(), Name: e.Seed.Name()}, e.Receipts[0].Path)
	})
}
