package gitstore_test

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/copies"
	"seedvault/escrow/copies/gitstore"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/copies/remote/remotetest"
)

// sshServer runs an sshd of its own on loopback, and returns the folder of its client's
// keys and its port.
func sshServer(t *testing.T) (dir, port string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"host", "client"} {
		out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", filepath.Join(dir, name)).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	remotetest.Must(t, err)
	_, port, _ = net.SplitHostPort(l.Addr().String())
	l.Close()
	config := fmt.Sprintf("Port %s\nListenAddress 127.0.0.1\nHostKey %s/host\nAuthorizedKeysFile %s/client.pub\nStrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\n", port, dir, dir)
	remotetest.Must(t, os.WriteFile(filepath.Join(dir, "sshd_config"), []byte(config), 0o600))
	sshd, err := exec.LookPath("sshd")
	if err != nil {
		sshd = "/usr/sbin/sshd"
	}
	os.MkdirAll("/run/sshd", 0o755) // where root's sshd wants one to be
	cmd := exec.Command(sshd, "-D", "-e", "-f", filepath.Join(dir, "sshd_config"))
	remotetest.Must(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for range 1200 { // half a minute
		if c, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			c.Close()
			return dir, port
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("sshd does not listen")
	return
}

// TestSSH keeps a copy over ssh. Where nobody is there to be asked, a host that is not
// known and a key that is not let in fail at once.
func TestSSH(t *testing.T) {
	dir, port := sshServer(t)
	me, err := user.Current()
	remotetest.Must(t, err)
	p, m := newPlace(t), remotetest.New(t, 1)
	path := p.url
	p.url = "ssh://" + me.Username + "@127.0.0.1:" + port + path
	ssh := "ssh -F none -o IdentitiesOnly=yes -o GlobalKnownHostsFile=/dev/null -o UserKnownHostsFile=" + dir + "/known"
	key := " -i " + dir + "/client"

	p.command("config", "--global", "core.sshCommand", ssh+key)
	if _, err := gitstore.Open(t.Context(), p.options()); !errors.Is(err, remote.ErrLocked) {
		t.Errorf("a host that is not known: %v", err)
	}
	p.command("config", "--global", "core.sshCommand", ssh+" -o StrictHostKeyChecking=no")
	if _, err := gitstore.Open(t.Context(), p.options()); !errors.Is(err, remote.ErrLocked) {
		t.Errorf("no key: %v", err)
	}
	p.command("config", "--global", "core.sshCommand", ssh+key+" -o StrictHostKeyChecking=no")
	p.sync(m, copies.New)
	m.Add(1)
	p.sync(m, copies.Behind)

	for _, own := range []string{
		"GIT_SSH_COMMAND=" + ssh + key + " -o StrictHostKeyChecking=no",
		"GIT_SSH=" + program(t, "ssh", "exec "+ssh+key+` -o StrictHostKeyChecking=no "$@"`),
		"GIT_SSH=" + program(t, "my ssh", "exec "+ssh+key+` -o StrictHostKeyChecking=no "$@"`),
		"GIT_SSH_COMMAND='" + program(t, "my ssh", "exec "+ssh+key+` -o StrictHostKeyChecking=no "$@"`) + "'",
	} {
		p.command("config", "--global", "core.sshCommand", "false")
		if strings.HasPrefix(own, "GIT_SSH=") {
			p.command("config", "--global", "--unset", "core.sshCommand")
		}
		p.run.Env = append(slices.Clip(p.run.Env), own)
		store, err := gitstore.Open(t.Context(), p.options())
		if err != nil {
			t.Fatalf("%s: %v", own, err)
		}
		store.Close()
		p.run.Env = p.run.Env[:len(p.run.Env)-1]
	}
	p.url = path
	if !maps.Equal(p.files(), m.FS.Files()) {
		t.Error("the branch is not the vault")
	}
}

// program makes a shell script with a name, and returns its path.
func program(t *testing.T, name, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	remotetest.Must(t, os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700))
	return path
}
