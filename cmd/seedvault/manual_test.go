package main

import (
	"flag"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/survival"
	"seedvault/escrow/trace"
)

// go test ./cmd/seedvault -run TestManual -update writes the manual anew.
var update = flag.Bool("update", false, "write doc.go anew from the help texts")

// manualStart and manualEnd are what the manual says besides the help texts.
const (
	manualStart = `Seedvault keeps the seeds of two-factor authentication (TOTP), each encrypted
with age to several holders, and draws their QR codes again when the phone is
gone. What a holder is, how the vault lies on disk and how it opens without
seedvault is in escrow/FORMAT.md; this is the manual of the command.

The help texts below are those of the program: seedvault VERB --help. It speaks
English and Japanese.

# A session

A site shows a QR code, and a screenshot of it goes into the vault, before the
phone scans it. The first time, four questions make the vault: a passphrase, a
sheet to print, a copy on a stick. Later it needs no secret, and asks at most for
the code that the phone shows; a holder then accepts what was added:

	$ seedvault add screenshot.png
	$ seedvault accept --all --yes

The code that the phone should show now, and what the seeds would survive:

	$ seedvault code acme
	$ seedvault check

A copy in another place, which every later command brings up to date; and once in
a while the proof that the sheet opens it:

	$ seedvault copy add /media/anna/STICK --kept home --as stick
	$ seedvault drill paper --copy stick

When the phone and this machine are gone, the QR code for the new phone, from the
copy alone, with the passphrase or the key from the sheet:

	$ seedvault restore acme --copy /media/anna/STICK/seedvault

And home again: the copy becomes the vault of the new machine, once its fingerprint
is compared with the sheet. Where nothing is left, the guide:

	$ seedvault open /media/anna/STICK/seedvault --fingerprint "1a2b 3c4d ..."
	$ seedvault guide aws-root

# Usage
`
	manualEnd = `# Exit status

	0  done
	1  failed: an error line and a hint are on standard error
	2  used wrongly: an unknown verb or flag, a value that does not fit, or a
	   secret among the arguments
	3  check found something that needs a person

Standard output carries what was asked for and nothing else. Remarks, errors and
hints are on standard error, each line behind "seedvault: ".

# Files

The vault is a folder that --vault names, or SEEDVAULT_DIR, or by default

	~/.local/share/seedvault                            Linux and the like
	~/Library/Application Support/seedvault/vault       macOS
	%LocalAppData%\seedvault\vault                      Windows

What this machine remembers lies outside it, in folders that nobody else can read:

	~/.config/seedvault/config.json        where vaults lie, their confirmed
	                                       fingerprints, which key files open them
	~/.config/seedvault/keys/              keys kept on this PC (--device) where the
	                                       system has no keyring
	~/.local/state/seedvault/              what this machine added and has seen

On macOS these are in ~/Library/Application Support/seedvault, on Windows in
%AppData%\seedvault and %LocalAppData%\seedvault\state. Losing them loses no seed: the
vault's fingerprint is confirmed anew.

# What check --json says

Fields are only ever added. Paths are relative to the vault's folder. With
--all-vaults, here as with list, it is an array: vault (its name), path, and what
follows as answer.

	red           something needs a person, in findings or in survival
	opened        with a key: every seed was decrypted
	compared      with a fingerprint that a person has confirmed
	findings      code, path, detail, red; the codes are
	              damaged missing no-content newer-format foreign unreadable unknown-file
	              special-file old-temporary duplicate line-ends unfinished-seal
	              no-seal unconfirmed-epoch successor-epoch fork closed-forks
	              unverified-epoch older-format missing-seal lost-seal
	              untrue-seal two-contents older-than-seen memory-lost journal-lost
	              lost-deposit few-ways-in unlisted-way-in classic-holder sheet-out-of-date
	              shares-out-of-date differs same-seed no-code overdue
	              swapped-page (whose detail names the copy that it lies in)
	accepted, not_accepted, ways_in, unlisted_ways_in, ways_at_most
	              how many seeds, and independent ways to open the vault
	seal, seal_name, seal_time
	              the newest list of accepted seeds: its number, name and time
	due           when the first of the drills' proofs runs out
	epochs        folder, fingerprint
	survival      of this machine's own vault, where its holders are known:
	              known, lacks (something is missing or damaged here: then nothing
	              is called survived), phone, pc, both (what is survived), single (things whose
	              loss alone locks out), remedy, about, losses (kind, name,
	              survives), searched, cuts (the smallest losses that lock out),
	              alone, together (need, of), unlisted, unproven, behind,
	              elsewhere (another PC's keys, by holder: nothing is built on them)
	sheets        files of sheets that this machine has written and that nobody has
	              removed
	unready       with a key, what is not yet confirmed to be prepared: page (of the
	              guide), seeds (by id), words (for edit --ready)
	trace         with --trace, what each epoch, seal and file counts for: rule (of
	              escrow/FORMAT.md), state, epoch (its folder), seal, path

# Environment

	SEEDVAULT_DIR    the vault's folder
	HOME             where the folders above are, but for
	XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME
	                 in place of ~/.config, ~/.local/state and ~/.local/share
	AppData, LocalAppData, USERPROFILE
	                 the same on Windows
	USER             whose sticks are looked for, when a copy is made
	LC_ALL, LC_MESSAGES, LANG
	                 the language: Japanese for ja, else English
	LC_ALL, LC_CTYPE, LANG
	                 the character set: QR codes are drawn finer in UTF-8
	DISPLAY, WAYLAND_DISPLAY
	                 which clipboard there is
	PAGER            shows a long page of the guide on a terminal; less by default
	TERM             dumb: no colours, and no line is drawn anew
	NO_COLOR         no colours, if it is not empty
`
)

