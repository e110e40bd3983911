package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/words/wordstest"
	"seedvault/cmd/seedvault/internal/world"
)

// Whatever a script's run of the program tells a person to type is typed: in a copy of the
// script's folder as it is when the run ends, with the keys that the run had. A command that
// was told must end with 0, or with 3 for check, or lead on: [leadsOn] has the errors that do.

// followLedger names the variable with the folder in which the runs of the scripts note what
// they followed: a file for each command, empty where it held.
const followLedger = "SEEDVAULT_TEST_FOLLOW"

// followedBy is set where a run follows a hint, whose own hints are not followed.
const followedBy = "SEEDVAULT_TEST_FOLLOWED"

// follower collects what a run told a person to type.
type follower struct {
	ledger, work string
	verbs        []string // that there are
	tellings     []telling
}

// telling is one command, and the message that told it.
type telling struct {
	message words.Message
	text    string
	command []string
}

func newFollower() *follower {
	f := &follower{ledger: os.Getenv(followLedger), work: os.Getenv("WORK")}
	newApp(world.New()).Each(func(name string, _ *cli.Command) { f.verbs = append(f.verbs, name) })
	return f
}

// told takes up what a message tells to type.
func (f *follower) told(m words.Message, text string) {
	if f.ledger == "" || f.work == "" {
		return
	}
	f.tellings = slices.DeleteFunc(f.tellings, func(t telling) bool { return len(t.text) < len(text) && strings.Contains(text, t.text) }) // it is a part of this
	for _, command := range commandsIn(text, f.verbs) {
		f.tellings = append(f.tellings, telling{m, text, command})
	}
}

// Words that stand behind a command in a sentence and are no part of it.
var prose = strings.Fields("a again alone and another as asks at begins by but each for from here if in instead is it its of on once or says so still that the then there to until what when where which while who will with without writes you your begins brings refuses confirms")

// tokens are the words of a text, quoted ones as one.
var tokens = pattern(`"[^"]*"[;,.:)]*|'[^']*'[;,.:)]*|\S+`)

var theProgram = pattern(`\bseedvault `)

// commandsIn finds the commands in a text: a verb that there is, and what stands behind it
// as far as it can belong to it.
func commandsIn(text string, verbs []string) (list [][]string) {
	for _, at := range theProgram().FindAllStringIndex(text, -1) {
		if rest := text[at[1]:]; at[0] == 0 || !strings.ContainsRune("/-.", rune(text[at[0]-1])) {
			if c := commandAt(rest, verbs); c != nil {
				list = append(list, c)
			}
		}
	}
	return list
}

func commandAt(rest string, verbs []string) (command []string) {
	rest = strings.TrimRight(strings.FieldsFunc(rest+" ", func(r rune) bool { return r == '\n' || r > 0x2000 })[0], " ")
	for _, token := range tokens().FindAllString(rest, -1) {
		bare := strings.TrimRight(token, ";,:)")
		if !strings.HasSuffix(strings.Trim(bare, `"`), "...") {
			bare = strings.TrimRight(bare, ".?")
		}
		if bare == "" || bare == "<" || strings.HasPrefix(bare, "(") || strings.HasPrefix(bare, "[") || slices.Contains(prose, bare) {
			break
		}
		command = append(command, strings.Trim(bare, `"'`))
		if bare != token {
			break
		}
	}
	if n := verbLength(command, verbs); n == 0 {
		return nil
	}
	return command
}

// verbLength returns how many words of a command are its verb, 0 where it begins with none.
func verbLength(command []string, verbs []string) int {
	bare := slices.Clone(command)
	if len(bare) > 3 && bare[len(bare)-1] == "" {
		return 0
	}
	for n := min(2, len(bare)); n > 0; n-- {
		if slices.Contains(verbs, strings.Join(bare[:n], " ")) {
			return n
		}
	}
	return 0
}

