package local

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/disk"
	"seedvault/escrow/roster"
)

// Memory is what this machine remembers of the vault at one path: what it has added itself,
// the seals it has seen, and the holders as they were last read.
type Memory struct {
	dir  string
	read *journalRead
}

// journalRead is the journal as this process has read it last.
type journalRead struct {
	of   fs.FileInfo
	list []escrow.Receipt
}

const (
	journalFile = "journal"
	seenFile    = "seen.json"
	depositWord = "deposit" // begins a line of the journal
)

// Memory returns the memory of the vault at a path.
func (p Folders) Memory(vault string) Memory { return Memory{p.stateDir(vault), &journalRead{}} }

// Deposited appends a line for each receipt to the journal, in one write, and syncs it. It is
// called when the seeds are written, and before "saved" is said. A line holds the hash and the
// path of the file and the time, and nothing of the seed.
func (m Memory) Deposited(at time.Time, receipts ...escrow.Receipt) error {
	if len(receipts) == 0 {
		return nil
	}
	if _, err := MakeFolder(m.dir); err != nil {
		return err
	}
	f, err := openRegular(filepath.Join(m.dir, journalFile), os.O_RDWR|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return err
	}
	var text []byte
	if cutShort(f) {
		text = append(text, '\n')
	}
	for _, r := range receipts {
		text = fmt.Appendf(text, depositWord+" %x %s %s\n", r.Sum, r.Path, at.UTC().Format(time.RFC3339))
	}
	if err := finish(f, text); err != nil {
		return err
	}
	return disk.SyncFolder(m.dir)
}

// cutShort reports whether the last line has no line end because a power failure cut it short:
// the next line must not become a part of it.
func cutShort(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return err == nil && last[0] != '\n'
}

// deposits reads the journal. It skips a line whose time a power failure has cut off: its hash
// or path may be cut too.
func (m Memory) deposits() []escrow.Receipt {
	path := filepath.Join(m.dir, journalFile)
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	if was := m.read.of; was != nil && os.SameFile(was, info) && was.Size() == info.Size() && was.ModTime().Equal(info.ModTime()) {
		return slices.Clone(m.read.list)
	}
	data, err := read(path)
	if err != nil {
		return nil
	}
	list := parseJournal(string(data))
	*m.read = journalRead{info, slices.Clone(list)}
	return list
}

func parseJournal(text string) (list []escrow.Receipt) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) != 4 || words[0] != depositWord {
			continue
		}
		sum, err := hex.DecodeString(words[1])
		if err != nil || len(sum) != 32 {
			continue
		}
		list = append(list, escrow.Receipt{Path: words[2], Sum: [32]byte(sum)})
	}
	return list
}

// DepositedOn returns when this machine added its seeds, by the paths of their files.
func (m Memory) DepositedOn() map[string]time.Time {
	data, err := read(filepath.Join(m.dir, journalFile))
	if err != nil {
		return nil
	}
	on := map[string]time.Time{}
	for line := range strings.Lines(string(data)) {
		if words := strings.Fields(line); len(words) == 4 && words[0] == depositWord {
			if at, err := time.Parse(time.RFC3339, words[3]); err == nil {
				on[words[2]] = at
			}
		}
	}
	return on
}

// seen is the content of the file that remembers what was seen of the vault.
type seen struct {
	Seals    []string             `json:"seals,omitempty"`
	Compared map[string][]string  `json:"compared,omitempty"`
	Missing  map[string]time.Time `json:"missing,omitempty"`
	Holders  []roster.Holder      `json:"holders,omitempty"`
}

// Recall returns all that is remembered except the seals themselves, for which see
// [Memory.Kept]. What cannot be read is treated as forgotten: see [Memory.Mend].
func (m Memory) Recall() escrow.Memory {
	var s seen
	if data, err := read(filepath.Join(m.dir, seenFile)); err == nil && json.Unmarshal(data, &s) == nil && s.Missing == nil {
		s.Missing = map[string]time.Time{} // there is a memory, and it misses nothing
	}
	return escrow.Memory{Seals: s.Seals, Compared: s.Compared, Missing: s.Missing, Deposits: m.deposits(), Holders: s.Holders}
}

// Saw stores what was seen of the vault's seals, and its holders if they were read. It writes
// nothing where nothing is new.
func (m Memory) Saw(now escrow.Memory, holders []roster.Holder) error {
	old := m.Recall()
	if len(now.Seals) == 0 {
		now.Seals = old.Seals
	}
	if len(holders) == 0 {
		holders = old.Holders
	}
	fresh, err := json.Marshal(seen{now.Seals, now.Compared, now.Missing, holders})
	if err != nil {
		return err
	}
	if before, _ := json.Marshal(seen{old.Seals, old.Compared, old.Missing, old.Holders}); slices.Equal(before, fresh) {
		return nil
	}
	return write(filepath.Join(m.dir, seenFile), append(fresh, '\n'))
}

// RecallCopy reads what is remembered of one copy into seen, which stays as it is if nothing
// is remembered. It reports whether what was remembered is lost because it cannot be read any
// more.
func (m Memory) RecallCopy(id string, seen any) (lost bool) {
	data, err := read(m.copyFile(id))
	return err != nil || len(data) > 0 && json.Unmarshal(data, seen) != nil
}

// SawCopy stores what was seen of one copy. It writes nothing where nothing is new.
func (m Memory) SawCopy(id string, seen any) error {
	fresh, err := json.Marshal(seen)
	if err != nil {
		return err
	}
	fresh = append(fresh, '\n')
	if old, err := read(m.copyFile(id)); err == nil && slices.Equal(old, fresh) {
		return nil
	}
	return write(m.copyFile(id), fresh)
}

// ForgetCopy forgets what was remembered of one copy.
func (m Memory) ForgetCopy(id string) error {
	err := os.Remove(m.copyFile(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// copyFile returns the file for what is remembered of a copy. Its name is a hash of the id,
// since ids come from the vault.
func (m Memory) copyFile(id string) string {
	sum := sha256.Sum256([]byte(id))
	return filepath.Join(m.dir, "copy-"+hex.EncodeToString(sum[:8])+".json")
}
