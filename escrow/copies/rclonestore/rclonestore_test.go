package rclonestore_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/copies"
	"seedvault/escrow/copies/rclonestore"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/copies/remote/remotetest"
	"seedvault/testdata/everything"
	"seedvault/testdata/s3server"
)

// place is somewhere that rclone can put files, and one machine's way to it.
type place struct {
	t       testing.TB
	run     *remotetest.Runner
	at      string // REMOTE:PATH
	scratch string
	s3      *s3server.S3
}

func newPlace(t testing.TB, at string) *place {
	return &place{t: t, run: remotetest.NewRunner(t), at: at, scratch: filepath.Join(t.TempDir(), "scratch")}
}

// onS3 is a folder in the bucket of an S3 server.
func onS3(t testing.TB) *place {
	t.Helper()
	p := newPlace(t, "s3:vault/team")
	s, err := s3server.New()
	remotetest.Must(t, err)
	t.Cleanup(s.Close)
	p.s3 = s
	remotetest.Configure(t, p.run, s.Config())
	return p
}

// files are those in the bucket.
func (p *place) files() map[string]string {
	p.t.Helper()
	files, err := p.s3.Files("team/")
	remotetest.Must(p.t, err)
	return files
}

func (p *place) options() rclonestore.Options {
	return rclonestore.Options{Run: p.run, Remote: p.at, Scratch: p.scratch}
}

func (p *place) store() (copies.Store, error) { return rclonestore.Open(p.t.Context(), p.options()) }

// sync syncs a machine with the place and wants a state.
func (p *place) sync(m *remotetest.Machine, thorough bool, want copies.State) copies.Result {
	p.t.Helper()
	s, err := rclonestore.Open(p.t.Context(), p.options())
	if err != nil {
		p.t.Fatal(err)
	}
	defer s.Close()
	r, err := m.Sync(p.t.Context(), s, thorough)
	remotetest.Must(p.t, err)
	if r.State != want {
		p.t.Errorf("the copy is %s (%v), want %s: %+v", r.State, r.Err, want, r)
	}
	return r
}

func TestSync(t *testing.T) {
	t.Parallel()
	p, m := onS3(t), remotetest.New(t, 3)
	r := p.sync(m, false, copies.New)
	if !maps.Equal(p.files(), m.FS.Files()) || r.Given.Seeds != 3 {
		t.Fatalf("the place is not the vault: %+v", r)
	}
	p.run.Calls()
	p.s3.Requests()
	p.sync(m, false, copies.Equal)
	if calls := p.run.Calls(); len(calls) > 1 {
		t.Errorf("nothing is new, and %d programs ran: %v", len(calls), remotetest.Verbs(calls))
	}
	if got := p.s3.Requests(); got["PUT"]+got["DELETE"]+got["POST"] > 0 {
		t.Errorf("nothing is new: %v", got)
	}

	other := m.Bare()
	s, err := rclonestore.Open(t.Context(), p.options())
	remotetest.Must(t, err)
	brought, err := copies.Bring(t.Context(), other.FS, s, copies.Options{Pin: &m.Pin})
	s.Close()
	if err != nil || brought.Copied != len(m.FS.Files()) || other.Accepted() != 3 {
		t.Fatalf("%v, %+v", err, brought)
	}
	if calls := p.run.Calls(); len(calls) > 8 {
		t.Errorf("%d programs brought %d files", len(calls), brought.Copied)
	}
	other.Add(2)
	other.Seal()
	p.sync(other, false, copies.Behind)
	m.Add(1)
	if r := p.sync(m, false, copies.Ahead); r.Taken.Seeds != 2 || r.Given.Seeds != 1 {
		t.Errorf("%+v", r)
	}
	if !maps.Equal(p.files(), m.FS.Files()) {
		t.Error("the place is not the vault")
	}
	if left, _ := filepath.Glob(filepath.Join(p.scratch, "run-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestKinds keeps a copy on each kind of remote that can be had here: with hashes and
// without, encrypted, and with everything asked for over SSH's and the web's protocols.
func TestKinds(t *testing.T) {
	t.Parallel()
	kinds := []string{"local", "crypt"}
	if everything.Asked {
		kinds = append(kinds, "sftp", "webdav")
	}
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			p, m := newPlace(t, ""), remotetest.New(t, 1)
			dir := t.TempDir()
			switch kind {
			case "local":
				p.at = filepath.Join(dir, "deep", "vault")
			case "crypt":
				obscured, err := exec.Command("rclone", "obscure", "made-up").Output()
				remotetest.Must(t, err)
				remotetest.Configure(t, p.run, "[enc]\ntype = crypt\nremote = "+dir+"\npassword = "+string(obscured))
				p.at = "enc:vault"
			default:
				p.serve(kind, dir)
				p.at = kind + ":vault"
			}
			p.sync(m, false, copies.New)
			m.Add(1)
			m.Seal()
			p.sync(m, true, copies.Behind)
			p.sync(m, true, copies.Equal)
			other := m.Bare()
			s, err := rclonestore.Open(t.Context(), p.options())
			remotetest.Must(t, err)
			defer s.Close()
			if _, err := copies.Bring(t.Context(), other.FS, s, copies.Options{Pin: &m.Pin}); err != nil || !maps.Equal(other.FS.Files(), m.FS.Files()) {
				t.Errorf("brought %d files: %v", len(other.FS.Files()), err)
			}
		})
	}
}

