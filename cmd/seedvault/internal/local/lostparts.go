package local

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Part is a part of what is remembered of a vault.
type Part string

const (
	PartSeen    Part = "seen"    // the seals that were seen, and the holders
	PartJournal Part = "journal" // what this machine has deposited
)

// LostParts maps each part of the memory that was lost to the time when that was noticed;
// nothing is known from before that.
type LostParts map[Part]time.Time

// lostPartsFile records which parts of the memory were lost.
const lostPartsFile = "forgotten.json"

// LostParts returns the parts of the memory that were lost, as far as that was noticed.
func (m Memory) LostParts() (f LostParts) {
	if data, err := read(filepath.Join(m.dir, lostPartsFile)); err == nil && len(data) > 0 {
		json.Unmarshal(data, &f)
	}
	return f
}

// Mend checks whether the memory can be read. It moves a part that cannot be read to its name
// with .damaged, and records that; of the journal it keeps what can be read. If wasThere is
// set, what was seen counts as lost too if its file is gone or empty. It returns the parts that
// were found lost now.
func (m Memory) Mend(wasThere bool, now time.Time) (lost []Part, err error) {
	if m.seenIsLost(wasThere) {
		lost = append(lost, PartSeen)
	}
	whole, good := m.readJournal()
	if !good {
		lost = append(lost, PartJournal)
	}
	if len(lost) == 0 {
		return nil, nil
	}
	all := m.LostParts()
	if all == nil {
		all = LostParts{}
	}
	for _, p := range lost {
		all[p] = now.UTC().Truncate(time.Second)
	}
	data, err := json.Marshal(all)
	if err == nil {
		err = write(filepath.Join(m.dir, lostPartsFile), append(data, '\n'))
	}
	for _, p := range lost {
		if err == nil {
			err = m.setAside(p, whole)
		}
	}
	return lost, err
}

// seenIsLost reports whether nothing can be read of what was seen, though there was something.
func (m Memory) seenIsLost(wasThere bool) bool {
	data, err := read(filepath.Join(m.dir, seenFile))
	if err != nil {
		return true
	}
	var s seen
	return len(data) > 0 && json.Unmarshal(data, &s) != nil || len(data) == 0 && wasThere
}

// setAside moves a damaged part to another name, so that the damage is noticed once.
func (m Memory) setAside(p Part, journal []byte) error {
	name := map[Part]string{PartSeen: seenFile, PartJournal: journalFile}[p]
	path := filepath.Join(m.dir, name)
	if err := os.Rename(path, path+".damaged"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if p == PartJournal {
		return write(path, journal)
	}
	return nil
}

// readJournal returns the undamaged lines of the journal, of one beyond the limit on a file's
// size only the newest, and reports whether these are all.
func (m Memory) readJournal() (whole []byte, good bool) {
	f, err := openRegular(filepath.Join(m.dir, journalFile), os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, true
	}
	if err != nil {
		return nil, false
	}
	defer f.Close()
	good = true
	info, err := f.Stat()
	if err != nil {
		return nil, false
	}
	if info.Size() > fileLimit { // half of it, so that it is full no sooner than after as much again
		good = false
		if _, err := f.Seek(-fileLimit/2, io.SeekEnd); err != nil {
			return nil, false
		}
	}
	text := bytes.NewBuffer(make([]byte, 0, min(info.Size(), fileLimit)+bytes.MinRead))
	if _, err := text.ReadFrom(io.LimitReader(f, fileLimit+1)); err != nil {
		return nil, false
	}
	if !good {
		text.ReadBytes('\n') // the rest of a line
	}
	whole = text.Bytes()[:0] // in place: the journal has as many lines as the vault has seeds
	for line := range bytes.Lines(text.Bytes()) {
		if isDamagedLine(string(line)) {
			good = false
		} else {
			whole = append(whole, line...)
		}
	}
	return whole, good
}

// isDamagedLine reports whether a line of the journal was changed. A line that a power cut has
// cut short does not count, since "saved" was never said of it, nor does one of a later
// version.
func isDamagedLine(line string) bool {
	words := strings.Fields(line)
	if len(words) == 0 {
		return false
	}
	if strings.Trim(words[0], "abcdefghijklmnopqrstuvwxyz") != "" {
		return true
	}
	if words[0] != depositWord || len(words) < 4 {
		return false
	}
	sum, err := hex.DecodeString(words[1])
	_, failed := time.Parse(time.RFC3339, words[3])
	return err != nil || len(sum) != 32 || failed != nil && strings.HasSuffix(line, "\n") || len(words) > 4
}
