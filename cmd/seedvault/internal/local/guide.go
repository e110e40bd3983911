package local

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// GuideProgress is how far a person has come in the recovery guide. It holds only the names of
// pages, paths and steps, and nothing about the account.
type GuideProgress struct {
	Page    string   `json:"page"`
	Path    string   `json:"path"`
	Step    string   `json:"step"`
	Done    []string `json:"done,omitempty"`    // steps
	Skipped []string `json:"skipped,omitempty"` // steps
	Failed  []string `json:"failed,omitempty"`  // paths
}

func (p Folders) guideFile() string { return filepath.Join(p.State, "guide.json") }

// GuideProgress returns where the guide was left, and reports whether it was. What cannot be
// read is treated as forgotten.
func (p Folders) GuideProgress() (g GuideProgress, ok bool) {
	data, err := read(p.guideFile())
	if err != nil || json.Unmarshal(data, &g) != nil {
		return GuideProgress{}, false
	}
	return g, g.Page != ""
}

// KeepGuide remembers where the guide is.
func (p Folders) KeepGuide(g GuideProgress) error {
	data, err := json.Marshal(g)
	if err != nil {
		return err
	}
	return write(p.guideFile(), append(data, '\n'))
}

// ForgetGuide removes what was remembered of the guide.
func (p Folders) ForgetGuide() error {
	if err := os.Remove(p.guideFile()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