// serve has rclone itself serve a folder, and knows it by the kind's name.
func (p *place) serve(kind, dir string) {
	p.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	remotetest.Must(p.t, err)
	address := l.Addr().String()
	remotetest.Must(p.t, l.Close())
	host, port, _ := net.SplitHostPort(address)
	args := []string{"serve", kind, dir, "--addr", address}
	section := fmt.Sprintf("[webdav]\ntype = webdav\nurl = http://%s\nvendor = other\n", address)
	if kind == "sftp" {
		args = append(args, "--user", "kim", "--pass", "made-up")
		obscured, err := exec.Command("rclone", "obscure", "made-up").Output()
		remotetest.Must(p.t, err)
		section = fmt.Sprintf("[sftp]\ntype = sftp\nhost = %s\nport = %s\nuser = kim\npass = %s\n", host, port, strings.TrimSpace(string(obscured)))
	}
	remotetest.Configure(p.t, p.run, section)
	cmd := exec.Command("rclone", args...)
	cmd.Env = p.run.Env
	remotetest.Must(p.t, cmd.Start())
	p.t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for range 1200 { // half a minute
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.t.Fatal("rclone serves nothing")
}

// TestRemoteChanges has somebody change the bucket as anybody may who can write to it:
// what is damaged, missing or older than it was is told and put back, but for a bucket
// without any file.
func TestRemoteChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(p *place, m *remotetest.Machine) error
		want   copies.State
	}{
		{"a seed is cut off", func(p *place, m *remotetest.Machine) error {
			return p.plant(m.Find("/seeds/"), m.FS.Files()[m.Find("/seeds/")][:100])
		}, copies.Healed},
		{"a seed is empty", func(p *place, m *remotetest.Machine) error { return p.plant(m.Find("/seeds/"), "") }, copies.Healed},
		{"a seed is another of its length", func(p *place, m *remotetest.Machine) error {
			return p.plant(m.Find("/seeds/"), strings.Repeat("x", len(m.FS.Files()[m.Find("/seeds/")])))
		}, copies.Healed},
		{"a slot is text", func(p *place, m *remotetest.Machine) error {
			return p.plant(m.Find("/slot-"), "<html>not found</html>")
		}, copies.Healed},
		{"a seal has another number", func(p *place, m *remotetest.Machine) error {
			name := m.Find("/seals/0001-")
			return p.plant(name, strings.Replace(m.FS.Files()[name], "seal 0001", "seal 0009", 1))
		}, copies.Healed},
		{"a signature is cut off", func(p *place, m *remotetest.Machine) error {
			name := m.Find(".txt.sig")
			return p.plant(name, m.FS.Files()[name][:40])
		}, copies.Healed},
		{"vault.txt is another's", func(p *place, m *remotetest.Machine) error {
			return p.plant(m.Find("/vault.txt"), "seedvault 1\n")
		}, copies.Healed},
		{"a seed is huge", func(p *place, m *remotetest.Machine) error {
			return p.plant(m.Find("/seeds/"), strings.Repeat("x", 18<<20))
		}, copies.Healed},
		{"a seed is gone", func(p *place, m *remotetest.Machine) error { return p.s3.Delete("team/" + m.Find("/seeds/")) }, copies.LostFiles},
		{"the newest seal is gone", func(p *place, m *remotetest.Machine) error {
			for name := range m.FS.Files() {
				if strings.Contains(name, "/seals/0004-") {
					if err := p.s3.Delete("team/" + name); err != nil {
						return err
					}
				}
			}
			return nil
		}, copies.Older},
		{"everything is gone", func(p *place, m *remotetest.Machine) error {
			for name := range p.files() {
				if err := p.s3.Delete("team/" + name); err != nil {
					return err
				}
			}
			return nil
		}, copies.Emptied},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, m := onS3(t), remotetest.New(t, 2)
			p.sync(m, false, copies.New)
			m.Add(1)
			m.Seal()
			p.sync(m, false, copies.Behind)
			before := m.FS.Files()
			remotetest.Must(t, c.change(p, m))
			p.sync(m, true, c.want)
			if !maps.Equal(before, m.FS.Files()) {
				t.Error("the vault has changed")
			}
			if c.want != copies.Emptied && !maps.Equal(p.files(), before) {
				t.Error("the place is not healed")
			}
		})
	}
}

