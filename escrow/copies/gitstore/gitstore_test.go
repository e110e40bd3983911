package gitstore_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"seedvault/escrow/copies"
	"seedvault/escrow/copies/gitstore"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/copies/remote/remotetest"
)

// place is a git repository, and one machine's way to it.
type place struct {
	t     testing.TB
	run   *remotetest.Runner
	url   string
	clone string
}

// newPlace makes an empty bare repository.
func newPlace(t testing.TB) *place {
	p := &place{t: t, run: remotetest.NewRunner(t), url: filepath.Join(t.TempDir(), "vault.git")}
	p.clone = filepath.Join(t.TempDir(), "state", "clone")
	p.command("init", "-q", "--bare", "-b", "main", p.url)
	return p
}

// twin is another machine's way to the same repository.
func (p *place) twin() *place {
	return &place{p.t, remotetest.NewRunner(p.t), p.url, filepath.Join(p.t.TempDir(), "clone")}
}

// command runs git as somebody would who works on the repository by hand.
func (p *place) command(args ...string) string {
	p.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = p.t.TempDir()
	cmd.Env = append(slices.Clone(p.run.Env), "GIT_AUTHOR_NAME=x", "GIT_AUTHOR_EMAIL=x@example.com", "GIT_COMMITTER_NAME=x", "GIT_COMMITTER_EMAIL=x@example.com")
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// inRepo runs it in the repository itself.
func (p *place) inRepo(args ...string) string {
	p.t.Helper()
	return p.command(append([]string{"-C", p.url}, args...)...)
}

// byHand commits changes in a checkout of its own and pushes them.
func (p *place) byHand(change func(dir string), push ...string) {
	p.t.Helper()
	dir := filepath.Join(p.t.TempDir(), "checkout")
	p.command("clone", "-q", p.url, dir)
	change(dir)
	p.command("-C", dir, "add", "-A")
	p.command("-C", dir, "commit", "-q", "--allow-empty", "-m", "by hand")
	p.command(append([]string{"-C", dir, "push", "-q", "origin", "HEAD:main"}, push...)...)
}

func (p *place) options() gitstore.Options {
	return gitstore.Options{Run: p.run, Remote: p.url, Clone: p.clone, Now: func() time.Time { return remotetest.Now }}
}

func (p *place) open(o gitstore.Options) *gitstore.Store {
	p.t.Helper()
	s, err := gitstore.Open(p.t.Context(), o)
	if err != nil {
		p.t.Fatal(err)
	}
	return s
}

func (p *place) store() (copies.Store, error) { return gitstore.Open(p.t.Context(), p.options()) }

// sync syncs a machine with the repository and wants a state.
func (p *place) sync(m *remotetest.Machine, want copies.State) (copies.Result, bool) {
	p.t.Helper()
	s := p.open(p.options())
	defer s.Close()
	r, err := m.Sync(p.t.Context(), s, true)
	remotetest.Must(p.t, err)
	if r.State != want {
		p.t.Errorf("the copy is %s (%v), want %s: %+v", r.State, r.Err, want, r)
	}
	return r, r.Rewound
}

// files are those of the branch.
func (p *place) files() map[string]string {
	p.t.Helper()
	files := map[string]string{}
	cmd := exec.Command("git", "-C", p.url, "archive", "--format=tar", "main")
	cmd.Env = p.run.Env
	out, err := cmd.Output()
	remotetest.Must(p.t, err)
	for tr := tar.NewReader(bytes.NewReader(out)); ; {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		remotetest.Must(p.t, err)
		data, err := io.ReadAll(tr)
		remotetest.Must(p.t, err)
		if h.Typeflag == tar.TypeReg {
			files[h.Name] = string(data)
		}
	}
	return files
}

func TestSync(t *testing.T) {
	t.Parallel()
	p, m := newPlace(t), remotetest.New(t, 3)
	r, _ := p.sync(m, copies.New)
	if !maps.Equal(p.files(), m.FS.Files()) || r.Given.Seeds != 3 {
		t.Fatalf("the branch is not the vault: %+v", r)
	}
	p.run.Calls()
	p.sync(m, copies.Equal)
	for _, verb := range remotetest.Verbs(p.run.Calls()) {
		if verb == "fetch" || verb == "push" || verb == "fast-import" {
			t.Errorf("nothing is new, and git %s was run", verb)
		}
	}
	other, q := m.Bare(), p.twin()
	s := q.open(q.options())
	brought, err := copies.Bring(t.Context(), other.FS, s, copies.Options{Pin: &m.Pin})
	s.Close()
	if err != nil || brought.Copied != len(m.FS.Files()) || other.Accepted() != 3 {
		t.Fatalf("%v, %+v", err, brought)
	}
	other.Add(2)
	other.Seal()
	q.sync(other, copies.Behind)
	m.Add(1)
	if r, rewritten := p.sync(m, copies.Ahead); r.Taken.Seeds != 2 || r.Given.Seeds != 1 || rewritten {
		t.Errorf("rewritten %t, %+v", rewritten, r)
	}
	q.sync(other, copies.Ahead)
	if !maps.Equal(other.FS.Files(), m.FS.Files()) || !maps.Equal(p.files(), m.FS.Files()) {
		t.Error("the machines differ")
	}
	p.inRepo("fsck", "--strict")
}

// TestCommits: a commit says how many files it brings, and nothing of this machine, unless
// the user's git was told a name; and it is signed where that signs.
func TestCommits(t *testing.T) {
	t.Parallel()
	p, m := newPlace(t), remotetest.New(t, 1)
	p.sync(m, copies.New)
	n := len(m.FS.Files())
	if got := p.inRepo("log", "--format=%an %ae %cn %ce|%B"); got != "seedvault seedvault@localhost seedvault seedvault@localhost|"+messageOf(n) {
		t.Errorf("%q", got)
	}
	p.command("config", "--global", "user.email", "kim@example.com")
	p.command("config", "--global", "user.name", "Kim")
	m.Add(1)
	p.sync(m, copies.Behind)
	if got := p.inRepo("log", "-1", "--format=%an %ae|%B"); got != "Kim kim@example.com|1 file" {
		t.Errorf("%q", got)
	}
	key := filepath.Join(t.TempDir(), "sign")
	remotetest.Must(t, exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).Run())
	for name, value := range map[string]string{"commit.gpgSign": "true", "gpg.format": "ssh", "user.signingKey": key} {
		p.command("config", "--global", name, value)
	}
	m.Add(2)
	p.sync(m, copies.Behind)
	if got := p.inRepo("cat-file", "commit", "main"); !strings.Contains(got, "-----BEGIN SSH SIGNATURE-----") || !strings.HasSuffix(got, "2 files") || !strings.Contains(got, "Kim <kim@example.com> 1795341600 +0000") {
		t.Errorf("%q", got)
	}
	if !maps.Equal(p.files(), m.FS.Files()) {
		t.Error("the signed commit holds something else")
	}
}

