package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
	"seedvault/qr/scan"
	"seedvault/testdata/images"
)

// tourVerb returns the verb tour; program makes the program for each command that it plays.
func tourVerb(w *world.World, program func(*world.World) *cli.App) *cli.Command {
	return &cli.Command{Name: "tour", Names: cli.NoNames(), Run: func(ctx context.Context, _ []string) error { return playTour(ctx, w, program) }}
}

// playTour plays the whole story in a temporary folder, with the commands that a
// person would type, and checks every result.
func playTour(ctx context.Context, w *world.World, program func(*world.World) *cli.App) error {
	dir, err := os.MkdirTemp("", "seedvault-tour-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ctx, stop := console.UntilEnded(ctx)
	defer stop()
	t := &tour{w: w, program: program, ctx: ctx, dir: dir, now: w.Now()}
	w.Voice.Say(words.TourStart)
	t.play()
	if t.failed != nil {
		return t.failed
	}
	if t.wrong > 0 {
		return say.Fail(words.TourWrong, t.wrong, t.checks).WithHint(words.HintReport)
	}
	w.Voice.Say(words.TourEnd, t.checks)
	return nil
}

// tour is one play.
type tour struct {
	w       *world.World
	program func(*world.World) *cli.App
	ctx     context.Context
	dir     string // the whole stage; the person's HOME is dir/home
	now     time.Time
	friend  string // the friend's recipient
	checks  int
	wrong   int
	failed  error // a step that could not be played at all
}

func (t *tour) at(parts ...string) string { return filepath.Join(append([]string{t.dir}, parts...)...) }

// play goes through the acts, and stops where one cannot be played.
func (t *tour) play() {
	for _, act := range []func(){t.props, t.setUp, t.use, t.lose, t.restore, t.comeHome} {
		if act(); t.failed != nil {
			return
		}
	}
}

func (t *tour) setUp() {
	t.w.Voice.Say(words.TourInit)
	t.run("init", "--passphrase", "words", "--passphrase-file", t.at("passphrase.txt"), "--paper", "paper", "--out", t.at("paper.txt"), "-r", "friend="+t.friend)
	t.write("paper-typed.txt", t.paperKey()+"\n")

	t.w.Voice.Say(words.TourAdd)
	t.run("add", t.at("screenshot.png"))
	t.run("accept", "--all", "--yes", "--passphrase-file", t.at("passphrase.txt"))
}

func (t *tour) use() {
	t.w.Voice.Say(words.TourCode)
	code := strings.TrimSpace(t.run("code", "acme", "-i", t.at("friend.key")))
	t.check(words.TourCheckCode, code == t.expectedCode())
}

func (t *tour) lose() {
	t.w.Voice.Say(words.TourCopy)
	t.run("copy", "add", t.at("stick"), "--kept", "stick", "--as", "stick", "-i", t.at("friend.key"))
	t.w.Voice.Say(words.TourVerdict)
	verdict, _, _ := strings.Cut(t.run("check", "-i", t.at("friend.key")), "\n")
	t.check(words.TourCheckVerdict, verdict == t.w.Voice.Text(words.VerdictAll))
	if !t.stopped() {
		t.w.Voice.Say(words.TourHolds, verdict)
	}

	t.w.Voice.Say(words.TourLoss)
	t.show("rm -r", t.at("home"))
	t.must(os.RemoveAll(t.at("home")))
	_, err := os.Stat(t.at("home"))
	t.check(words.TourCheckGone, os.IsNotExist(err))
}

func (t *tour) restore() {
	for _, way := range []struct {
		title        words.Message
		drawn        string
		flag, secret string
	}{
		{words.TourByPassphrase, "with-passphrase.png", "--passphrase-file", "passphrase.txt"},
		{words.TourByPaper, "with-paper.png", "--passphrase-file", "paper-typed.txt"},
		{words.TourByFriend, "with-friend.png", "-i", "friend.key"},
	} {
		t.w.Voice.Say(way.title)
		t.run("restore", "acme", "--copy", t.at("stick"), way.flag, t.at(way.secret), "--png", t.at(way.drawn))
		t.check(words.TourCheckQR, t.reads(way.drawn) == images.ScreenshotURI)
	}
	t.draw(t.reads("with-friend.png"))
}

// draw shows a code on the screen, as restore does, where there is one that it fits on.
func (t *tour) draw(text string) {
	columns, rows, onScreen := t.w.Screen()
	if t.stopped() || !onScreen || console.Dumb(t.w.Getenv) {
		return
	}
	form := qr.HalfBlocks
	if !words.UTF8(t.w.Getenv) {
		form = qr.Blocks
	}
	code, err := qr.New(text)
	for fits := err == nil; fits; code, fits = code.Smaller() {
		if wide, high := code.TextSize(form); wide <= columns && high < rows {
			t.w.Voice.Say(words.TourDrawn)
			t.must(code.WriteText(t.w.Voice.Out, form))
			return
		}
	}
}

func (t *tour) comeHome() {
	t.w.Voice.Say(words.TourHome)
	t.run("open", t.at("stick"), "--fingerprint", t.fingerprint(), "--passphrase-file", t.at("passphrase.txt"))
	t.run("check", "-i", t.at("friend.key"))
	t.check(words.TourCheckCode, strings.TrimSpace(t.run("code", "acme", "--passphrase-file", t.at("paper-typed.txt"))) == t.expectedCode())
}

// props makes what the story needs before it begins: the picture, the friend's
// key pair and a passphrase.
func (t *tour) props() {
	t.must(os.Mkdir(t.at("home"), 0o700))
	t.must(os.WriteFile(t.at("screenshot.png"), images.Screenshot, 0o600))
	id, err := age.GenerateX25519Identity()
	t.must(err)
	phrase, err := key.GeneratePassphrase()
	t.must(err)
	if t.failed != nil {
		return
	}
	t.write("friend.key", id.String()+"\n")
	t.write("passphrase.txt", phrase+"\n")
	t.friend = id.Recipient().String()
}

func (t *tour) write(name, text string) { t.must(os.WriteFile(t.at(name), []byte(text), 0o600)) }

func (t *tour) must(err error) {
	if err != nil && t.failed == nil {
		t.failed = err
	}
}

// paperKey copies the key from the sheet, as a person types it.
func (t *tour) paperKey() string {
	sheet, err := os.ReadFile(t.at("paper.txt"))
	t.must(err)
	for line := range strings.Lines(string(sheet)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "AGE-SECRET-KEY-") {
			return line
		}
	}
	t.must(say.Fail(words.TourNoKey).WithHint(words.HintReport))
	return ""
}

