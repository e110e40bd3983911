// Remotes times the sync of a copy in an S3 bucket and on a branch of git beside rclone
// sync and git push of the same files, in one run, and counts requests:
//
//	go run ./testdata/bench/remotes [-runs N] [-latency 20ms] [SEEDS...]
//
// The S3 server is gofakes3 in this process, the repository a bare one in a temporary
// folder: no network is in between. Each figure is the median of the runs (three if
// nothing is said), in which all take turns: first, unchanged, and with one file more.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/gitstore"
	"seedvault/escrow/copies/rclonestore"
	"seedvault/escrow/copies/remote"
	"seedvault/testdata/bench/benchvault"
	"seedvault/testdata/s3server"
)

func main() {
	log.SetFlags(0)
	runs := flag.Int("runs", 3, "how often")
	latency := flag.Duration("latency", 0, "after how long the S3 server answers each request")
	flag.Parse()
	sizes := []int{1000, 10000}
	if flag.NArg() > 0 {
		sizes = nil
		for _, arg := range flag.Args() {
			n, err := strconv.Atoi(arg)
			if err != nil || n < 1 {
				log.Fatal("usage: go run ./testdata/bench/remotes [-runs N] [-latency 20ms] [SEEDS...]")
			}
			sizes = append(sizes, n)
		}
	}
	for _, n := range sizes {
		took, asked := map[string][]time.Duration{}, map[string]string{}
		for range *runs {
			if err := once(n, *latency, took, asked); err != nil {
				log.Fatal(err)
			}
		}
		show(n, took, asked)
	}
}

var situations = []string{"first", "unchanged", "one more"}

