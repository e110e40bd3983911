package main

import (
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/words"
)

// TestHelpNamesEveryFlag: each verb's page of help begins with its usage, names every flag of
// the verb and, but for tour's, gives an example; the program's own page names every verb and
// every flag that goes with all.
func TestHelpNamesEveryFlag(t *testing.T) {
	w, _, _ := stage(t, time.Now())
	app, whole := newApp(w), w.Voice.Help(words.AppHelp)
	app.Each(func(name string, c *cli.Command) {
		help := w.Voice.Help(strings.ReplaceAll(name, " ", "-"))
		for _, f := range c.Flags {
			if !strings.Contains(help, "--"+f.Name) {
				t.Errorf("the help of %s does not name --%s", name, f.Name)
			}
		}
		if !strings.HasPrefix(help, "usage: seedvault "+name) {
			t.Errorf("the help of %s does not begin with its usage", name)
		}
		if name != "tour" && !strings.Contains(help, "example: seedvault ") {
			t.Errorf("the help of %s has no example", name)
		}
		if !strings.Contains(name, " ") && !strings.Contains(whole, " "+name+" ") {
			t.Errorf("the help does not name %s", name)
		}
	})
	for _, f := range app.Flags {
		if !strings.Contains(whole, "--"+f.Name) {
			t.Errorf("the help does not name --%s", f.Name)
		}
	}
}
