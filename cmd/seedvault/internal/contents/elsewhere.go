package contents

import (
	"context"
	"path"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

const (
	lookMost = 500 // files that are read of each
	lookName = 5   // seeds that are named of each
)

// RemarkElsewhere prints which folders and kits within reach hold seeds that the vault lacks,
// and the command that fetches them; with a name, only copies holding a seed that it matches.
// It reports whether there were any, and changes nothing.
func (s *Seeds) RemarkElsewhere(ctx context.Context, name string) bool {
	any := false
	for _, there := range s.elsewhere(ctx) {
		var titles []string
		for _, e := range there.entries {
			if name == "" || len(seedlist.Matching([]escrow.Entry{e}, name, false)) > 0 {
				titles = append(titles, seedlist.Title(e))
			}
		}
		if len(titles) == 0 {
			continue
		}
		any = true
		s.Vault.Place.World.Voice.Remark(words.WaitsElsewhere, there.copy, len(titles), fewNames(titles), there.copy)
	}
	return any
}

// fewNames returns the first of some names, with the mark of those that are left out.
func fewNames(names []string) string {
	if len(names) > lookName {
		names = append(slices.Clone(names[:lookName]), "…")
	}
	return strings.Join(names, ", ")
}

// lookedAt is what one copy has and the vault lacks.
type lookedAt struct {
	copy    string
	entries []escrow.Entry
}

// strayFile is the content of a seed's file that the copy of that number has and the vault
// lacks.
type strayFile struct {
	copy       int
	path, data string
}

// elsewhere reads the copies within reach that are folders or kits, all at once. It does not
// wait for one that takes longer than its time.
func (s *Seeds) elsewhere(ctx context.Context) (list []lookedAt) {
	if _, home := s.Vault.Home(); !home {
		return nil
	}
	w := s.Vault.Place.World
	here := map[string]bool{}
	for _, name := range seedFiles(s.Vault.Folder()) {
		here[name] = true
	}
	ctx, cancel := context.WithTimeout(ctx, w.LookFor)
	defer cancel()
	files, working := make(chan strayFile), 0
	ended := make(chan struct{}, len(s.Vault.Place.Copies()))
	for i, c := range s.Vault.Place.Copies() {
		list = append(list, lookedAt{copy: c.Name})
		if c.Kind != roster.CopyFolder && c.Kind != roster.CopyKit { // what is far takes longer
			continue
		}
		working++
		go func() {
			missingHere(ctx, w, c, here, func(name string, data []byte) {
				select {
				case files <- strayFile{i, name, string(data)}:
				case <-ctx.Done():
				}
			})
			ended <- struct{}{}
		}()
	}
	for working > 0 {
		select {
		case <-ctx.Done():
			return list
		case <-ended:
			working--
		case f := <-files:
			if seed, err := s.Opened.Peek(f.path, []byte(f.data)); err == nil {
				r := escrow.Receipt{Path: f.path}
				list[f.copy].entries = append(list[f.copy].entries, escrow.Entry{Seed: seed, Status: escrow.NotAccepted, Receipts: []escrow.Receipt{r}})
			}
		}
	}
	return list
}

// missingHere calls found with every undamaged seed file of a copy that the vault lacks, up to
// [lookMost]; here holds the names of those that it has.
func missingHere(ctx context.Context, w *world.World, c local.Copy, here map[string]bool, found func(name string, data []byte)) {
	there, err := copyplace.Open(ctx, w, c)
	if err != nil {
		return
	}
	defer there.Close()
	read := 0
	for _, name := range seedFiles(there) {
		if here[name] {
			continue
		}
		if read++; read > lookMost || ctx.Err() != nil {
			return
		}
		if data, whole := copies.ReadWhole(there, name); whole {
			found(name, data)
		}
	}
}

// seedFiles returns the paths of all seeds' files in a vault's folder.
func seedFiles(in copies.Store) (names []string) {
	epochs, _ := in.ReadDir(".")
	for _, epoch := range epochs {
		dir := path.Join(epoch.Name(), "seeds")
		files, _ := in.ReadDir(dir)
		for _, f := range files {
			if name := path.Join(dir, f.Name()); escrow.PartOf(name) == escrow.PartSeed {
				names = append(names, name)
			}
		}
	}
	return names
}

// nowhere returns the error about a name that no seed here has, after naming the copies within
// reach that have such a seed.
func (s *Seeds) nowhere(ctx context.Context, name string, err error) error {
	here := len(seedlist.Matching(s.Entries, name, true)) + len(seedlist.Matching(s.Entries, name, false))
	if err != nil && here == 0 {
		s.RemarkElsewhere(ctx, name)
	}
	return err
}