// follow types what was told, each command once in a script.
func (f *follower) follow(w *world.World) {
	if os.Getenv(followedBy) != "" || len(os.Args) > 1 && os.Args[1] == "tour" { // which plays its own lines, in a folder of its own
		return
	}
	for _, t := range f.tellings {
		sum := sha256.Sum256([]byte(f.work + "\x00" + messageKey(t.message) + "\x00" + strings.Join(t.command[:min(2, len(t.command))], " ")))
		note, err := os.OpenFile(filepath.Join(f.ledger, hex.EncodeToString(sum[:8])), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil { // it was followed
			continue
		}
		if complaint := f.typed(t); complaint != "" {
			fmt.Fprintf(note, "%s: after seedvault %q, %q tells to type %q:\n%s\n", filepath.Base(f.work), os.Args[1:], t.message.En, t.command, complaint)
		}
		note.Close()
	}
}

// typed types a command in a copy of the script's folder, and returns what is wrong with
// what comes of it, "" where it leads on.
func (f *follower) typed(t telling) string {
	if notHere().MatchString(strings.Join(t.command, " ")) {
		return ""
	}
	copied, err := os.MkdirTemp(f.ledger, "copy-")
	if err != nil {
		return err.Error()
	}
	defer os.RemoveAll(copied)
	if err := copyOf(f.work, copied); err != nil {
		return err.Error()
	}
	s := &scene{from: f.work, to: copied, notes: filepath.Join(f.ledger, filepath.Base(copied)+".heard")}
	defer os.Remove(s.notes)
	args := s.filled(t.command)
	if args == nil {
		return ""
	}
	args = append(args, s.keys(os.Args[1:], args)...)
	said, status := s.run(args)
	if status != 0 && s.asksForYes() {
		said, status = s.run(append(args, "--yes"))
	}
	if status == 0 || status == 3 && args[0] == "check" || s.leadsOn() {
		return ""
	}
	return fmt.Sprintf("seedvault %q ends with %d: %s", args, status, said)
}

// copyOf copies a folder, and leaves out pipes and devices. A configuration and a link name
// the copy's paths then.
func copyOf(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it is gone by now
		}
		rel, _ := filepath.Rel(from, path)
		at := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(at, 0o700)
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			return os.Symlink(strings.Replace(target, from, to, 1), at)
		case !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		if d.Name() == "config.json" {
			data = bytes.ReplaceAll(data, []byte(from), []byte(to))
		}
		return os.WriteFile(at, data, 0o600)
	})
}

// scene is a copy of a script's folder in which a command is typed.
type scene struct {
	from, to, notes string
}

// run runs the program in the scene.
func (s *scene) run(args []string) (said string, status int) {
	s.moveMemory()
	os.WriteFile(s.notes, nil, 0o600)
	self, err := os.Executable()
	if err != nil {
		return err.Error(), -1
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = "seedvault"
	dir, _ := os.Getwd()
	cmd.Dir = strings.Replace(dir, s.from, s.to, 1)
	for _, v := range os.Environ() {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(v, s.from, s.to))
	}
	withoutTerminal(cmd)
	cmd.Env = append(cmd.Env, followedBy+"=1", heardFile+"="+s.notes)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		return err.Error(), -1
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// moveMemory has the machine's memory, which belongs to the path of a vault, belong to that
// in the copy.
func (s *scene) moveMemory() {
	states, _ := filepath.Glob(filepath.Join(s.to, "home/.local/state/seedvault"))
	more, _ := filepath.Glob(filepath.Join(s.to, "*/state/seedvault"))
	paths := map[string]bool{}
	config := regexp.MustCompile(`"path": "([^"]*)"`)
	filepath.WalkDir(s.to, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "config.json" {
			data, _ := os.ReadFile(path)
			for _, m := range config.FindAllSubmatch(data, -1) {
				paths[string(m[1])] = true
			}
		}
		return nil
	})
	of := func(path string) string {
		sum := sha256.Sum256([]byte(path))
		return hex.EncodeToString(sum[:8])
	}
	for _, state := range append(states, more...) {
		for path := range paths {
			os.Rename(filepath.Join(state, of(strings.Replace(path, s.to, s.from, 1))), filepath.Join(state, of(path)))
		}
	}
}

// keys returns the flags with keys that the run had, for those that the command has not.
func (s *scene) keys(had, args []string) (more []string) {
	for i, a := range had {
		switch a {
		case "-i", "--identity", "--passphrase-file", "--holder", "--share":
			if i+1 < len(had) && !slices.Contains(args, a) && !slices.Contains([]string{"guide", "tour", "init", "completion", "drill"}, args[0]) && !(len(args) > 1 && args[1] == "sheet") {
				more = append(more, a, strings.ReplaceAll(had[i+1], s.from, s.to))
			}
		}
	}
	return more
}

// asksForYes are the messages of a command that waits for a person's word, which --yes gives.
var asksForYes = []words.Message{words.HolderUnanswered, words.CopyRemoveUnanswered, words.CopyRefillUnanswered,
	words.RemoveUnanswered, words.AcceptUnanswered, words.RotateUnanswered, words.LostUnanswered, words.ShareUnanswered}

// leadsOn are the errors of a command that was right and needs what only the person has: a
// terminal, a key, the old sheet, the copy that is plugged in, a look at what was compared, a
// decision.
var leadsOn = []words.Message{words.NoTerminal, words.NoTerminalForSecret, words.NotDrawnHere, words.AddWhat, words.DrillNothing,
	words.SheetKeyNotGiven, words.SharesMissing, words.CopyFailed, words.CompareFirst, words.PlanUnanswered, words.RotatedTwice,
	words.VaultGone, words.OtherVault, words.EmptyInput, words.EmptyClipboard, words.PluginUnanswered,
	words.HintNoVaultToAdd, words.NotConfirmed, words.PasswordNeeded}

