package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/words/wordstest"
	"seedvault/escrow/key/keytest"
	"seedvault/testdata/temporary"
	"seedvault/testdata/together"
)

// go test ./cmd/seedvault -v -catalogue | tail -n 3 reports which messages the tests have shown,
// in programs that they started too, and which they have not.
var catalogue = flag.Bool("catalogue", false, "report which messages the tests have shown")

// heardFile names the variable with the file that every program under test adds
// its messages to.
const heardFile = "SEEDVAULT_TEST_HEARD"

// fullCost lets passphrases cost what they should.
var fullCost func()

// counting runs the tests, with cheap passphrases, and reports.
type counting struct{ m *testing.M }

func (c counting) Run() int {
	temporary.InMemory() // but not the program, which lies beside the test's binary by now: from a disk's cache it starts faster
	together.Run(2)      // scripts wait for programs, and some for time to pass
	fullCost = keytest.SetWorkFactor(cheap)
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
	keys, err := catalogueKeys()
	if err != nil {
		panic(err)
	}
	fmt.Print(coverage(keys, string(all)))
	return status
}

var heardBefore sync.Map

// heard notes that a message was said, where messages are counted.
func heard(l words.Language, m words.Message, _ string) { note(l, messageKey(m)) }

// messageKey returns a message in the list of those that were said.
func messageKey(m words.Message) string { return strconv.Quote(m.En) + strconv.Quote(m.Ja) }

// note adds a message or a page of help to the list. Pages are noted by TestHelp
// alone: that the table of commands has them all is no proof that one is printed.
func note(l words.Language, key string) {
	name := os.Getenv(heardFile)
	line := string(l) + " " + key + "\n"
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

// catalogueKeys returns every message and every page of help, by name, with its key.
func catalogueKeys() (map[string]string, error) {
	all, err := wordstest.Read("internal/words")
	keys := map[string]string{}
	for _, n := range all {
		keys[n.ID()] = messageKey(n.Message)
	}
	for _, page := range words.HelpPages() {
		keys["help/"+page] = page
	}
	return keys, err
}

// coverage counts what was heard against the catalogue.
func coverage(keys map[string]string, noted string) string {
	shown := map[string]bool{}
	for line := range strings.Lines(noted) {
		shown[strings.TrimSuffix(line, "\n")] = true
	}
	var en, ja, either int
	var silent []string
	for id, key := range keys {
		inEnglish, inJapanese := shown[string(words.English)+" "+key], shown[string(words.Japanese)+" "+key]
		en += count(inEnglish)
		ja += count(inJapanese)
		either += count(inEnglish || inJapanese)
		if !inEnglish && !inJapanese {
			silent = append(silent, id)
		}
	}
	slices.Sort(silent)
	percent := func(n int) float64 { return 100 * float64(n) / float64(len(keys)) }
	return fmt.Sprintf("catalogue: %d messages; shown %d (%.0f%%), in English %d (%.0f%%), in Japanese %d (%.0f%%)\nnot shown: %s\n",
		len(keys), either, percent(either), en, percent(en), ja, percent(ja), strings.Join(silent, " "))
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestCoverage(t *testing.T) {
	keys, err := catalogueKeys()
	if err != nil {
		t.Fatal(err)
	}
	key := messageKey(words.NoVault)
	got := coverage(keys, " error-a\n "+key+"\nja "+key+"\nja all\n")
	want := fmt.Sprintf("catalogue: %d messages; shown 1 (0%%), in English 1 (0%%), in Japanese 1 (0%%)\n", len(keys))
	if !strings.HasPrefix(got, want) || strings.Contains(got, " NoVault ") || !strings.Contains(got, " NoCopy ") || !strings.Contains(got, " help/add ") {
		t.Errorf("%q, want it to begin with %q", got, want)
	}
}

// TestHelp: every verb has a page of help, and prints it, in every language.
func TestHelp(t *testing.T) {
	p, _, _ := stage(t, time.Now())
	newApp(p).Each(func(name string, _ *cli.Command) {
		if p.Voice.Help(strings.ReplaceAll(name, " ", "-")) == "" {
			t.Errorf("%s has no help", name)
		}
	})
	for _, language := range languages {
		seen := 0
		for _, page := range words.HelpPages() {
			args := append(strings.Split(page, "-"), "--help")
			if page == words.AppHelp {
				args = args[1:]
			}
			p, out, errs := stage(t, time.Now())
			p.Voice.Lang = language
			status := newApp(p).Run(args)
			if out.String() != p.Voice.Help(page)+"\n" || status != say.StatusDone || errs.Len() > 0 {
				t.Errorf("%v, %q: ends with %d, writes %q and %q", args, language, status, out, errs)
			}
			note(language, page)
			seen++
		}
		if seen < 10 {
			t.Errorf("only %d help texts", seen)
		}
	}
}
