package escrow

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"

	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// memberKey is a member's identity, and its recipient's text.
type memberKey struct {
	id   age.Identity
	text string
}

// memberKeys are keys of each size.
func memberKeys(t *testing.T) map[string]memberKey {
	t.Helper()
	x, err := age.GenerateX25519Identity()
	must(t, err)
	pq, err := age.GenerateHybridIdentity()
	must(t, err)
	private, err := rsa.GenerateKey(rand.Reader, 3072)
	must(t, err)
	old, err := agessh.NewRSAIdentity(private)
	must(t, err)
	public, err := ssh.NewPublicKey(private.Public())
	must(t, err)
	return map[string]memberKey{
		"X25519":  {x, x.Recipient().String()},
		"ssh-rsa": {old, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(public)))},
		"hybrid":  {pq, pq.Recipient().String()},
	}
}

// membersOf are n members with names of a length and one key.
func membersOf(n, length int, recipient string) []key.Member {
	members := make([]key.Member, n)
	for i := range members {
		members[i] = key.Member{Name: fmt.Sprintf("%0*d", length, i+1), Recipient: recipient}
	}
	return members
}

// TestMostMembers is F65: as many members as fit are taken, with each kind of key,
// with short names and with the longest; one more is refused before anything is
// written.
func TestMostMembers(t *testing.T) {
	t.Parallel()
	for kind, member := range memberKeys(t) {
		for length, want := range map[int]int{
			8:  map[string]int{"X25519": 255, "ssh-rsa": 86, "hybrid": 27}[kind],
			32: map[string]int{"X25519": 227, "ssh-rsa": 80, "hybrid": 27}[kind],
		} {
			quorum := func(n int) error {
				_, _, err := QuorumHolder("board", 2, membersOf(n, length, member.text), kind == "hybrid", nil)
				return err
			}
			if err := quorum(want); err != nil {
				t.Errorf("%s, names of %d: %d members: %v", kind, length, want, err)
			}
			refused := key.ErrMembers
			if want == 255 {
				refused = key.ErrQuorum
			}
			if err := quorum(want + 1); !errors.Is(err, refused) {
				t.Errorf("%s, names of %d: %d members: %v", kind, length, want+1, err)
			}
		}
	}
}

// TestRoomForProofs: a quorum of as many members as fit opens, is proven by each of
// them for the vault and for copies, is described and rotates; what gives way for want
// of room is what a later proof replaces.
func TestRoomForProofs(t *testing.T) {
	t.Parallel()
	member := memberKeys(t)["hybrid"]
	members := membersOf(27, 8, member.text)
	renew := func(old roster.Holder, staying []key.Member) (NewHolder, error) {
		h, _, err := QuorumHolder("board", 2, staying, true, nil)
		return h, err
	}
	h, err := renew(roster.Holder{}, members)
	must(t, err)
	f := newFixture(t)
	f.add(h)
	o := f.unlock()
	at := testTime
	for _, place := range []string{roster.InVault, strings.Repeat("1", 32), strings.Repeat("2", 32)} {
		for _, m := range append(members, key.Member{}) {
			at = at.Add(time.Second)
			must(t, o.Roster().Prove(h.holder.ID, roster.Proof{Time: at, Copy: place, Seal: o.reader.newestSeal(), Member: m.Name}))
		}
	}
	must(t, o.Roster().Describe(h.holder.ID, "office", []string{"somebody"}))
	f.seal(o)
	board, last := f.named("board"), testTime.Add(2*28*time.Second)
	for _, m := range members {
		if !board.MemberProven(m.Name).After(last) {
			t.Errorf("%s was last proven %v", m.Name, board.MemberProven(m.Name))
		}
	}
	if board.Kept != "office" || len(board.Proven) < 28 || len(board.Proven) > 3*28 || !board.LastProven().Equal(at) {
		t.Errorf("kept %s, %d proofs, last %v", board.Kept, len(board.Proven), board.LastProven())
	}
	if o, err := f.vault().Unlock(member.id); err != nil || o.Holder() != "board" {
		t.Errorf("it does not open: %v", err)
	}
	o, p := f.plan(RotateOptions{Renew: renew})
	if _, err := o.Rotate(context.Background(), p, testTime); err != nil {
		t.Errorf("it does not rotate: %v", err)
	}
}
