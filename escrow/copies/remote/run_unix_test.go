//go:build unix

package remote_test

import (
	"bufio"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"seedvault/escrow/copies/remote"
)

// TestUnattendedHasNoTerminal: what runs where nobody can be asked leads a session of its
// own, in which no program finds a terminal.
func TestUnattendedHasNoTerminal(t *testing.T) {
	for _, attended := range []bool{false, true} {
		stdin, end := io.Pipe()
		stdout, said := io.Pipe()
		done := make(chan error, 1)
		go func() {
			_, err := remote.Exec{Env: os.Environ(), Attended: attended}.Run(t.Context(), remote.Call{
				Name: "sh", Args: []string{"-c", "echo $$; cat"}, Stdin: stdin, Stdout: said,
			})
			said.CloseWithError(err)
			done <- err
		}()
		line, err := bufio.NewReader(stdout).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		pid, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			t.Fatal(err)
		}
		session, err := unix.Getsid(pid)
		if err != nil {
			t.Fatal(err)
		}
		if leads := session == pid; leads == attended {
			t.Errorf("attended %v, leads a session %v", attended, leads)
		}
		end.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