func messageOf(n int) string { return fmt.Sprintf("%d files", n) }

// TestConcurrentPushes has machines push at the same moment: none is forced away, and
// all arrive.
func TestConcurrentPushes(t *testing.T) {
	t.Parallel()
	p, m := newPlace(t), remotetest.New(t, 1)
	p.sync(m, copies.New)
	const machines = 5
	var wg sync.WaitGroup
	twins, places := make([]*remotetest.Machine, machines), make([]*place, machines)
	for i := range machines {
		twins[i], places[i] = m.Twin(), p.twin()
		twins[i].Add(2)
		twins[i].Seal()
	}
	var looked sync.WaitGroup // nobody pushes before all have looked
	looked.Add(machines)
	for i := range machines {
		var first sync.Once
		places[i].run.Before = func(_ int, c remote.Call) error {
			if slices.Contains(remotetest.Verbs([]remote.Call{c}), "push") {
				first.Do(func() { looked.Done(); looked.Wait() })
			}
			return nil
		}
		wg.Go(func() {
			defer first.Do(looked.Done) // where it failed before
			places[i].sync(twins[i], copies.Behind)
		})
	}
	wg.Wait()
	for i := range machines {
		places[i].sync(twins[i], map[bool]copies.State{true: copies.Ahead, false: copies.Equal}[!maps.Equal(twins[i].FS.Files(), p.files())])
		if got := twins[i].Accepted(); got != 1+2*machines {
			t.Errorf("machine %d accepts %d seeds", i, got)
		}
	}
	if p.inRepo("rev-list", "--merges", "--count", "main") != "0" {
		t.Error("there are merges")
	}
}