func (p *place) plant(name, data string) error { return p.s3.Plant("team/"+name, data) }

// TestRemoteFails has the server fail in the ways that servers do. Nothing is called
// carried that was not, the vault stays as it is, and the next sync does the rest.
func TestRemoteFails(t *testing.T) {
	t.Parallel()
	refuse := func(code int, word string) func(http.ResponseWriter, *http.Request, http.Handler) {
		return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.Method != http.MethodPut {
				next.ServeHTTP(w, r)
				return
			}
			io.Copy(io.Discard, r.Body)
			w.WriteHeader(code)
			fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>no</Message></Error>`, word)
		}
	}
	for _, c := range []struct {
		name  string
		wrap  func(http.ResponseWriter, *http.Request, http.Handler)
		state copies.State
		is    error
	}{
		{"it refuses", refuse(http.StatusForbidden, "AccessDenied"), copies.ReadOnly, fs.ErrPermission},
		{"it is full", refuse(http.StatusInsufficientStorage, "QuotaExceeded"), copies.Full, nil},
		{"it takes half a file for a whole one", func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/seeds/") {
				r.Body, r.ContentLength = io.NopCloser(io.LimitReader(r.Body, 100)), 100
				r.Header.Del("Content-Md5")
				r.Header.Set("Content-Length", "100")
			}
			next.ServeHTTP(w, r)
		}, copies.Failed, nil},
		{"it forgets what it took", func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/seeds/") {
				io.Copy(io.Discard, r.Body)
				return
			}
			next.ServeHTTP(w, r)
		}, copies.Failed, nil},
		{"it hangs up in the middle", func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/seeds/") {
				io.CopyN(io.Discard, r.Body, 100)
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		}, copies.Failed, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, m := onS3(t), remotetest.New(t, 1)
			p.sync(m, false, copies.New)
			m.Add(1)
			m.Seal()
			before := m.FS.Files()
			p.s3.Wrap(c.wrap)
			r := p.sync(m, false, c.state)
			if r.Err == nil || c.is != nil && !errors.Is(r.Err, c.is) || r.Given.Files != 0 || r.Left == 0 {
				t.Errorf("%+v", r)
			}
			p.s3.Wrap(nil)
			if !maps.Equal(before, m.FS.Files()) {
				t.Error("the vault has changed")
			}
			s, err := rclonestore.Open(t.Context(), p.options())
			remotetest.Must(t, err)
			defer s.Close()
			if r, err := m.Sync(t.Context(), s, false); err != nil || r.Err != nil || !maps.Equal(p.files(), before) {
				t.Errorf("the next sync: %v, %+v", err, r)
			}
		})
	}
}

// TestReadingFails has a file that is listed, and of which only the beginning arrives: it
// is skipped, and all others are brought.
func TestReadingFails(t *testing.T) {
	t.Parallel()
	p, m := onS3(t), remotetest.New(t, 3)
	p.sync(m, false, copies.New)
	bad := m.Find("/seeds/")
	p.s3.Wrap(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, bad) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "age-encr")
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
	other := m.Bare()
	s, err := rclonestore.Open(t.Context(), p.options())
	remotetest.Must(t, err)
	defer s.Close()
	brought, err := copies.Bring(t.Context(), other.FS, s, copies.Options{Pin: &m.Pin})
	if err != nil || brought.Copied != len(m.FS.Files())-1 || len(brought.Skipped) != 1 || brought.Skipped[0] != bad {
		t.Errorf("%v, %+v", err, brought)
	}
}

// TestOlderListing takes from the bucket all that the second sync has put there, as a
// listing of yesterday would.
func TestOlderListing(t *testing.T) {
	t.Parallel()
	p, m := onS3(t), remotetest.New(t, 1)
	p.sync(m, false, copies.New)
	old := p.files()
	m.Add(2)
	m.Seal()
	p.sync(m, false, copies.Behind)
	for name := range p.files() {
		if _, was := old[name]; !was {
			remotetest.Must(t, p.s3.Delete("team/"+name))
		}
	}
	if r := p.sync(m, false, copies.Older); r.Lost.Seeds != 2 || r.Lost.Seals == 0 || r.Given.Files != r.Lost.Files {
		t.Errorf("%+v", r)
	}
}

// TestManyFiles lists more than a remote lists at a time.
func TestManyFiles(t *testing.T) {
	t.Parallel()
	p, m := onS3(t), remotetest.New(t, 0)
	m.AddMany(2100)
	m.Seal()
	p.sync(m, false, copies.New)
	p.run.Calls()
	p.s3.Requests()
	p.sync(m, false, copies.Equal)
	got := p.s3.Requests()
	if got["LIST"] != 3 || got["GET"] > 0 || len(p.run.Calls()) > 1 {
		t.Errorf("%v", got)
	}
	m.Add(1)
	m.Seal()
	p.s3.Requests()
	if r := p.sync(m, false, copies.Behind); r.Given.Seeds != 1 {
		t.Errorf("%+v", r)
	}
	if got := p.s3.Requests(); got["PUT"] != 3 || got["LIST"] > 8 {
		t.Errorf("one more seed: %v", got)
	}
}

// TestToldApart opens what cannot be opened: each is told apart.
func TestToldApart(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<!doctype html><html><body>Please sign in<br>to the network</body></html>")
	}))
	t.Cleanup(page.Close)
	for _, c := range []struct {
		name string
		set  func(p *place)
		want error
	}{
		{"not configured", func(p *place) { p.at = "bucket:vault" }, remote.ErrUnknown},
		{"nobody listens", func(p *place) { p.s3.Close() }, remote.ErrNoAnswer},
		{"a page in place of S3", func(p *place) {
			remotetest.Configure(p.t, p.run, strings.Replace(p.s3.Config(), "[s3]", "[page]", 1))
			p.run.Env = append(p.run.Env, "RCLONE_CONFIG_PAGE_ENDPOINT="+page.URL)
			p.at = "page:vault/team"
		}, remote.ErrPage},
		{"a configuration with a password, and nobody there", func(p *place) {
			for _, v := range p.run.Env {
				if file, is := strings.CutPrefix(v, "RCLONE_CONFIG="); is {
					remotetest.Must(p.t, os.WriteFile(file, []byte("# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\n"+strings.Repeat("Zm9v", 60)+"\n"), 0o600))
				}
			}
		}, remote.ErrLocked},
		{"no rclone", func(p *place) { p.t.Setenv("PATH", p.t.TempDir()) }, remote.ErrMissing},
		{"an old rclone", func(p *place) {
			bin := p.t.TempDir()
			remotetest.Must(p.t, os.WriteFile(filepath.Join(bin, "rclone"), []byte("#!/bin/sh\necho 'Error: unknown flag: --s3-no-head' >&2\nexit 1\n"), 0o700))
			p.t.Setenv("PATH", bin)
		}, remote.ErrTooOld},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := onS3(t)
			c.set(p)
			if _, err := rclonestore.Open(t.Context(), p.options()); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

// TestStalls has a server that answers nothing: the context ends the waiting and what
// was started.
func TestStalls(t *testing.T) {
	t.Parallel()
	p := onS3(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	p.s3.Wrap(func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		cancel()
		<-r.Context().Done()
		close(ended)
	})
	if _, err := rclonestore.Open(ctx, p.options()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	<-ended // the program is gone, and so is its connection
}

// TestKilledAnywhere: where both sides have something new, a sync may be stopped after any
// program.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	base := remotetest.New(t, 1)
	remotetest.KilledAnywhere(t, 5, func() remotetest.Round {
		p, m := onS3(t), base.Twin()
		other := m.Twin()
		other.Add(1)
		other.Seal()
		for name, data := range other.FS.Files() {
			remotetest.Must(t, p.plant(name, data))
		}
		m.Add(1)
		m.Seal()
		return remotetest.Round{Machine: m, Run: p.run, Open: p.store, Files: p.files}
	})
}