// manual is doc.go as it should be.
func manual(t *testing.T) []byte {
	t.Helper()
	p, _, _ := stage(t, time.Now())
	var b strings.Builder
	b.WriteString(manualStart + "\n" + indented(p.Voice.Help(words.AppHelp)))
	newApp(p).Each(func(name string, _ *cli.Command) {
		b.WriteString("\n# seedvault " + name + "\n\n" + indented(p.Voice.Help(strings.ReplaceAll(name, " ", "-"))))
	})
	b.WriteString("\n" + manualEnd)
	var source strings.Builder
	source.WriteString("// Code generated by go test ./cmd/seedvault -run TestManual -update. DO NOT EDIT.\n\n")
	for line := range strings.Lines(b.String()) {
		source.WriteString(strings.TrimRight("// "+line, " \n") + "\n")
	}
	source.WriteString("package main\n")
	out, err := format.Source([]byte(strings.ReplaceAll(source.String(), "// \t", "//\t")))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(text)) {
		b.WriteString(strings.TrimRight("\t"+line, "\t\n") + "\n")
	}
	return b.String()
}

// TestManual keeps doc.go equal to the help texts.
func TestManual(t *testing.T) {
	want := manual(t)
	if *update {
		if err := os.WriteFile("doc.go", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != string(want) {
		t.Error("doc.go is not what the help texts make of it: go test ./cmd/seedvault -run TestManual -update")
	}
}

// TestManualSession: what the manual has people type is understood.
func TestManualSession(t *testing.T) {
	n := 0
	for line := range strings.Lines(manualStart) {
		typed, ok := strings.CutPrefix(strings.TrimSpace(line), "$ seedvault ")
		if !ok {
			continue
		}
		n++
		if wrong := misunderstood(strings.Fields(typed)); wrong != "" {
			t.Errorf("%s: %s", typed, wrong)
		}
	}
	if n < 6 {
		t.Errorf("only %d commands", n)
	}
}

// TestManualNamesTheEnvironment: every variable that the program reads, and no
// other.
func TestManualNamesTheEnvironment(t *testing.T) {
	_, section, _ := strings.Cut(manualEnd, "# Environment")
	read := map[string]bool{}
	rooms, err := filepath.Glob("internal/*")
	if err != nil || len(rooms) == 0 {
		t.Fatalf("no rooms: %v", err)
	}
	for _, dir := range append(rooms, ".") {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in %s: %v", dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, variable := range variables(t, name) {
				read[variable] = true
				if !strings.Contains(section, variable) {
					t.Errorf("%s reads %s, which is not in the manual", name, variable)
				}
			}
		}
	}
	names := strings.FieldsFunc(section, func(r rune) bool { return r != '_' && (r < 'A' || r > 'z') })
	for _, w := range names {
		if strings.ToUpper(w) == w && len(w) > 3 && !slices.Contains([]string{"UTF-"}, w) && !read[w] {
			t.Errorf("the manual names %s, which nothing reads", w)
		}
	}
	if len(read) < 10 {
		t.Errorf("only %v", read)
	}
}

// variables finds the names that a file asks the environment for.
func variables(t *testing.T, name string) (list []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	environment := func(e ast.Expr) bool {
		switch e := e.(type) {
		case *ast.Ident:
			return e.Name == "env"
		case *ast.SelectorExpr:
			return slices.Contains([]string{"env", "Getenv", "LookupEnv"}, e.Sel.Name)
		}
		return false
	}
	take := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			variable, _ := strconv.Unquote(lit.Value)
			list = append(list, variable)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if environment(n.Fun) {
				take(n.Args[0])
			}
			if len(n.Args) > 1 && environment(n.Args[0]) { // handed on with the name
				take(n.Args[1])
			}
		case *ast.CompositeLit: // names that are looked up in turn
			for _, e := range n.Elts {
				if lit, ok := e.(*ast.BasicLit); ok && (strings.HasPrefix(lit.Value, `"LC_`) || lit.Value == `"LANG"`) {
					take(lit)
				}
			}
		}
		return true
	})
	return list
}

// TestManualNamesJSON holds the list of fields and codes against the types and the
// source that give them.
func TestManualNamesJSON(t *testing.T) {
	_, section, ok := strings.Cut(manualStart+manualEnd, "# What check --json says")
	if !ok {
		t.Fatal("the manual does not say what check --json says")
	}
	section, _, _ = strings.Cut(section, "\n# ")
	has := func(name string) bool {
		return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(section)
	}
	for _, of := range []any{jsonReport{}, escrow.Report{}, escrow.Finding{}, jsonEpoch{}, verdict.Survival{}, survival.Verdict{}, verdict.Loss{}, jsonUnready{}, trace.Line{}, survival.Component{}, survival.Group{}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(of)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name != "" && name != "-" && !has(name) {
				t.Errorf("the manual does not name %s of %T", name, of)
			}
		}
	}
	source, err := os.ReadFile("../../escrow/report.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`(?m)^\tCode\w+ +FindingCode = "([^"]+)"`).FindAllSubmatch(source, -1)
	if len(codes) < 20 {
		t.Fatalf("only %d codes", len(codes))
	}
	for _, c := range codes {
		if !has(string(c[1])) {
			t.Errorf("the manual does not name the code %s", c[1])
		}
	}
}
