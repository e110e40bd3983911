package escrow

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/trace"
)

// traceOf is what a trace says of one path, or of a seal or an epoch by its name.
func traceOf(t *testing.T, lines []trace.Line, what string) trace.Line {
	t.Helper()
	var found []trace.Line
	for _, l := range lines {
		if l.Path == what || l.Seal == what || l.Path+l.Seal == "" && l.Epoch == what {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d lines of %s: %v", len(found), what, found)
	}
	return found[0]
}

// TestTrace has one thing of each kind in a vault, and wants of each the state and
// the rule that FORMAT.md gives it.
func TestTrace(t *testing.T) {
	f := newFixture(t)
	seeds := f.sealed(2)
	waiting := f.deposit(f.seed(7))
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	for _, e := range entries {
		if e.Receipts[0] == seeds[1] {
			must(t, o.Retire(e))
		}
	}
	f.seal(o)
	dir := f.folder()
	write := func(rel, text string) string {
		must(t, os.WriteFile(f.path(rel), []byte(text), 0o600))
		return rel
	}
	data, err := os.ReadFile(f.path(seeds[0].Path))
	must(t, err)
	strange := format.Hash(format.Sum([]byte("somebody's")))
	unsigned := format.Hash(format.Sum([]byte("unsigned\n")))
	must(t, os.Symlink("vault.txt", f.path(dir+"/link")))
	must(t, os.MkdirAll(f.path("1-0123456789abcdef/seals"), 0o700))
	must(t, os.Mkdir(f.path("1-01234567"), 0o700))
	want := map[string]trace.Line{
		dir:                            {Rule: "F37", State: trace.Pinned},
		dir + "/vault.txt":             {Rule: "F12", State: trace.Whole},
		"1-0123456789abcdef":           {Rule: "F44", State: trace.Unconfirmed},
		"1-0123456789abcdef/vault.txt": {Rule: "F44", State: trace.Missing},
		"1-01234567":                   {Rule: "F1", State: trace.OldFormat},
		readmeName:                     {Rule: "F30", State: trace.Accepted},
		seeds[0].Path:                  {Rule: "F30", State: trace.Accepted},
		seeds[1].Path:                  {Rule: "F31", State: trace.Retired},
		waiting.Path:                   {Rule: "F30", State: trace.NotAccepted},
		write(dir+"/seeds/copy (1).age", string(data)):        {Rule: "F2", State: trace.Duplicate},
		write(dir+"/seeds/"+strange+".age", "else"):           {Rule: "F3", State: trace.Damaged},
		write(dir+"/seeds/.tmp-1", "half"):                    {Rule: "F5", State: trace.Temporary},
		write(dir+"/notes.txt", "mine"):                       {Rule: "F7", State: trace.Unknown},
		dir + "/link":                                         {Rule: "F6", State: trace.Special},
		write(dir+"/vault.txt.sig-witness", "sig"):            {Rule: "F71", State: trace.Reserved},
		write(dir+"/vault.txt.sig", "sig"):                    {Rule: "F73", State: trace.NotVerified},
		write(dir+"/seals/0009-"+unsigned+".txt", "unsigned"): {Rule: "F29", State: trace.Unfinished},
		write("somebody.txt", "mine"):                         {Rule: "F7", State: trace.Unknown},
	}
	lines := f.vault().Trace()
	for what, w := range want {
		if got := traceOf(t, lines, what); got.Rule != w.Rule || got.State != w.State {
			t.Errorf("%s is %s by %s, want %s by %s", what, got.State, got.Rule, w.State, w.Rule)
		}
	}
	last := 0
	for _, l := range lines {
		if l.State == trace.Last {
			last++
			if l.Seal != o.reader.view.Seals(o.reader.view.Pinned()).Newest().Name() || l.Epoch != dir {
				t.Errorf("the last seal is %+v", l)
			}
		}
		if l.Rule == "" || l.State == "" {
			t.Errorf("a line without a reason: %+v", l)
		}
	}
	if last != 1 {
		t.Errorf("%d last seals", last)
	}
	if slices.ContainsFunc(lines, func(l trace.Line) bool { return l.State == trace.Missing && l.Epoch == dir }) {
		t.Error("something is missing")
	}
	f.remove(seeds[0].Path)
	f.remove(dir + "/seeds/copy (1).age")
	if got := traceOf(t, f.vault().Trace(), seeds[0].Path); got.Rule != "F52" || got.State != trace.Missing {
		t.Errorf("a lost seed is %+v", got)
	}
}

// TestTraceOfVectors: what a vector is about has in its trace the rule that decides it.
func TestTraceOfVectors(t *testing.T) {
	for name, want := range map[string]string{
		"deposit":                            "F30 not-accepted",
		"epoch-far-above":                    "F49 stranger, F49 successor",
		"epoch-sig-that-does-not-verify":     "F73 not-verified",
		"fork-of-a-closed-epoch":             "F82 closed-fork",
		"good-unpinned":                      "F36 not-compared",
		"holder-with-a-reserved-file":        "F71 reserved",
		"joins-with-a-forged-signature":      "F49 stranger, F73 not-verified",
		"joins-with-its-signature":           "F80 joins, F49 verifies",
		"key-file-planted":                   "F30 not-accepted",
		"later-epoch":                        "F37 older, F40 hidden, F40 accepted, F41 late, F42 not-accepted",
		"line-ends":                          "F30 accepted",
		"newer-epoch-beside":                 "F11 newer",
		"older-list-of-two-ways":             "F40 accepted",
		"older-list-with-a-circle":           "F41 late",
		"retired-and-accepted-elsewhere":     "F31 retired",
		"rotated-beside":                     "F60 fork",
		"seal-after-twice":                   "F51 damaged",
		"seal-after-without-a-number":        "F26 damaged",
		"seal-bit-flipped":                   "F3 damaged",
		"seal-forged":                        "F25 damaged",
		"seal-includes-untrue":               "F32 untrue",
		"seal-later-word":                    "F28 newer",
		"seal-lost":                          "F76 given-up",
		"seal-missing":                       "F76 missing",
		"seal-of-another-number":             "F26 damaged",
		"seal-that-retires-what-it-lists":    "F51 damaged",
		"seal-unsigned":                      "F29 unfinished",
		"seal-with-a-path-twice":             "F27 damaged",
		"seal-with-a-path-upwards":           "F27 damaged",
		"seal-with-an-include-twice":         "F51 damaged",
		"seal-with-reserved-signatures":      "F71 reserved",
		"seed-missing":                       "F52 missing",
		"seed-too-large":                     "F8 damaged",
		"seed-truncated":                     "F3 damaged",
		"signer-of-another-type":             "F72 unverified, F72 not-verified",
		"temporary-file":                     "F5 temporary",
		"unconfirmed-epoch":                  "F49 successor, F38 unconfirmed",
		"unknown-files":                      "F7 unknown",
		"vault-txt-flipped":                  "F44 pinned, F12 damaged, F44 not-verified",
		"vault-txt-missing-unpinned":         "F44 unconfirmed, F44 missing",
		"seal-missing-and-contained":         "F25 last, F25 live",
		"seal-includes-untrue-for-an-x-line": "F32 untrue",
		"seal-signature-with-white-space":    "F25 damaged",
		"older-epoch-without-vault-txt":      "F44 unconfirmed, F44 missing",
		"seal-missing-without-signature":     "F29 unfinished, F76 missing",
		"late-and-removed":                   "F31 retired, F40 hidden, F41 late",
		"seal-includes-what-it-retires":      "F31 retired, F76 missing",
		"quorum-share-damaged":               "F3 damaged",
		"vault-txt-of-another-epoch":         "F12 damaged",
		"seed-renamed":                       "F30 accepted",
	} {
		lines := traceVector(t, name)
		for w := range strings.SplitSeq(want, ", ") {
			if !slices.ContainsFunc(lines, func(l trace.Line) bool { return l.Rule+" "+string(l.State) == w }) {
				t.Errorf("%s: %s is not in %v", name, w, lines)
			}
		}
		if name == "seed-renamed" && slices.ContainsFunc(lines, func(l trace.Line) bool { return l.State == trace.Missing }) {
			t.Errorf("%s: something is missing", name)
		}
	}
}

func traceVector(t *testing.T, name string) []trace.Line {
	t.Helper()
	dir := t.TempDir()
	v := readVector(t, filepath.Join(vectorDir, name+".txt"), dir)
	var pin *Pin
	if hex, recipient, ok := strings.Cut(v.pin, " "); ok {
		fp, err := ParseFingerprint(hex)
		must(t, err)
		pin = &Pin{Fingerprint: fp, Recipient: recipient}
	}
	vault, err := Open(openDir(t, filepath.Join(dir, "vault")), pin)
	must(t, err)
	return vault.Trace()
}
