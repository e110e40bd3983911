package byhand

import (
	"strings"
	"testing"
)

// TestReadmeFitsTerminal reads README.txt as a terminal of 80 columns shows it: its
// sentences stay on their lines, in both languages. Commands stay whole instead.
func TestReadmeFitsTerminal(t *testing.T) {
	commands := 0
	for line := range strings.Lines(README()) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "       ") {
			commands++
			continue
		}
		columns := 0
		for _, r := range line {
			columns++
			if r >= 0x1100 { // Japanese letters and signs take two
				columns++
			}
		}
		if columns > 79 {
			t.Errorf("%d columns: %s", columns, line)
		}
		for _, start := range []string{"ー", "ッ", "。", "、", "）", "」"} {
			if strings.HasPrefix(strings.TrimSpace(line), start) {
				t.Errorf("a line begins with %s: %s", start, line)
			}
		}
	}
	if commands < 50 {
		t.Errorf("only %d lines of commands", commands)
	}
}