// show prints a row for each situation.
func show(seeds int, took map[string][]time.Duration, asked map[string]string) {
	fmt.Printf("| seeds | remote | sync | seedvault | plain | ratio | requests of seedvault | of plain |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, kind := range []string{"s3", "git"} {
		for _, what := range situations {
			ours, plain := median(took["seedvault "+kind+what]), median(took["plain "+kind+what])
			fmt.Printf("| %d | %s | %s | %.2f s | %.2f s | %.2f | %s | %s |\n", seeds, kind, what, ours.Seconds(), plain.Seconds(),
				float64(ours)/float64(plain), asked["seedvault "+kind+what], asked["plain "+kind+what])
		}
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// stage is one run with places of its own.
type stage struct {
	dir, home string
	pin       escrow.Pin
	s3        *s3server.S3
	run       *counted
	seen      map[string]copies.Seen
}

func once(seeds int, latency time.Duration, took map[string][]time.Duration, asked map[string]string) error {
	dir, err := os.MkdirTemp("", "bench-remotes-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	st := &stage{dir: dir, home: filepath.Join(dir, "vault"), seen: map[string]copies.Seen{}}
	if st.pin, err = benchvault.Make(st.home, seeds); err != nil {
		return err
	}
	if err := exec.Command("sync").Run(); err != nil { // a vault's files are on the disk
		return err
	}
	if st.s3, err = s3server.New(); err != nil {
		return err
	}
	defer st.s3.Close()
	if latency > 0 {
		st.s3.Wrap(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			time.Sleep(latency)
			next.ServeHTTP(w, r)
		})
	}
	config := filepath.Join(dir, "rclone.conf")
	if err := os.WriteFile(config, []byte(st.s3.Config()), 0o600); err != nil {
		return err
	}
	st.run = &counted{Exec: remote.Exec{Env: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "RCLONE_CONFIG=" + config}}}
	for _, name := range []string{"ours.git", "plain.git"} {
		if err := st.command("git", "init", "-q", "--bare", "-b", "main", filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if err := st.command("git", "init", "-q", "--bare", "-b", "main", filepath.Join(dir, "work.git")); err != nil {
		return err
	}
	ways := []struct {
		name string
		run  func() error
	}{{"seedvault s3", st.ourS3}, {"plain s3", st.plainS3}, {"seedvault git", st.ourGit}, {"plain git", st.plainGit}}
	for _, what := range situations {
		if what == "one more" {
			if err := st.add(); err != nil {
				return err
			}
		}
		for _, w := range ways {
			st.s3.Requests()
			st.run.dialled = nil
			start := time.Now()
			if err := w.run(); err != nil {
				return fmt.Errorf("%s, %s: %w", w.name, what, err)
			}
			took[w.name+what] = append(took[w.name+what], time.Since(start))
			asked[w.name+what] = st.requests(w.name)
		}
	}
	return nil
}

// requests says what a remote was asked.
func (st *stage) requests(way string) string {
	if strings.HasSuffix(way, "git") {
		return strings.Join(st.run.dialled, ", ")
	}
	var list []string
	counts := st.s3.Requests()
	for _, kind := range []string{"LIST", "HEAD", "GET", "PUT"} {
		if n := counts[kind]; n > 0 {
			list = append(list, fmt.Sprintf("%d %s", n, kind))
		}
	}
	return strings.Join(list, ", ")
}

func (st *stage) add() error {
	d, err := escrow.OpenDir(st.home)
	if err != nil {
		return err
	}
	defer d.Close()
	v, err := escrow.Open(d, &st.pin)
	if err != nil {
		return err
	}
	seed, err := escrow.NewSeed("otpauth://totp/One:more?secret=JBSWY3DPEHPK3PXP&issuer=One", escrow.Details{Added: time.Now()})
	if err != nil {
		return err
	}
	_, err = v.Deposit(seed)
	return err
}

func (st *stage) ourS3() error {
	s, err := rclonestore.Open(context.Background(), rclonestore.Options{Run: st.run, Remote: "s3:vault/ours", Scratch: filepath.Join(st.dir, "scratch")})
	if err != nil {
		return err
	}
	return st.sync("s3", s)
}

func (st *stage) ourGit() error {
	s, err := gitstore.Open(context.Background(), gitstore.Options{
		Run: st.run, Remote: filepath.Join(st.dir, "ours.git"), Clone: filepath.Join(st.dir, "clone.git"), Now: time.Now,
	})
	if err != nil {
		return err
	}
	return st.sync("git", s)
}

func (st *stage) sync(kind string, there copies.Store) error {
	defer there.Close()
	d, err := escrow.OpenDir(st.home)
	if err != nil {
		return err
	}
	defer d.Close()
	r, err := copies.Sync(context.Background(), d, there, copies.Options{Pin: &st.pin, Seen: st.seen[kind]})
	if err == nil && (r.Err != nil || r.Left > 0) {
		err = fmt.Errorf("the copy is %s: %v", r.State, r.Err)
	}
	st.seen[kind] = r.Seen
	return err
}

func (st *stage) plainS3() error {
	return st.command("rclone", "sync", "--fast-list", "--transfers=8", "--checkers=16", "--s3-no-check-bucket", st.home, "s3:vault/plain")
}

// plainGit does what a person types whose work tree is the vault.
func (st *stage) plainGit() error {
	at := []string{"--git-dir=" + filepath.Join(st.dir, "work.git"), "--work-tree=" + st.home}
	git := func(args ...string) error { return st.command("git", append(slices.Clone(at), args...)...) }
	if err := git("add", "-A"); err != nil {
		return err
	}
	if git("diff", "--cached", "--quiet") != nil {
		if err := git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "files"); err != nil {
			return err
		}
	}
	st.run.dialled = append(st.run.dialled, "push")
	return git("push", "-q", filepath.Join(st.dir, "plain.git"), "HEAD:main")
}

func (st *stage) command(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = st.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %q: %w: %s", name, args, err, out)
	}
	return nil
}

func (st *stage) env() []string { return st.run.Env }

// counted notes the commands with which git speaks to the remote.
type counted struct {
	remote.Exec
	dialled []string
}

func (c *counted) Run(ctx context.Context, call remote.Call) (string, error) {
	for _, a := range call.Args {
		if a == "ls-remote" || a == "fetch" || a == "push" {
			c.dialled = append(c.dialled, a)
		}
	}
	return c.Exec.Run(ctx, call)
}
