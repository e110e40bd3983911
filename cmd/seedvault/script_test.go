package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"seedvault": main})
}

const scripts = "../../testdata/script"

// TestScripts plays the sessions in testdata/script. A script that needs an
// outside tool is skipped by the tool's name.
func TestScripts(t *testing.T) {
	all, err := filepath.Glob(scripts + "/*.txtar")
	if err != nil || len(all) < 15 {
		t.Fatalf("only %d scripts found", len(all))
	}
	images, err := filepath.Abs("../../testdata/images")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 scripts,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("IMAGES", images)
			for _, v := range []string{"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "SEEDVAULT_DIR"} {
				e.Setenv(v, "")
			}
			return os.Mkdir(filepath.Join(e.WorkDir, "home"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"keep":     keep,
			"oathsays": oathsays,
			"private":  private,
			"lines":    lines,
		},
		Condition: func(name string) (bool, error) {
			if name == "readonly" {
				return canBeReadOnly(), nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
	})
}

// keep NAME puts standard output of the last command into a variable.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// oathsays FILE: standard output of the last command is the code that oathtool
// gives for the base32 key in the file, now or a moment ago.
func oathsays(ts *testscript.TestScript, neg bool, args []string) {
	got := strings.TrimSpace(ts.ReadFile("stdout"))
	for _, ago := range []time.Duration{0, 20 * time.Second} {
		cmd := exec.Command("oathtool", "--totp", "-b", "-N", time.Now().Add(-ago).UTC().Format("2006-01-02 15:04:05 UTC"), "-")
		cmd.Stdin = strings.NewReader(strings.TrimSpace(ts.ReadFile(args[0])) + "\n")
		want, err := cmd.Output()
		ts.Check(err)
		if strings.TrimSpace(string(want)) == got {
			return
		}
	}
	ts.Fatalf("oathtool gives another code than %q", got)
}

// private FILE...: the files are there and nobody else may read them.
func private(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if info.Mode().Perm()&0o077 != 0 {
			ts.Fatalf("%s has mode %v", name, info.Mode())
		}
	}
}

// lines N: standard error of the last command has N lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	n := strings.Count(ts.ReadFile("stderr"), "\n")
	if want := args[0]; want != "1" && want != "2" || n != int(want[0]-'0') {
		ts.Fatalf("%d lines on standard error, want %s", n, want)
	}
}

// canBeReadOnly says that a script can make a folder that it may not write to.
func canBeReadOnly() bool {
	return os.Getuid() != 0 || exec.Command("unshare", "-m", "true").Run() == nil
}