// fingerprint reads the vault's fingerprint from the copy, as the sheet has it.
func (t *tour) fingerprint() string {
	dir, err := escrow.OpenDir(t.at("stick"))
	t.must(err)
	if err != nil {
		return ""
	}
	defer dir.Close()
	v, err := escrow.Open(dir, nil)
	t.must(err)
	if err != nil {
		return ""
	}
	return v.Epochs()[0].Fingerprint.String()
}

func (t *tour) expectedCode() string {
	key, err := otpauth.Parse(images.ScreenshotURI)
	t.must(err)
	code, err := key.Code(t.now)
	t.must(err)
	return code
}

// reads scans a drawing as a phone would.
func (t *tour) reads(drawn string) string {
	f, err := os.Open(t.at(drawn))
	if err != nil {
		return ""
	}
	defer f.Close()
	results, err := scan.Read(t.ctx, f)
	if err != nil || len(results) != 1 {
		return ""
	}
	return results[0].Text()
}

// run shows the command and carries it out, in a HOME of its own.
func (t *tour) run(args ...string) string {
	if t.stopped() {
		return ""
	}
	t.show(append([]string{"seedvault"}, args...)...)
	var out, errs bytes.Buffer
	voice := t.w.Voice
	voice.Out, voice.Err, voice.Wide, voice.Columns = &out, &errs, 0, 0
	ended, heard := false, voice.OnMessage
	voice.OnMessage = func(l words.Language, m words.Message, text string) {
		ended = ended || m == words.Interrupted
		if heard != nil {
			heard(l, m, text)
		}
	}
	status := t.program(&world.World{
		Voice:     voice,
		In:        strings.NewReader(""),
		Getenv:    t.env,
		Now:       func() time.Time { return t.now },
		Terminal:  func() (*console.Terminal, error) { return nil, console.ErrNoTerminal },
		CopySites: func() []local.CopySite { return nil },
		OnRAMDisk: func(string) bool { return false }, // the stage may be, and plays a disk
	}).Run(args)
	if ended { // the step has heard the signal first
		t.awaitEnd()
	}
	if t.stopped() {
		return "" // the signal has ended the step too
	}
	t.count(words.TourCheckStatus, status == say.StatusDone)
	if status != say.StatusDone {
		t.w.Voice.Remark(words.TourSaid, strings.TrimSpace(errs.String()))
	}
	return out.String()
}

func (t *tour) env(name string) string {
	switch name {
	case "HOME":
		return t.at("home")
	case "SEEDVAULT_DIR":
		return t.at("home", "vault")
	case "AppData", "LocalAppData":
		return t.at("home", name)
	}
	return ""
}

// show prints the command as a person would type it: the stage's folder is left
// out, and what has a space is quoted.
func (t *tour) show(typed ...string) {
	for i, w := range typed {
		w = strings.ReplaceAll(w, t.dir+string(filepath.Separator), "")
		if i > 0 && strings.Contains(w, " ") {
			w = `"` + w + `"`
		}
		typed[i] = w
	}
	t.w.Voice.Say(words.TourCommand, strings.Join(typed, " "))
}

// stopped reports whether nothing more is to be played, for a failure or since the
// person ended it.
func (t *tour) stopped() bool {
	if t.ctx.Err() != nil {
		t.must(say.Fail(words.TourInterrupted).WithHint(words.HintTourInterrupted))
	}
	return t.failed != nil
}

// awaitEnd waits until a signal has ended the whole too, a second at most.
func (t *tour) awaitEnd() {
	select {
	case <-t.ctx.Done():
	case <-time.After(time.Second):
	}
}

// check counts what should hold, and reports whether it does.
func (t *tour) check(what words.Message, holds bool) {
	if t.count(what, holds) {
		t.w.Voice.Say(words.TourHolds, t.w.Voice.Text(what))
	}
}

// count counts what should hold, says so if it does not, and reports whether it does.
func (t *tour) count(what words.Message, holds bool) bool {
	if t.stopped() {
		return false
	}
	t.checks++
	if !holds {
		t.wrong++
		t.w.Voice.Remark(words.TourMismatch, t.w.Voice.Text(what))
	}
	return holds
}