func (s *scene) heard(any []words.Message) bool {
	notes, _ := os.ReadFile(s.notes)
	return slices.ContainsFunc(any, func(m words.Message) bool { return strings.Contains(string(notes), messageKey(m)+"\n") })
}

func (s *scene) asksForYes() bool { return s.heard(asksForYes) }
func (s *scene) leadsOn() bool    { return s.heard(leadsOn) }

// notHere are commands with a place for what no copy of a script's folder has: what
// somebody sends, another machine's vault.
var notHere = pattern(`KEY|REMOTE|KIT|--share FILE|^clip|HEX|WHERE`)

// filled puts something in place of what a person would, or returns nil for a command that
// needs what there is not.
func (s *scene) filled(command []string) []string {
	var args []string
	verb := command[0]
	for i := 0; i < len(command); i++ {
		token, before := strings.ReplaceAll(command[i], s.from, s.to), ""
		if i > 0 {
			before = command[i-1]
		}
		switch {
		case token == "-i" && i+1 < len(command) && command[i+1] == "FILE", token == "--passphrase-file" && i+1 < len(command) && command[i+1] == "FILE":
			i++ // the person's own, which the run had
		case token == "FILE" && (verb == "add" || verb == "import"), token == "FILE" && before == "--anew":
			images := os.Getenv("IMAGES")
			if images == "" { // a conversation's environment is its own
				return nil
			}
			args = append(args, filepath.Join(images, "clean.png"))
		case token == "FILE":
			args = append(args, filepath.Join(s.to, "a-file-"+strconv.Itoa(i)+".html"))
		case token == "DIR" && (verb == "open" || before == "--copy"):
			return nil
		case token == "DIR":
			args = append(args, filepath.Join(s.to, "a-folder"))
		case token == "PLACE":
			args = append(args, "office")
		case token == "WORD":
			args = append(args, "mail")
		case token == "NEW":
			args = append(args, "a-new-name")
		case token == "N":
			args = append(args, "1")
		case token == "NAME" && (before == "--as" || verb == "holder" && before == "add"):
			args = append(args, "another")
		case token == "NAME" && (before == "sheet" || before == "share"), token == "NAME" && before == "--vault", token == "NAME" && before == "--to", token == "RECEIPT":
			return nil
		case token == "NAME" && before == "--undo":
			return nil // see remove --undo, which lists them
		case token == "NAME":
			if token = s.aSeed(); token == "" {
				return nil
			}
			args = append(args, token)
		case strings.HasSuffix(token, "..."): // a fingerprint from the sheet
			return nil
		default:
			args = append(args, token)
		}
	}
	return args
}

// aSeed returns the receipt of a seed in the vault that the run was about, "" for none.
func (s *scene) aSeed() string {
	args := []string{"list", "--json"}
	for i, a := range os.Args {
		if a == "--vault" && i+1 < len(os.Args) {
			args = append(args, a, os.Args[i+1])
		}
	}
	said, status := s.run(append(args, s.keys(os.Args[1:], args)...))
	receipt := regexp.MustCompile(`"receipt": "([a-z2-7]{12})"`).FindStringSubmatch(said)
	if status != 0 || receipt == nil {
		return ""
	}
	return receipt[1]
}

// keepLedger makes the folder in which followed commands are noted, and fails the test with
// what did not hold.
func keepLedger(t *testing.T) string {
	if testing.Short() {
		return ""
	}
	dir := t.TempDir()
	t.Cleanup(func() {
		notes, _ := filepath.Glob(filepath.Join(dir, "????????????????"))
		for _, name := range notes {
			if complaint, _ := os.ReadFile(name); len(complaint) > 0 {
				t.Errorf("%s", complaint)
			}
		}
		t.Logf("%d commands that a person is told to type were typed", len(notes))
	})
	return dir
}

// TestCommandsIn: what a sentence tells to type is found, and nothing else.
func TestCommandsIn(t *testing.T) {
	var verbs []string
	newApp(world.New()).Each(func(name string, _ *cli.Command) { verbs = append(verbs, name) })
	for text, want := range map[string]string{
		"mend it: seedvault copy sync stick (3 files)":                       "copy|sync|stick",
		`seedvault open --fingerprint "1a2b 3c4d", then add`:                 "open|--fingerprint|1a2b 3c4d",
		"begin one with a picture: seedvault add FILE, or seedvault init; x": "add|FILE / init",
		"type seedvault list and then seedvault accept --all.":               "list / accept|--all",
		"a newer seedvault wrote it":                                         "",
		"/usr/share/seedvault list":                                          "",
		"直すには: seedvault copy sync %s（壊れています）":                               "copy|sync|%s",
	} {
		var got []string
		for _, c := range commandsIn(text, verbs) {
			got = append(got, strings.Join(c, "|"))
		}
		if strings.Join(got, " / ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if len(wordstest.All(t, "internal/words")) < 100 {
		t.Error("no messages")
	}
}