// TestRemoteChanges has somebody change the branch as anybody may who can push. What is
// damaged or missing is told and put back, but for a file that is a link now, and for a
// branch without any; files that are no vault's are left alone; and a history that was
// rewritten is noticed, once.
func TestRemoteChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		change    func(p *place, m *remotetest.Machine)
		want      copies.State
		rewritten bool
	}{
		{"a seed is cut off", func(p *place, m *remotetest.Machine) {
			p.byHand(func(dir string) { remotetest.Must(t, os.Truncate(filepath.Join(dir, m.Find("/seeds/")), 10)) })
		}, copies.Healed, false},
		{"a seed is another", func(p *place, m *remotetest.Machine) {
			p.byHand(func(dir string) {
				remotetest.Must(t, os.WriteFile(filepath.Join(dir, m.Find("/seeds/")), []byte("age-encryption.org/v1\n"), 0o600))
			})
		}, copies.Healed, false},
		{"a seed is a link", func(p *place, m *remotetest.Machine) {
			p.byHand(func(dir string) {
				name := filepath.Join(dir, m.Find("/seeds/"))
				remotetest.Must(t, os.Remove(name))
				remotetest.Must(t, os.Symlink("/etc/passwd", name))
			})
		}, copies.Damaged, false},
		{"a holder's folder is gone", func(p *place, m *remotetest.Machine) {
			p.byHand(func(dir string) {
				remotetest.Must(t, os.RemoveAll(filepath.Dir(filepath.Join(dir, m.Find("/holders/")))))
			})
		}, copies.LostFiles, false},
		{"attributes that run filters", func(p *place, m *remotetest.Machine) {
			p.byHand(func(dir string) {
				remotetest.Must(t, os.WriteFile(filepath.Join(dir, filepath.Dir(m.Find("/seeds/")), ".gitattributes"), []byte("* filter=evil merge=evil ident\n"), 0o600))
			})
		}, copies.Equal, false},
		{"the branch is reset", func(p *place, m *remotetest.Machine) { p.inRepo("update-ref", "refs/heads/main", "main~1") }, copies.Older, true},
		{"another history of the same files", func(p *place, m *remotetest.Machine) {
			p.inRepo("update-ref", "refs/heads/main", p.inRepo("commit-tree", "-m", "anew", "main^{tree}"))
		}, copies.Older, true},
		{"an empty commit in place of all", func(p *place, m *remotetest.Machine) {
			p.inRepo("update-ref", "refs/heads/main", p.inRepo("commit-tree", "-m", "nothing", p.inRepo("hash-object", "-t", "tree", "-w", "/dev/null")))
		}, copies.Emptied, true},
		{"a file that is no vault's", func(p *place, m *remotetest.Machine) {
			p.byHand(func(dir string) {
				remotetest.Must(t, os.WriteFile(filepath.Join(dir, "notes.md"), []byte("hello"), 0o600))
			})
		}, copies.Equal, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, m := newPlace(t), remotetest.New(t, 2)
			p.sync(m, copies.New)
			m.Add(1)
			m.Seal()
			p.sync(m, copies.Behind)
			before := m.FS.Files()
			c.change(p, m)
			if _, rewritten := p.sync(m, c.want); rewritten != c.rewritten {
				t.Errorf("rewritten: %t", rewritten)
			}
			if !maps.Equal(before, m.FS.Files()) {
				t.Error("the vault has changed")
			}
			if c.want == copies.Emptied || c.want == copies.Damaged {
				return
			}
			for name, data := range p.files() {
				if want, of := before[name]; of && want != data {
					t.Errorf("%s is still damaged", name)
				}
			}
			if _, again := p.sync(m, copies.Equal); again {
				t.Error("what was noticed once is noticed again")
			}
		})
	}
}

