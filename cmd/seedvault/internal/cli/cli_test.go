package cli

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// toy returns a command with the verbs and flags that the tests type.
func toy() *App {
	flags := func(names ...string) (list []Flag) {
		for _, name := range names {
			list = append(list, Text(new(string), name, Anything))
		}
		return list
	}
	quiet := say.Voice{Out: io.Discard, Err: io.Discard}
	return &App{
		World: &world.World{Voice: quiet, Getenv: func(string) string { return "" }},
		Flags: []Flag{Text(new(string), "vault", Folder), List(new([]string), "identity", File).Or("i"), LanguageFlag()},
		Commands: func() []*Command {
			return []*Command{
				{Name: "restore", Names: AnyNames(Nothing), Flags: append(flags("png"), Switch(new(bool), "uri"))},
				{Name: "add", Names: AnyNames(File), Flags: flags("name", "tag", "note")},
				{Name: "holder", Verbs: []*Command{{Name: "list", Flags: []Flag{Switch(new(bool), "json")}}}},
				{Name: "list", Flags: []Flag{Switch(new(bool), "json")}},
				{Name: "code", Names: OneName(Nothing)},
				{Name: "check", Flags: flags("fingerprint", "min-seal")},
				{Name: "init", Flags: append(flags("paper"), List(new([]string), "recipient", Anything).Or("r"))},
			}
		},
	}
}

// ordered returns the words of a line, each kind by itself: flags of the whole command, the
// verb, its flags, "--" and the names.
func (l *line) ordered() []string {
	words := slices.Concat(l.global, l.verb, l.own)
	if len(l.names) > 0 && !l.help {
		words = append(append(words, "--"), l.names...)
	}
	return words
}

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
		"restore aws -h":                       "restore -h",
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
		l := read(toy(), strings.Fields(in))
		if err := l.wrong; err != nil {
			var e *say.Error
			if !errors.As(err, &e) || e.Status != say.StatusUsage || e.Hint == (words.Message{}) || e.Error() != want {
				t.Errorf("%q: %v, want %q", in, err, want)
			}
		} else if got := strings.Join(l.ordered(), " "); got != want {
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
		if err := refuseSecrets(strings.Fields(args)); err == nil {
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
		if err := refuseSecrets(strings.Fields(args)); err != nil {
			t.Errorf("%q is refused: %v", args, err)
		}
	}
}

func TestTypedLanguage(t *testing.T) {
	for args, want := range map[string]string{
		"list":                     "",
		"--lang ja list":           "ja",
		"list --lang=ja":           "ja",
		"list -lang ja":            "ja",
		"--lang en list --lang ja": "ja",
		"list -- --lang ja":        "",
		"list --lang":              "",
		"list lang ja":             "",
		"list --language ja":       "",
	} {
		if got := read(toy(), strings.Fields(args)).values["lang"]; got != want {
			t.Errorf("%q: %q, want %q", args, got, want)
		}
	}
}

// TestNoVerbIsMadeForNothing: what is no verb's business is answered without any.
func TestNoVerbIsMadeForNothing(t *testing.T) {
	for _, line := range []string{"--version", "version", "--help", "help", "--vault v --version", ""} {
		app := toy()
		app.Version = func() string { return "1" }
		app.Commands = func() []*Command { t.Errorf("%q makes the verbs", line); return nil }
		if status := app.Run(strings.Fields(line)); status != say.StatusDone {
			t.Errorf("%q: %d", line, status)
		}
	}
}
