package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/speech"
)

// go test ./cmd/seedvault -v -catalogue | tail -n 3 reports which messages the tests have shown,
// in programs that they started too, and which they have not.
var catalogue = flag.Bool("catalogue", false, "report which messages the tests have shown")

// heardFile names the variable with the file that every program under test adds
// its messages to.
const heardFile = "SEEDVAULT_TEST_HEARD"

// counting runs the tests and reports.
type counting struct{ m *testing.M }

func (c counting) Run() int {
	flag.Parse()
	if !*catalogue {
		return c.m.Run()
	}
	file, err := os.CreateTemp("", "heard")
	if err != nil {
		panic(err)
	}
	defer os.Remove(file.Name())
	file.Close()
	os.Setenv(heardFile, file.Name())
	status := c.m.Run()
	all, err := os.ReadFile(file.Name())
	if err != nil {
		panic(err)
	}
	fmt.Print(coverage(string(all)))
	return status
}

var heardBefore sync.Map

// heard notes that a message was said, where messages are counted. Help texts are
// no proof: the table of commands has them all, whatever is typed; TestHelp notes
// those that it has seen printed.
func heard(l speech.Language, m speech.Message) {
	if !isHelp(m) {
		note(l, m)
	}
}

func isHelp(m speech.Message) bool {
	return strings.HasPrefix(string(m), "help-") || m == speech.UsageApp
}

func note(l speech.Language, m speech.Message) {
	name := os.Getenv(heardFile)
	line := string(l) + " " + string(m) + "\n"
	if _, before := heardBefore.LoadOrStore(line, true); before || name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	f.WriteString(line) // not where a script stands in for a full disk
}

// coverage counts what was heard against the catalogue.
func coverage(noted string) string {
	shown := map[string]bool{}
	for line := range strings.Lines(noted) {
		shown[strings.TrimSuffix(line, "\n")] = true
	}
	var en, ja, either int
	var silent []string
	all := speech.Messages()
	for _, m := range all {
		inEnglish, inJapanese := shown[string(speech.English)+" "+string(m)], shown[string(speech.Japanese)+" "+string(m)]
		en += count(inEnglish)
		ja += count(inJapanese)
		either += count(inEnglish || inJapanese)
		if !inEnglish && !inJapanese {
			silent = append(silent, string(m))
		}
	}
	slices.Sort(silent)
	percent := func(n int) float64 { return 100 * float64(n) / float64(len(all)) }
	return fmt.Sprintf("catalogue: %d messages; shown %d (%.0f%%), in English %d (%.0f%%), in Japanese %d (%.0f%%)\nnot shown: %s\n",
		len(all), either, percent(either), en, percent(en), ja, percent(ja), strings.Join(silent, " "))
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestCoverage(t *testing.T) {
	got := coverage(" error-a\n no-vault\nja no-vault\nja all\n")
	want := fmt.Sprintf("catalogue: %d messages; shown 1 (0%%), in English 1 (0%%), in Japanese 1 (0%%)\n", len(speech.Messages()))
	if !strings.HasPrefix(got, want) || strings.Contains(got, " no-vault ") || !strings.Contains(got, " no-copy ") {
		t.Errorf("%q, want it to begin with %q", got, want)
	}
}

// TestHelp: every verb prints its help, in every language, as the catalogue has
// it.
func TestHelp(t *testing.T) {
	for _, language := range []speech.Language{speech.English, speech.Japanese} {
		seen := 0
		for _, m := range speech.Messages() {
			verb, ok := strings.CutPrefix(string(m), "help-")
			if !ok {
				continue
			}
			args := append(strings.Split(verb, "-"), "--help")
			if m == speech.HelpApp {
				args = args[1:]
			}
			p, out, errs := stage(t, time.Now())
			p.Lang = language
			status := p.run(args)
			if out.String() != p.Text(m)+"\n" || status != speech.StatusDone || errs.Len() > 0 {
				t.Errorf("%v, %q: ends with %d, writes %q and %q", args, language, status, out, errs)
			}
			note(language, m)
			seen++
		}
		if seen < 10 {
			t.Errorf("only %d help texts", seen)
		}
	}
}