// TestShallow opens a repository that holds only the last commit of its history.
func TestShallow(t *testing.T) {
	t.Parallel()
	p, m := newPlace(t), remotetest.New(t, 1)
	p.sync(m, copies.New)
	m.Add(1)
	p.sync(m, copies.Behind)
	full := p.url
	p.url = filepath.Join(t.TempDir(), "shallow.git")
	p.command("clone", "-q", "--bare", "--depth", "1", "file://"+full, p.url)
	if p.inRepo("rev-parse", "--is-shallow-repository") != "true" {
		t.Fatal("it is not shallow")
	}
	q := p.twin()
	other := m.Bare()
	s := q.open(q.options())
	_, err := copies.Bring(t.Context(), other.FS, s, copies.Options{Pin: &m.Pin})
	s.Close()
	remotetest.Must(t, err)
	other.Add(1)
	q.sync(other, copies.Behind)
	if !maps.Equal(p.files(), other.FS.Files()) {
		t.Error("the branch is not the vault")
	}
}

// TestToldApart opens what is no such copy: each is told apart.
func TestToldApart(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(p *place, o *gitstore.Options)
		want error
	}{
		{"no repository", func(p *place, o *gitstore.Options) { o.Remote += "-none" }, remote.ErrUnknown},
		{"a folder that is none", func(p *place, o *gitstore.Options) { o.Remote = p.t.TempDir() }, remote.ErrUnknown},
		{"another branch", func(p *place, o *gitstore.Options) {
			p.sync(remotetest.New(p.t, 0), copies.New)
			o.Branch = "mian"
		}, remote.ErrBranch},
		{"nobody listens", func(p *place, o *gitstore.Options) { o.Remote = "http://127.0.0.1:1/x.git" }, remote.ErrNoAnswer},
		{"a helper that runs a command", func(p *place, o *gitstore.Options) { o.Remote = "ext::sh -c touch% /tmp/x" }, remote.ErrTransport},
		{"no git", func(p *place, o *gitstore.Options) {
			p.t.Setenv("PATH", p.t.TempDir())
		}, remote.ErrMissing},
		{"an old git", func(p *place, o *gitstore.Options) {
			bin := p.t.TempDir()
			remotetest.Must(p.t, os.WriteFile(filepath.Join(bin, "git"), []byte("#!/bin/sh\necho git version 2.17.1\n"), 0o700))
			p.t.Setenv("PATH", bin)
		}, remote.ErrTooOld},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t)
			o := p.options()
			c.set(p, &o)
			if s, err := gitstore.Open(t.Context(), o); !errors.Is(err, c.want) {
				t.Errorf("%v, %v, want %v", s, err, c.want)
			}
		})
	}
}

// TestRefused pushes to where one may not.
func TestRefused(t *testing.T) {
	t.Parallel()
	p, m := newPlace(t), remotetest.New(t, 1)
	hook := filepath.Join(p.url, "hooks", "pre-receive")
	remotetest.Must(t, os.MkdirAll(filepath.Dir(hook), 0o700))
	remotetest.Must(t, os.WriteFile(hook, []byte("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n"), 0o700))
	r, _ := p.sync(m, copies.ReadOnly)
	if !errors.Is(r.Err, fs.ErrPermission) || r.Given.Files != 0 || r.Left == 0 {
		t.Errorf("%+v", r)
	}
	remotetest.Must(t, os.Remove(hook))
	p.sync(m, copies.New)
}

// TestKilledAnywhere: where both sides have something new, a sync may be stopped after any
// program.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	base, m0 := newPlace(t), remotetest.New(t, 1)
	base.sync(m0, copies.New)
	other, q := m0.Twin(), base.twin()
	m0.Add(1)
	other.Add(1)
	q.sync(other, copies.Behind)
	remotetest.KilledAnywhere(t, 8, func() remotetest.Round {
		p := base.copied()
		return remotetest.Round{Machine: m0.Twin(), Run: p.run, Thorough: true, Open: p.store, Files: p.files}
	})
}

// copied is a place with copies of the repository and of the clone.
func (p *place) copied() *place {
	q := p.twin()
	q.url = filepath.Join(p.t.TempDir(), "vault.git")
	remotetest.Must(p.t, os.CopyFS(q.url, os.DirFS(p.url)))
	remotetest.Must(p.t, os.CopyFS(q.clone, os.DirFS(p.clone)))
	return q
}

