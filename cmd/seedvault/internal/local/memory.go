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
)

// Memory is what this machine remembers of the vault at one path: its own
// deposits, the seals it has seen, and the holders as last read.
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
func (p Places) Memory(vault string) Memory { return Memory{p.stateDir(vault), &journalRead{}} }

// Deposited adds a line for each receipt to the journal, in one write, and syncs it.
// It is called after the deposits are in place and before anybody says "saved". A line
// holds the file's hash, its path and the time, and nothing of the seed.
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

// cutShort reports whether a power failure left the last line without its end: the
// next one must not become a part of it.
func cutShort(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return err == nil && last[0] != '\n'
}

// deposits reads the journal. A line that a power failure cut before its time is
// passed over: its hash or path may not be whole.
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

// DepositedOn returns when this machine made its deposits, by their paths.
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

// seen is the file of what was seen.
type seen struct {
	Seals    []string             `json:"seals,omitempty"`
	Compared map[string][]string  `json:"compared,omitempty"`
	Missing  map[string]time.Time `json:"missing,omitempty"`
	Holders  []escrow.Holder      `json:"holders,omitempty"`
}

// Recall returns all that is remembered, but for the seals themselves: see
// [Memory.Kept]. What cannot be read is as good as forgotten, see [Memory.Mend].
func (m Memory) Recall() escrow.Memory {
	var s seen
	if data, err := read(filepath.Join(m.dir, seenFile)); err == nil && json.Unmarshal(data, &s) == nil && s.Missing == nil {
		s.Missing = map[string]time.Time{} // there is a memory, and it misses nothing
	}
	return escrow.Memory{Seals: s.Seals, Compared: s.Compared, Missing: s.Missing, Deposits: m.deposits(), Holders: s.Holders}
}

// Saw remembers what was seen of the vault's seals, and its holders when they were
// read. Nothing is written when nothing is new.
func (m Memory) Saw(now escrow.Memory, holders []escrow.Holder) error {
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

// RecallCopy reads what was remembered of one copy into a value, which stays as it is
// where nothing was. It reports whether that was lost: it cannot be read any more.
func (m Memory) RecallCopy(id string, seen any) (lost bool) {
	data, err := read(m.copyFile(id))
	return err != nil || len(data) > 0 && json.Unmarshal(data, seen) != nil
}

// SawCopy remembers a value of one copy. Nothing is written when nothing is new.
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

// copyFile is named by the id's hash: ids come out of the vault.
func (m Memory) copyFile(id string) string {
	sum := sha256.Sum256([]byte(id))
	return filepath.Join(m.dir, "copy-"+hex.EncodeToString(sum[:8])+".json")
}
