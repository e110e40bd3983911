package roster

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

var testDay = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func TestWaysInCounts(t *testing.T) {
	for _, c := range []struct {
		want    int
		holders []Holder
	}{
		{0, nil},
		{0, []Holder{{Kind: KindKey, Kept: KeptThisPC}}},
		{1, []Holder{{Kind: KindKey, Kept: KeptThisPC}, {Kind: KindPaper}}},
		{2, []Holder{{Kind: KindQuorum, Threshold: 2, Members: make([]key.Member, 3)}}},
		{0, []Holder{{Kind: KindQuorum, Threshold: 3, Members: make([]key.Member, 2)}}},
	} {
		got := 0
		for _, h := range c.holders {
			got += h.WaysIn()
		}
		if got != c.want {
			t.Errorf("%v: %d ways in, want %d", c.holders, got, c.want)
		}
	}
}

// TestHolderAsJSON: what a machine remembers of a holder comes back as it was, with
// each proof, sheet and member as the roster's line has it.
func TestHolderAsJSON(t *testing.T) {
	h := Holder{
		ID: "1", Name: "board", Kind: KindQuorum, Recipient: "age1x", Threshold: 2,
		Proven:  []Proof{{Time: testDay, Copy: InVault, Seal: "abc", Member: "bob"}},
		Sheets:  []Sheet{{Time: testDay, Digest: "abc"}},
		Members: []key.Member{{Name: "alice", Recipient: "ssh-rsa AAAA"}, {Name: "bob", Recipient: key.OnPaper}},
	}
	data, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"1","name":"board","kind":"quorum","recipient":"age1x","proven":["2026-11-22T10:00:00Z vault abc bob"],"sheets":["2026-11-22T10:00:00Z abc"],"threshold":2,"member":["alice ssh-rsa AAAA","bob paper"]}`
	if string(data) != want {
		t.Errorf("written as %s", data)
	}
	var back Holder
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, h) {
		t.Errorf("read as %+v: %v", back, err)
	}
	for _, line := range []string{`"proven":["2026-11-22 vault abc"]`, `"sheets":["2026-11-22T10:00:00Z"]`} {
		if err := json.Unmarshal([]byte("{"+line+"}"), &back); err == nil {
			t.Errorf("%s is read", line)
		}
	}
}

// What a newer program has written into any of the records stays.
func TestUniteKeepsWhatIsUnknown(t *testing.T) {
	a := &format.Record{Line: LineHolder, Fields: []format.Field{{Key: "id", Value: "x"}, {Key: "kept", Value: "a"}, {Key: "who", Value: "bob"}, {Key: "new", Value: "1"}, {Key: "", Value: "odd"}}}
	b := &format.Record{Line: LineHolder, Fields: []format.Field{{Key: "id", Value: "x"}, {Key: "kept", Value: "b"}, {Key: "who", Value: "bob"}, {Key: "who", Value: "carol"}, {Key: "new", Value: "2"}, {Key: "", Value: "odder"}}}
	want := []format.Field{{Key: "id", Value: "x"}, {Key: "kept", Value: "a"}, {Key: "who", Value: "bob"}, {Key: "new", Value: "1"}, {Key: "", Value: "odd"}, {Key: "who", Value: "carol"}, {Key: "new", Value: "2"}, {Key: "", Value: "odder"}}
	if got := MergeRecords([]*format.Record{a, b}); !slices.Equal(got.Fields, want) {
		t.Errorf("%q", got.Fields)
	}
	if len(a.Fields) != 5 {
		t.Error("the first record was changed")
	}
}

// TestSheetDigest is F69.
func TestSheetDigest(t *testing.T) {
	copies := []Copy{{Name: "stick", Kept: "office"}, {Name: "cloud", At: "s3:vault"}, {Name: "kit", Kept: "a\nb"}}
	text := "seedvault sheet\nfingerprint ab" + strings.Repeat("0", 62) +
		"\nrecipient age1example\ncopy cloud - s3:vault\ncopy kit a\\nb -\ncopy stick office -\n"
	sum := sha256.Sum256([]byte(text))
	want := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:32]
	if got := SheetDigest(format.Fingerprint{0xab}, "age1example", copies); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestMerge is F24: of the records of one holder that with the latest proof is read, of
// equal ones the first, with the lists of all.
func TestMerge(t *testing.T) {
	merged := MergeHolders([]Holder{
		{ID: "1", Name: "old", Files: []string{"c", "a"}, Proven: parseProofs([]string{"2026-01-01T00:00:00Z vault x", "no proof"})},
		{ID: "2", Name: "other"},
		{ID: "2", Name: "later"},
		{ID: "1", Name: "new", Files: []string{"b", "a"}, Proven: parseProofs([]string{"2026-02-01T00:00:00Z vault y", "2026-01-02T00:00:00Z vault x", "2026-01-03T00:00:00Z other x", "2026-01-01T00:00:00Z other x"})},
	})
	if len(merged) != 2 || merged[0].Name != "new" || merged[1].Name != "other" || len(merged[0].Files) != 3 || fmt.Sprint(merged[0].Proven) != "[2026-02-01T00:00:00Z vault y 2026-01-03T00:00:00Z other x]" {
		t.Errorf("merged: %+v", merged)
	}
}

func TestProofIsNone(t *testing.T) {
	for _, line := range []string{"", "2026-11-22T10:00:00Z vault", "yesterday vault abc", "2026-11-22T10:00:00Z vault abc bob more"} {
		if _, err := ParseProof(line); !errors.Is(err, ErrProof) {
			t.Errorf("%q: %v", line, err)
		}
	}
}
