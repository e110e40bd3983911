package say

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// clock is moved by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time        { return c.at }
func (c *clock) after(d time.Duration) { c.at = c.at.Add(d) }

// screenLine returns what a terminal shows on its line after all that was written.
func screenLine(written string) string {
	var line []rune
	at := 0
	for _, r := range written {
		if r == '\r' {
			at = 0
			continue
		}
		if at == len(line) {
			line = append(line, ' ')
		}
		line[at] = r
		at++
	}
	return strings.TrimRight(string(line), " ")
}

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	c := &clock{time.Unix(0, 0)}
	p := Voice{Err: &b, Live: true}.Progress(words.ReadingSeeds, c.now)
	for _, step := range []struct {
		after       time.Duration
		done, total int
		want        string
	}{
		{0, 0, 1000, ""},
		{999 * time.Millisecond, 200, 1000, ""},
		{time.Millisecond, 201, 1000, "seedvault: reading seeds: 201 of 1000"},
		{100 * time.Millisecond, 220, 1000, "seedvault: reading seeds: 201 of 1000"},
		{100 * time.Millisecond, 240, 1000, "seedvault: reading seeds: 240 of 1000"},
		{time.Second, 999, 1000, "seedvault: reading seeds: 999 of 1000"},
		{time.Second, 3, 9, "seedvault: reading seeds: 3 of 9"}, // a shorter line covers the longer
	} {
		c.after(step.after)
		p.At(step.done, step.total)
		if got := screenLine(b.String()); got != step.want {
			t.Errorf("%d of %d: %q, want %q", step.done, step.total, got, step.want)
		}
	}
	p.Done()
	if got := screenLine(b.String()); got != "" || !strings.HasSuffix(b.String(), "\r") {
		t.Errorf("%q is left", got)
	}
	if strings.ContainsAny(b.String(), "\n\x1b") {
		t.Errorf("more than a line: %q", b.String())
	}
}

// TestProgressIsSilent: short work, and anything that is no screen, shows nothing
// at all.
func TestProgressIsSilent(t *testing.T) {
	for _, c := range []struct {
		live bool
		took time.Duration
	}{{true, time.Second - 1}, {false, time.Hour}} {
		var b bytes.Buffer
		clock := &clock{time.Unix(0, 0)}
		v := Voice{Err: &b, Live: c.live}
		p := v.Progress(words.ReadingSeeds, clock.now)
		p.At(0, 2)
		clock.after(c.took)
		p.At(1, 2)
		p.Done()
		if !c.live {
			v.Working(words.TryingPassphrase)()
		}
		if b.Len() > 0 {
			t.Errorf("%+v: %q", c, b.String())
		}
	}
}

func TestWorking(t *testing.T) {
	var b bytes.Buffer
	done := Voice{Err: &b, Live: true, Lang: words.Japanese}.Working(words.TryingPassphrase)
	if got, want := screenLine(b.String()), "seedvault: "+words.TryingPassphrase.Ja; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	drawn := console.Width(strings.TrimPrefix(b.String(), "\r"))
	b.Reset()
	done()
	if got, want := b.String(), "\r"+strings.Repeat(" ", drawn)+"\r"; got != want {
		t.Errorf("cleared with %q, want %q", got, want)
	}
}

// TestProgressFitsALine: a line that breaks cannot be cleared.
func TestProgressFitsALine(t *testing.T) {
	for _, language := range []words.Language{words.English, words.Japanese} {
		v := Voice{Lang: language}
		for _, text := range []string{v.Text(words.ReadingSeeds, 99999, 99999), v.Text(words.TryingPassphrase)} {
			if w := console.Width("seedvault: " + text); w >= 60 {
				t.Errorf("%d columns: %s", w, text)
			}
		}
	}
}
