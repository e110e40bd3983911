package main

import (
	"errors"
	"github.com/urfave/cli/v2"
	"io"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

func silent() *program { return &program{Voice: say.Voice{Out: io.Discard, Err: io.Discard}} }

func TestReorder(t *testing.T) {
	for in, want := range map[string]string{
		"restore aws --png q.png":              "restore --png q.png -- aws",
		"restore --png q.png aws --vault v":    "--vault v restore --png q.png -- aws",
		"--vault=v restore aws --uri":          "--vault=v restore --uri -- aws",
		"add - --tag a --tag b":                "add --tag a --tag b -- -",
		"add x.png --note -n y.png":            "add --note -n -- x.png y.png",
		"add -- --name x.png":                  "add -- --name x.png",
		"holder list --json":                   "holder list --json",
		"holder --json":                        "unknown flag --json",
		"code list":                            "code -- list",
		"list -i a -i b":                       "-i a -i b list",
		"list --help":                          "list --help",
		"--version":                            "--version",
		"list --version":                       "unknown flag --version",
		"":                                     "",
		"restor aws":                           "unknown command restor",
		"list --jsn":                           "unknown flag --jsn",
		"add --name":                           "--name needs a value",
		"--vault":                              "--vault needs a value",
		"check --fingerprint 00 --min-seal 3":  "check --fingerprint 00 --min-seal 3",
		"init -r a=age1x --paper p -r b=age1y": "init -r a=age1x --paper p -r b=age1y",
	} {
		got, err := reorder(silent().app(), strings.Fields(in))
		if err != nil {
			var e *say.Error
			if !errors.As(err, &e) || e.Status != say.StatusUsage || e.Hint == (words.Message{}) || e.Error() != want {
				t.Errorf("%q: %v, want %q", in, err, want)
			}
		} else if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"restore", "list", "i", "identity", "vault"}
	for word, want := range map[string]string{"restor": "restore", "lsit": "list", "valut": "vault", "identiy": "identity", "zebra": "", "": ""} {
		if got := nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestSecretsInArguments(t *testing.T) {
	for _, args := range []string{
		"add otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
		"OTPAUTH://totp/x?secret=JBSWY3DPEHPK3PXP",
		"add --note x --name OTPAuth://totp/x",
		"add otpauth-migration://offline?data=x",
		"list -i AGE-SECRET-KEY-1QQQ",
		"restore --vault=age-secret-key-pq-1qqq x",
		"add JBSWY3DPEHPK3PXP",
		"add jbswy3dpehpk3pxp",
		"add JBSW-Y3DP-EHPK-3PXP",
		"--vault v add GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ====",
	} {
		if err := silent().refuseSecrets(strings.Fields(args)); err == nil {
			t.Errorf("%q passes", args)
		} else if strings.Contains(err.Error(), "JBSW") || strings.Contains(err.Error(), "QQQ") {
			t.Errorf("%q is repeated: %v", args, err)
		}
	}
	for _, args := range []string{
		"add screenshot.png", "add - --name work", "restore jbswy3dpehpk3pxp", "add short", "code",
		"open --fingerprint 1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d", "add my-screenshots-of-today.png",
		"add screenshotfolder", "init -r a=age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
	} {
		if err := silent().refuseSecrets(strings.Fields(args)); err != nil {
			t.Errorf("%q is refused: %v", args, err)
		}
	}
}

// TestHelpNamesEveryFlag keeps the help texts equal to the flags.
func TestHelpNamesEveryFlag(t *testing.T) {
	p := silent()
	p.Out = io.Discard
	app := p.app()
	for _, c := range app.VisibleCommands() {
		above := ""
		for _, c := range append([]*cli.Command{c}, c.Subcommands...) {
			for _, f := range c.Flags {
				if name := "--" + f.Names()[0]; !strings.Contains(c.CustomHelpTemplate, name) {
					t.Errorf("the help of %s does not name %s", c.Name, name)
				}
			}
			if !strings.HasPrefix(c.CustomHelpTemplate, "usage: seedvault "+above+c.Name) {
				t.Errorf("the help of %s%s does not begin with its usage", above, c.Name)
			}
			if above == "" {
				above = c.Name + " "
			}
			if c.Name != "tour" && !strings.Contains(c.CustomHelpTemplate, "example: seedvault ") {
				t.Errorf("the help of %s has no example", c.Name)
			}
		}
		if !strings.Contains(app.CustomAppHelpTemplate, " "+c.Name+" ") {
			t.Errorf("the help does not name %s", c.Name)
		}
	}
	for _, f := range app.Flags {
		if name := "--" + f.Names()[0]; !strings.Contains(app.CustomAppHelpTemplate, name) {
			t.Errorf("the help does not name %s", name)
		}
	}
}
