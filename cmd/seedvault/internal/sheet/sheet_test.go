package sheet

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"seedvault/escrow"
)

// testKey is made up.
const testKey = "AGE-SECRET-KEY-1GUTZ4RX9HH78S09Y037AYEJKQ4MKX2Q4847RFYM3YNNU30MTXALQN72GGA"

var testPin = escrow.Pin{
	Fingerprint: escrow.Fingerprint{0x1a, 0x2b, 0x3c, 0x4d, 0x5e, 0x6f, 0x70, 0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8, 0x09, 0x10},
	Recipient:   "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
}

// testFacts have what a sheet can have at most, in reason.
var testFacts = Facts{
	Holder: "drawer", Pin: testPin, Vault: "/home/alice/.local/share/seedvault",
	Places: []Place{
		{"stick", "office", "/media/alice/STICK/seedvault"},
		{"cloud", "synced folder", "/home/alice/Nextcloud/seedvault"},
		{"father", "with <dave> & \"family\"", ""},
	},
	Date: time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC),
}

func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func htmlOf(t *testing.T, s Sheet) string {
	t.Helper()
	return written(t, func(b *bytes.Buffer) error { return s.HTML(b) })
}

func textOf(t *testing.T, s Sheet) string {
	t.Helper()
	return written(t, func(b *bytes.Buffer) error { return s.Text(b) })
}

func keySheet(t *testing.T, key string, f Facts) Sheet {
	t.Helper()
	s, err := Key(key, f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shareSheet is the sheet of a member of a quorum of two out of three.
func shareSheet(t *testing.T, f Facts) (Sheet, escrow.Share) {
	t.Helper()
	members := []escrow.Member{{Name: "alice", Recipient: testPin.Recipient}, {Name: "bob", Recipient: escrow.OnPaper}, {Name: "carol", Recipient: escrow.OnPaper}}
	_, shares, err := escrow.QuorumHolder("board", 2, members, false, nil)
	if err != nil || len(shares) != 2 {
		t.Fatal(err)
	}
	f.Holder = "board"
	return Share(shares[0], Quorum{Member: "bob", Threshold: 2, Members: []string{"alice", "bob", "carol"}}, f), shares[0]
}

// TestPartsOfASheet: both forms have every part, in both languages.
func TestPartsOfASheet(t *testing.T) {
	key := keySheet(t, testKey, testFacts)
	for form, got := range map[string]string{"html": htmlOf(t, key), "text": textOf(t, key)} {
		for _, want := range []string{"drawer", "2026-11-23", testPin.Fingerprint.String(), testPin.Recipient, "YEJK Q4MK", "9NXT", "Nextcloud", "seedvault open FOLDER", "Paper key", "紙の鍵", "Get-ChildItem"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s", form, want)
			}
		}
	}
}
