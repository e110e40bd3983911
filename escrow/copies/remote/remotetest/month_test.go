package remotetest_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"seedvault/escrow/copies"
	"seedvault/escrow/copies/gitstore"
	"seedvault/escrow/copies/rclonestore"
	"seedvault/escrow/copies/remote/remotetest"
	"seedvault/testdata/s3server"
)

// go test ./escrow/copies/remote/remotetest -run TestMonth -month 1 -timeout 1h plays a
// month of 8 machines, an action an hour; without -month three machines play 12 actions.
var (
	months = flag.Int("month", 0, "how many months of 8 machines are played")
	origin = flag.Uint64("origin", 1, "what the first one is drawn from")
)

// member is one machine of a team with its ways to the copies.
type member struct {
	*remotetest.Machine
	git, s3         func() (copies.Store, error)
	seenGit, seenS3 copies.Seen
}

// team is a vault on several machines with a copy over git and one in a bucket.
type team struct {
	t       *testing.T
	draw    *rand.Rand
	members []*member
	server  *s3server.S3
	repo    string
	did     map[string]int
}

func newTeam(t *testing.T, n int, seed uint64) *team {
	tm := &team{t: t, draw: rand.New(rand.NewPCG(seed, 7)), repo: filepath.Join(t.TempDir(), "vault.git"), did: map[string]int{}}
	out, err := exec.Command("git", "init", "-q", "--bare", "-b", "main", tm.repo).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	tm.server, err = s3server.New()
	remotetest.Must(t, err)
	t.Cleanup(tm.server.Close)
	first := remotetest.New(t, 3)
	for i := range n {
		m := first
		if i > 0 {
			m = first.Twin()
		}
		run, dir := remotetest.NewRunner(t), t.TempDir()
		remotetest.Configure(t, run, tm.server.Config())
		tm.members = append(tm.members, &member{
			Machine: m,
			git: func() (copies.Store, error) {
				return gitstore.Open(t.Context(), gitstore.Options{Run: run, Remote: tm.repo, Clone: filepath.Join(dir, "clone"), Now: time.Now})
			},
			s3: func() (copies.Store, error) {
				return rclonestore.Open(t.Context(), rclonestore.Options{Run: run, Remote: "s3:vault/team", Scratch: filepath.Join(dir, "scratch")})
			},
		})
	}
	return tm
}

// sync brings a machine and one copy to the same, and reports whether anything moved.
func (tm *team) sync(m *member, open func() (copies.Store, error), seen *copies.Seen) bool {
	tm.t.Helper()
	there, err := open()
	remotetest.Must(tm.t, err)
	defer there.Close()
	r, err := copies.Sync(context.Background(), m.FS, there, copies.Options{Pin: &m.Pin, Seen: *seen})
	remotetest.Must(tm.t, err)
	if r.Err != nil || r.Left > 0 || len(r.Damaged)+len(r.DamagedHere)+r.Lost.Files > 0 {
		tm.t.Fatalf("the copy is %s: %+v", r.State, r)
	}
	*seen = r.Seen
	tm.did["syncs"]++
	return m.Follow() || r.Given.Files+r.Taken.Files > 0
}

func (tm *team) syncBoth(m *member) bool {
	a := tm.sync(m, m.git, &m.seenGit)
	b := tm.sync(m, m.s3, &m.seenS3)
	return a || b
}

// act has a machine do something, as people do.
func (tm *team) act() {
	m := tm.members[tm.draw.IntN(len(tm.members))]
	switch n := tm.draw.IntN(100); {
	case n < 30:
		m.Add(1 + tm.draw.IntN(3))
		tm.did["adds"]++
	case n < 45:
		m.Seal()
		tm.did["accepts"]++
	case n < 58:
		m.Edit(tm.draw.IntN(50))
		tm.did["edits"]++
	case n < 60:
		tm.syncBoth(m)
		m.Rotate()
		tm.syncBoth(m)
		tm.did["rotations"]++
	case n < 80:
		tm.sync(m, m.git, &m.seenGit)
	default:
		tm.sync(m, m.s3, &m.seenS3)
	}
}

// settle syncs all machines in random order until nothing moves any more.
func (tm *team) settle() {
	tm.t.Helper()
	for range 6 {
		moved := false
		for _, i := range tm.draw.Perm(len(tm.members)) {
			moved = tm.syncBoth(tm.members[i]) || moved
		}
		if !moved {
			return
		}
	}
	tm.t.Fatal("the machines do not come to rest")
}

// wantSame wants all machines and both copies to hold the same files, .gitattributes apart,
// and every machine to give every seed that was ever added.
func (tm *team) wantSame() {
	tm.t.Helper()
	want := tm.members[0].FS.Files()
	delete(want, ".gitattributes")
	same := func(what string, files map[string]string) {
		delete(files, ".gitattributes")
		if !maps.Equal(files, want) {
			tm.t.Errorf("%s holds %d files, the first machine %d", what, len(files), len(want))
		}
	}
	for i, m := range tm.members {
		same(fmt.Sprintf("machine %d", i+1), m.FS.Files())
		if lines, added := m.Lines(), m.Added(); len(lines) != added {
			tm.t.Errorf("machine %d gives %d seeds of %d that were added", i+1, len(lines), added)
		}
	}
	inBucket, err := tm.server.Files("team/")
	remotetest.Must(tm.t, err)
	same("the bucket", inBucket)
	bare := &member{Machine: tm.members[0].Bare(), git: tm.members[1].git}
	there, err := bare.git()
	remotetest.Must(tm.t, err)
	defer there.Close()
	_, err = copies.Bring(tm.t.Context(), bare.FS, there, copies.Options{Pin: &bare.Pin})
	remotetest.Must(tm.t, err)
	same("the branch", bare.FS.Files())
}

func TestMonth(t *testing.T) {
	machines, actions, runs := 3, 12, 1
	if *months > 0 {
		machines, actions, runs = 8, 30*24, *months
	}
	for n := range runs {
		seed := *origin + uint64(n)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			tm := newTeam(t, machines, seed)
			for range actions {
				tm.act()
			}
			tm.settle()
			tm.wantSame()
			t.Logf("%d machines, %d seeds, %v", machines, tm.members[0].Added(), tm.did)
		})
	}
}
