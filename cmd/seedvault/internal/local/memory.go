package local

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"seedvault/escrow"
)

// Memory is what this machine remembers of the vault at one path: its own
// deposits, the seals it has seen, and the holders as last read.
type Memory struct{ dir string }

// Memory returns the memory of the vault at a path.
func (p Places) Memory(vault string) Memory { return Memory{p.stateDir(vault)} }

// Deposited adds a line to the journal and syncs it. It is called after the
// deposit is in place and before anybody says "saved". The line holds the file's
// hash, its path and the time, and nothing of the seed.
func (m Memory) Deposited(r escrow.Receipt, at time.Time) error {
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(m.dir, "journal"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	line := fmt.Sprintf("deposit %x %s %s\n", r.Sum, r.Path, at.UTC().Format(time.RFC3339))
	if err := finish(f, []byte(line)); err != nil {
		return err
	}
	return syncDir(m.dir)
}

// deposits reads the journal. A line cut short by a power failure is passed over.
func (m Memory) deposits() []escrow.Receipt {
	data, err := read(filepath.Join(m.dir, "journal"))
	if err != nil {
		return nil
	}
	var list []escrow.Receipt
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		if len(words) != 4 || words[0] != "deposit" || !strings.HasSuffix(line, "\n") {
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

// seen is the file of what was seen.
type seen struct {
	Seals   []string        `json:"seals,omitempty"`
	Holders []escrow.Holder `json:"holders,omitempty"`
}

// Recall returns all that is remembered. What cannot be read is as good as
// forgotten.
func (m Memory) Recall() escrow.Memory {
	var s seen
	if data, err := read(filepath.Join(m.dir, "seen.json")); err == nil {
		json.Unmarshal(data, &s)
	}
	return escrow.Memory{Seals: s.Seals, Deposits: m.deposits(), Holders: s.Holders}
}

// Saw remembers the vault's newest seals, and its holders when they were read.
// Nothing is written when nothing is new.
func (m Memory) Saw(seals []string, holders []escrow.Holder) error {
	old := m.Recall()
	if len(seals) == 0 {
		seals = old.Seals
	}
	if len(holders) == 0 {
		holders = old.Holders
	}
	fresh, err := json.Marshal(seen{seals, holders})
	if err != nil {
		return err
	}
	if before, _ := json.Marshal(seen{old.Seals, old.Holders}); slices.Equal(before, fresh) {
		return nil
	}
	return write(filepath.Join(m.dir, "seen.json"), append(fresh, '\n'))
}
