package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asserted is a line of a script that looks for a pattern: whether it must not be there, and
// the pattern.
var asserted = pattern(`(?m)^(?:\[[^]]*\] )?(! )?(?:stdout|stderr|grep|showed) (?:-count=\d+ )?(?:'((?:[^'\n]|'')*)'|(\S+))(.*)$`)

// TestScriptsTrustNoChance: what a script says must not be shown is nothing that a random
// receipt could show, and what a terminal showed is looked for with showed, for which a line
// may end at every space.
func TestScriptsTrustNoChance(t *testing.T) {
	receipts := manyReceipts()
	looked := 0
	for _, name := range scriptNames(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		script, _, _ := strings.Cut(string(text), "\n-- ")
		for _, m := range asserted().FindAllStringSubmatch(script, -1) {
			looked++
			if strings.HasPrefix(strings.TrimPrefix(m[0], "! "), "grep ") && m[4] == " terminal" {
				t.Errorf("%s: %s: with showed", filepath.Base(name), m[0])
			}
			if found := byChance(m, receipts); found != "" {
				t.Errorf("%s: %s: a receipt with %q in it would be shown", filepath.Base(name), m[0], found)
			}
		}
	}
	if looked < 1000 {
		t.Errorf("only %d lines were found", looked)
	}
}

// byChance returns what of many receipts a line's pattern finds that must not be there.
func byChance(m []string, receipts string) string {
	pattern := strings.ReplaceAll(m[2]+m[3], "''", "'")
	if m[1] == "" || pattern == "." { // nothing at all is to be shown
		return ""
	}
	return regexp.MustCompile("(?m)" + pattern).FindString(receipts)
}

// manyReceipts are so many that every three letters stand somewhere, the same every time.
func manyReceipts() string {
	random := rand.New(rand.NewPCG(4648, 6))
	var b strings.Builder
	for range 40_000 {
		for range 12 {
			b.WriteByte("abcdefghijklmnopqrstuvwxyz234567"[random.IntN(32)])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestByChance is the control.
func TestByChance(t *testing.T) {
	receipts := manyReceipts()
	for line, want := range map[string]bool{
		`! stdout aws`: true, `! stdout 'work|aws'`: true, `! stderr '[0-9]{3}'`: true, `[unix] ! grep bob list.txt`: true,
		`! stdout '\baws\b'`: false, `stdout aws`: false, `! stdout .`: false, `! showed 'not here'`: false,
	} {
		m := asserted().FindStringSubmatch(line)
		if m == nil || (byChance(m, receipts) != "") != want {
			t.Errorf("%s: %q, want it found: %t", line, m, want)
		}
	}
}
