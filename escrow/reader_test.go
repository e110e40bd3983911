package escrow

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecondReader lets the reader that was written from FORMAT.md alone read
// every vector, with stock tools, and compares all that it shows.
func TestSecondReader(t *testing.T) {
	for _, tool := range []string{"python3", "age", "age-keygen", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	all, err := filepath.Glob(vectorDir + "/*/vector.txt")
	must(t, err)
	if len(all) < 25 {
		t.Fatalf("only %d vectors found", len(all))
	}
	for _, file := range all {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			v := readVector(t, dir)
			secret := filepath.Join(t.TempDir(), "secret")
			must(t, os.WriteFile(secret, []byte(v.identity+v.key+v.passphrase+"\n"), 0o600))
			flag := "-i"
			if v.passphrase != "" {
				flag = "-p"
			}
			cmd := exec.Command("python3", "../testdata/reader/seedvault_reader.py", filepath.Join(dir, "vault"), flag, secret)
			if v.pin != "" {
				cmd.Args = append(append(cmd.Args, "--pin"), strings.Fields(v.pin)...)
			}
			if v.show != "" {
				cmd.Args = append(append(cmd.Args, "--show"), strings.Fields(v.show)...)
			}
			if v.needs != "" { // a later age than the stock one
				if _, err := exec.LookPath(v.needs); err != nil {
					t.Skip("needs " + v.needs)
				}
				cmd.Env = append(os.Environ(), "AGE="+v.needs, "AGE_KEYGEN="+strings.Replace(v.needs, "age", "age-keygen", 1))
			}
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			_, want, _ := strings.Cut(v.header(), "expect: ")
			if got := string(out); got != "expect: "+want {
				t.Errorf("the second reader says\n%swant\nexpect: %s", got, want)
			}
		})
	}
}
