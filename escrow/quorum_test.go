package escrow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// board is a quorum of members with keys of their own, and of some on paper.
type board struct {
	holder NewHolder
	ids    []age.Identity // of the members, nil for those on paper
	paper  []key.Share
}

func newBoard(t testing.TB, m int, postQuantum bool, onPaper ...bool) board {
	t.Helper()
	var b board
	var members []key.Member
	for i, paper := range onPaper {
		member := key.Member{Name: fmt.Sprintf("member%d", i+1), Recipient: key.OnPaper}
		var id age.Identity
		if !paper {
			x, err := age.GenerateX25519Identity()
			must(t, err)
			id, member.Recipient = x, x.Recipient().String()
		}
		b.ids, members = append(b.ids, id), append(members, member)
	}
	var err error
	b.holder, b.paper, err = QuorumHolder("board", m, members, postQuantum, nil)
	must(t, err)
	return b
}

// shareOfMember opens a member's share file.
func shareOfMember(t testing.TB, v *Vault, id age.Identity) key.Share {
	t.Helper()
	found := v.Shares(id)
	if len(found) != 1 {
		t.Fatalf("%d shares open", len(found))
	}
	return found[0].Share
}

// withBoard is a vault that a quorum is a holder of.
func withBoard(t *testing.T, b board) *fixture {
	t.Helper()
	f := newFixture(t)
	f.add(b.holder)
	return f
}

// TestEveryQuorum: of every quorum up to 3 of 5, every m members open the vault, and
// no m-1 do.
func TestEveryQuorum(t *testing.T) {
	for n := 2; n <= 5; n++ {
		for m := 2; m <= min(n, 3); m++ {
			b := newBoard(t, m, n == 3, make([]bool, n)...)
			f := withBoard(t, b)
			for set := range 1 << n {
				var ids []age.Identity
				for i := range n {
					if set>>i&1 == 1 {
						ids = append(ids, b.ids[i])
					}
				}
				o, err := f.vault().Unlock(ids...)
				if enough := len(ids) >= m; enough != (err == nil) {
					t.Errorf("%d of %d with %d: %v", m, n, len(ids), err)
				} else if enough && (o.Holder() != "board" || !o.Compared()) {
					t.Errorf("%d of %d opened as %q", m, n, o.Holder())
				}
			}
		}
	}
}

