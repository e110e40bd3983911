package escrow

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/key"
)

// What a member of a quorum can do to the others, and a stranger who knows the
// members' public keys. THREATS.md has each attack's number.

// plantShare encrypts a share's text to a member's public key, as anybody can.
func (f *fixture) plantShare(member string, to age.Recipient, text string) {
	f.t.Helper()
	file, err := key.Encrypt(to, []byte(text))
	must(f.t, err)
	_, err = write(f.fsys, f.folder()+"/holders/board", "share-"+member+"-", file)
	must(f.t, err)
}

// lyingShare is a share with one byte of it changed and the lines of some members made
// to fit, so that it is consistent in itself.
func lyingShare(t *testing.T, s key.Share, index int, change byte, fitting ...int) key.Share {
	t.Helper()
	lines := strings.Split(s.Text(), "\n")
	var sum string
	for i, line := range lines {
		switch words := strings.Fields(line); {
		case len(words) == 0:
		case words[0] == "index":
			lines[i] = fmt.Sprint("index ", index)
		case words[0] == "share":
			y, err := hex.DecodeString(words[1])
			must(t, err)
			y[5] ^= change
			lines[i], sum = fmt.Sprintf("share %x", y), fmt.Sprintf("%x", sha256.Sum256(y))
		case words[0] == "member" && slices.Contains(fitting, atoi(t, words[1])):
			lines[i] = line[:strings.LastIndex(line, " ")+1] + sum
		}
	}
	lie, err := key.ParseShare(strings.Join(lines, "\n"))
	must(t, err)
	return lie
}

func atoi(t *testing.T, digits string) int {
	t.Helper()
	n, err := strconv.Atoi(digits)
	must(t, err)
	return n
}

// TestA32PlantedShares: shares of another quorum, and of one that a member made to
// look like the real one, lie beside the real shares and keep nobody out.
func TestA32PlantedShares(t *testing.T) {
	b := newBoard(t, 2, false, false, false, false)
	f := withBoard(t, b)
	real := shareOfMember(t, f.vault(), b.ids[0])
	other := newBoard(t, 2, false, false, false, false)
	foreign := shareOfMember(t, withBoard(t, other).vault(), other.ids[0])
	for i, id := range b.ids {
		to := id.(*age.X25519Identity).Recipient()
		member := fmt.Sprintf("member%d", i+1)
		f.plantShare(member, to, foreign.Text())
		f.plantShare(member, to, "seedvault share 1\nno share\n")
		f.plantShare(member, to, real.Text()) // another member's
		for n := range 8 {                    // quorum and recipient are the real ones, and each is consistent
			f.plantShare(member, to, lyingShare(t, real, i+1, byte(n+1), 1, 2, 3).Text())
		}
	}
	for i := range b.ids {
		o, err := f.vault().Unlock(b.ids[i], b.ids[(i+1)%3])
		if err != nil || o.Holder() != "board" || !o.Compared() {
			t.Errorf("members %d and %d: %v", i+1, (i+1)%3+1, err)
		}
	}
	slots, err := os.ReadDir(f.path(f.folder() + "/holders/board"))
	must(t, err)
	for _, s := range slots {
		if strings.HasPrefix(s.Name(), "slot-") {
			f.remove(f.folder() + "/holders/board/" + s.Name())
		}
	}
	if _, err := f.vault().Unlock(b.ids[1], b.ids[2]); !errors.Is(err, ErrNoMatch) {
		t.Errorf("the shares without their slot: %v", err)
	}
}

// TestA49MemberWhoLies: one share that is consistent in itself and false keeps to
// itself, whether it comes first or last: it is never joined with the others.
func TestA49MemberWhoLies(t *testing.T) {
	b := newBoard(t, 2, false, false, false, false)
	f := withBoard(t, b)
	one, two, three := shareOfMember(t, f.vault(), b.ids[0]), shareOfMember(t, f.vault(), b.ids[1]), shareOfMember(t, f.vault(), b.ids[2])
	lie := lyingShare(t, one, 1, 1, 1)
	var g key.Combiner
	must(t, g.Add(two))
	if err := g.Add(lie); !errors.Is(err, key.ErrShareForeign) || g.Missing() != 1 {
		t.Errorf("last: %v", err)
	}
	must(t, g.Add(three))
	if _, err := g.Identity(); err != nil {
		t.Error(err)
	}
	g = key.Combiner{}
	must(t, g.Add(lie))
	if err := g.Add(two); !errors.Is(err, key.ErrShareForeign) {
		t.Errorf("first: %v", err)
	}
	if _, err := g.Identity(); !errors.Is(err, key.ErrShareMissing) {
		t.Errorf("it is joined: %v", err)
	}
}
