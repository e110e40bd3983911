package copies

import (
	"context"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

// counted counts how often each file is opened, from any goroutine.
type counted struct {
	escrow.FS
	mu     sync.Mutex
	opened map[string]int
}

func (c *counted) Open(name string) (fs.File, error) {
	c.mu.Lock()
	c.opened[name]++
	c.mu.Unlock()
	return c.FS.Open(name)
}

// TestNothingNew: where nothing is to be written, the vault's seals are read once to know
// what belongs to it, however many phases there are: a text is opened twice for that, once
// for its signature and once as a file that opens the vault.
func TestNothingNew(t *testing.T) {
	m := newMachine(t, 5)
	stick := durabletest.New()
	page := &escrow.Page{Name: "open-1.html", Text: []byte("<p>")}
	r := m.sync(stick, Options{Page: page}, New)
	home, there := &counted{FS: m.fsys, opened: map[string]int{}}, &counted{FS: stick, opened: map[string]int{}}
	got, err := Sync(context.Background(), home, there, Options{Pin: &m.pin, Seen: r.Seen, Page: page})
	if err != nil || got.State != Equal {
		t.Fatalf("%+v, %v", got, err)
	}
	texts := 0
	for name, times := range home.opened {
		if strings.Contains(name, "/seals/") && strings.HasSuffix(name, ".txt") {
			if texts++; times > 4 {
				t.Errorf("%s is opened %d times", name, times)
			}
		}
	}
	if texts == 0 {
		t.Error("no seal was read")
	}
	for name, times := range there.opened {
		if times > 1 && !strings.HasSuffix(name, ".sig") && !strings.HasSuffix(name, "vault.txt") {
			t.Errorf("the copy's %s is opened %d times", name, times)
		}
	}
}