// TestTornClone has the clone damaged in ways that a power cut may leave.
func TestTornClone(t *testing.T) {
	t.Parallel()
	for _, damage := range []func(clone string) error{
		func(clone string) error { return os.RemoveAll(filepath.Join(clone, "objects")) },
		func(clone string) error { return os.WriteFile(filepath.Join(clone, "HEAD"), nil, 0o600) },
		func(clone string) error { return os.Remove(filepath.Join(clone, "HEAD")) },
		func(clone string) error { return os.RemoveAll(filepath.Join(clone, "refs")) },
		func(clone string) error { return os.WriteFile(filepath.Join(clone, "config"), []byte("["), 0o600) },
		func(clone string) error { return os.Remove(filepath.Join(clone, "seedvault-format")) },
		func(clone string) error {
			packs, _ := filepath.Glob(filepath.Join(clone, "objects", "pack", "*.pack"))
			for _, pack := range packs {
				remotetest.Must(t, os.Chmod(pack, 0o600))
				if err := os.Truncate(pack, 40); err != nil {
					return err
				}
			}
			return nil
		},
	} {
		p, m := newPlace(t), remotetest.New(t, 1)
		p.sync(m, copies.New)
		remotetest.Must(t, damage(p.clone))
		m.Add(1)
		p.sync(m, copies.Behind)
		if !maps.Equal(p.files(), m.FS.Files()) {
			t.Error("the branch is not the vault")
		}
	}
}

// TestStalls has a remote that answers nothing: the context ends the waiting and what
// was started, and what that has started.
func TestStalls(t *testing.T) {
	p := newPlace(t)
	bin := t.TempDir()
	begun := filepath.Join(bin, "begun")
	script := "#!/bin/sh\ncase \"$*\" in *ls-remote*) sleep 300 & echo $! >" + begun + "; wait;; esac\nexec " + mustFind(t, "git") + " \"$@\"\n"
	remotetest.Must(t, os.WriteFile(filepath.Join(bin, "git"), []byte(script), 0o700))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	ctx, cancel := context.WithCancel(t.Context())
	pid := make(chan int, 1)
	go func() {
		defer cancel()
		for ctx.Err() == nil {
			said, _ := os.ReadFile(begun)
			if n, err := strconv.Atoi(strings.TrimSpace(string(said))); err == nil {
				pid <- n
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, err := gitstore.Open(ctx, p.options()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	cancel()
	select {
	case n := <-pid:
		for range 1000 { // until whoever inherits it has taken notice
			if alive(n) != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Errorf("process %d runs on", n)
	default:
		t.Error("nothing was started")
	}
}

// alive returns an error unless a process runs.
func alive(pid int) error {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err == nil && bytes.Contains(stat, []byte(") Z ")) {
		return os.ErrProcessDone // which nobody has waited for
	}
	return err
}

func mustFind(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	remotetest.Must(t, err)
	return path
}

// TestHooksOfOthers sets what a hook of another repository sets: the clone is not led
// astray, and the user's own hooks do not run.
func TestHooksOfOthers(t *testing.T) {
	t.Parallel()
	p, m := newPlace(t), remotetest.New(t, 1)
	elsewhere := t.TempDir()
	p.command("init", "-q", elsewhere)
	hooks := t.TempDir()
	for _, hook := range []string{"pre-push", "post-checkout", "post-rewrite"} {
		remotetest.Must(t, os.WriteFile(filepath.Join(hooks, hook), []byte("#!/bin/sh\ntouch "+filepath.Join(hooks, "ran")+"\nexit 1\n"), 0o700))
	}
	p.command("config", "--global", "core.hooksPath", hooks)
	p.run.Env = append(p.run.Env, "GIT_DIR="+filepath.Join(elsewhere, ".git"), "GIT_WORK_TREE="+elsewhere, "GIT_INDEX_FILE=/nowhere", "GIT_OBJECT_DIRECTORY="+elsewhere)
	s := p.open(p.options())
	r, err := m.Sync(t.Context(), s, true)
	s.Close()
	if err != nil || r.State != copies.New {
		t.Fatalf("%v, %+v", err, r)
	}
	if _, err := os.Stat(filepath.Join(hooks, "ran")); err == nil {
		t.Error("a hook has run")
	}
	out, err := exec.Command("git", "-C", elsewhere, "count-objects").Output()
	if err != nil || !bytes.HasPrefix(out, []byte("0 objects")) {
		t.Errorf("%s, %v", out, err)
	}
}