func TestQuorumNumbers(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	must(t, err)
	r := id.Recipient().String()
	for name, c := range map[string]struct {
		m       int
		members []key.Member
		want    error
	}{
		"one":      {1, []key.Member{{Name: "a", Recipient: r}, {Name: "b", Recipient: r}}, key.ErrQuorum},
		"too many": {3, []key.Member{{Name: "a", Recipient: r}, {Name: "b", Recipient: r}}, key.ErrQuorum},
		"twice":    {2, []key.Member{{Name: "a", Recipient: r}, {Name: "a", Recipient: r}}, key.ErrQuorum},
		"name":     {2, []key.Member{{Name: "a", Recipient: r}, {Name: "B", Recipient: r}}, ErrName},
		"key":      {2, []key.Member{{Name: "a", Recipient: r}, {Name: "b", Recipient: "age1x"}}, key.ErrRecipient},
		"plugin":   {2, []key.Member{{Name: "a", Recipient: r}, {Name: "b", Recipient: "age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt"}}, key.ErrPluginRecipient},
		"33":       {2, slices.Repeat([]key.Member{{Name: "a", Recipient: r}}, 33), key.ErrQuorum},
	} {
		if _, _, err := QuorumHolder("board", c.m, c.members, false, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestQuorumInRoster: the roster knows the quorum, and its ways in.
func TestQuorumInRoster(t *testing.T) {
	f := withBoard(t, newBoard(t, 2, false, false, false, true))
	holders, findings := f.unlock().Roster().Holders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Kind == roster.KindQuorum })
	if len(findings) > 0 || i < 0 {
		t.Fatalf("%v %v", holders, findings)
	}
	h := holders[i]
	if h.Threshold != 2 || len(h.Members) != 3 || h.Members[0].Name != "member1" || !strings.HasPrefix(h.Members[0].Recipient, "age1") || h.Members[2].String() != "member3 paper" || len(h.Files) != 3 {
		t.Errorf("%+v", h)
	}
	if h.WaysIn() != 2 {
		t.Errorf("%d ways in", h.WaysIn())
	}
}

// TestLostHolders: whichever holders' files are lost, the vault opens with each that
// is left, and with no other.
func TestLostHolders(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	b := newBoard(t, 2, false, false, false, false)
	key, keyID := freshKey(t, "bob")
	f.add(key, b.holder)
	words, err := f.vault().PassphraseKeys("words")
	must(t, err)
	wordsID, err := words.Unlock(passphrase)
	must(t, err)
	ways := map[string][]age.Identity{
		"words": {wordsID}, "paper": {f.paper}, "anna": {f.friend}, "bob": {keyID}, "board": {b.ids[0], b.ids[2]},
	}
	names := slices.Sorted(maps.Keys(ways))
	folder := f.folder()
	for lost := range 1 << len(names) {
		dir := t.TempDir()
		must(t, os.CopyFS(dir, os.DirFS(f.dir)))
		for i, name := range names {
			if lost>>i&1 == 1 {
				must(t, os.RemoveAll(filepath.Join(dir, folder, "holders", name)))
			}
		}
		v, err := Open(openDir(t, dir), &f.pin)
		must(t, err)
		for i, name := range names {
			o, err := v.Unlock(ways[name]...)
			if gone := lost>>i&1 == 1; gone != errors.Is(err, ErrNoMatch) {
				t.Errorf("without %05b, %s: %v", lost, name, err)
			} else if !gone {
				if entries, findings := seedsOf(t, o); len(entries) != 2 || len(findings) > 0 {
					t.Errorf("without %05b, %s: %d seeds", lost, name, len(entries))
				}
			}
		}
	}
}

// TestQuorumInCheck: a share that is damaged is named without a key, and with too few
// left the quorum is no way in.
func TestQuorumInCheck(t *testing.T) {
	b := newBoard(t, 2, false, false, false, true)
	f := withBoard(t, b)
	report := func() *Report {
		r, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime})
		must(t, err)
		return r
	}
	whole := report().Ways
	share := f.glob("holders/board/share-member1-*.age")
	f.change(share, flip)
	if r := f.vault().Check(CheckOptions{Now: testTime}); !reports(r, CodeDamaged, share) {
		t.Errorf("not named without a key: %+v", r.Findings)
	}
	if got := report().Ways; got != whole-1 {
		t.Errorf("%d ways in with one share damaged, %d with all", got, whole)
	}
	f.change(f.glob("holders/board/share-member2-*.age"), flip)
	if got := report().Ways; got != whole-2 {
		t.Errorf("%d ways in with one share left of the two that it takes, %d with all", got, whole)
	}
}

// TestClassicHolders: of a post-quantum vault, check names those whose keys are not.
func TestClassicHolders(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	must(t, err)
	pq, err := age.GenerateHybridIdentity()
	must(t, err)
	classic, err := KeyHolder("classic", id.Recipient().String())
	must(t, err)
	hybrid, err := KeyHolder("hybrid", pq.Recipient().String())
	must(t, err)
	paper, _, err := PaperHolder("paper", true)
	must(t, err)
	board, _, err := QuorumHolder("board", 2, []key.Member{{Name: "a", Recipient: key.OnPaper}, {Name: "b", Recipient: id.Recipient().String()}, {Name: "c", Recipient: key.OnPaper}}, true, nil)
	must(t, err)
	fsys := openDir(t, t.TempDir())
	pin, err := Create(fsys, CreateOptions{Holders: []NewHolder{classic, hybrid, paper, board}, PostQuantum: true, Now: testTime})
	must(t, err)
	v, err := Open(fsys, &pin)
	must(t, err)
	o, err := v.Unlock(pq)
	must(t, err)
	r, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	var named []string
	for _, f := range r.Findings {
		if f.Code == CodeClassic && !f.Red {
			named = append(named, f.Detail)
		}
	}
	slices.Sort(named)
	if !slices.Equal(named, []string{"board", "classic"}) {
		t.Errorf("named %v", named)
	}
}
