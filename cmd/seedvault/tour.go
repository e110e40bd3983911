package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
	"seedvault/qr/scan"
	"seedvault/testdata/images"
)

func (p *program) tourCommand() *cli.Command {
	return &cli.Command{Name: "tour", CustomHelpTemplate: p.Text(speech.HelpTour) + "\n", Action: p.tour}
}

// tour plays the whole story in a temporary folder, with the commands that a
// person would type, and checks every result.
func (p *program) tour(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "seedvault-tour-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := &tour{p: p, ctx: c.Context, dir: dir, now: p.now()}
	p.Say(speech.TourStart)
	t.play()
	if t.failed != nil {
		return t.failed
	}
	if t.wrong > 0 {
		return speech.Fail(speech.TourWrong, t.wrong, t.checks).WithHint(speech.HintReport)
	}
	p.Say(speech.TourEnd, t.checks)
	return nil
}

// tour is one play.
type tour struct {
	p      *program
	ctx    context.Context
	dir    string // the whole stage; the person's HOME is dir/home
	now    time.Time
	checks int
	wrong  int
	failed error // a step that could not be played at all
}

func (t *tour) at(parts ...string) string { return filepath.Join(append([]string{t.dir}, parts...)...) }

func (t *tour) play() {
	friend := t.props()
	if t.failed != nil {
		return
	}
	t.p.Say(speech.TourInit)
	t.run("init", "--passphrase", "words", "--passphrase-file", t.at("passphrase.txt"), "--paper", "paper", "--out", t.at("paper.txt"), "-r", "friend="+friend)
	paper := t.paperKey()

	t.p.Say(speech.TourAdd)
	t.run("add", t.at("screenshot.png"))
	t.run("accept", "--all", "--yes", "--passphrase-file", t.at("passphrase.txt"))

	t.p.Say(speech.TourCode)
	code := strings.TrimSpace(t.run("code", "acme", "-i", t.at("friend.key")))
	t.check(speech.TourCheckCode, code == t.expectedCode())

	t.p.Say(speech.TourCopy)
	t.tell("cp -r", t.at("home", "vault"), t.at("stick"))
	t.must(os.CopyFS(t.at("stick"), os.DirFS(t.at("home", "vault"))))
	fingerprint := t.fingerprint()

	t.p.Say(speech.TourLoss)
	t.tell("rm -r", t.at("home"))
	t.must(os.RemoveAll(t.at("home")))
	_, err := os.Stat(t.at("home"))
	t.check(speech.TourCheckGone, os.IsNotExist(err))

	t.write("paper-typed.txt", paper+"\n")
	for _, way := range []struct {
		title speech.Message
		args  []string
	}{
		{speech.TourByPassphrase, []string{"--passphrase-file", t.at("passphrase.txt")}},
		{speech.TourByPaper, []string{"--passphrase-file", t.at("paper-typed.txt")}},
		{speech.TourByFriend, []string{"-i", t.at("friend.key")}},
	} {
		t.p.Say(way.title)
		drawn := t.run(append([]string{"restore", "acme", "--copy", t.at("stick"), "--png", "-"}, way.args...)...)
		t.check(speech.TourCheckQR, t.reads(drawn) == images.ScreenshotURI)
	}

	t.p.Say(speech.TourHome)
	t.run("open", t.at("stick"), "--fingerprint", fingerprint, "--passphrase-file", t.at("passphrase.txt"))
	t.run("check", "-i", t.at("friend.key"))
	t.check(speech.TourCheckCode, strings.TrimSpace(t.run("code", "acme", "--passphrase-file", t.at("paper-typed.txt"))) == t.expectedCode())
}

// props makes what the story needs before it begins: the picture, the friend's
// key pair and a passphrase.
func (t *tour) props() (friend string) {
	t.must(os.Mkdir(t.at("home"), 0o700))
	t.must(os.WriteFile(t.at("screenshot.png"), images.Screenshot, 0o600))
	id, err := age.GenerateX25519Identity()
	t.must(err)
	words, err := escrow.GeneratePassphrase()
	t.must(err)
	if t.failed != nil {
		return ""
	}
	t.write("friend.key", id.String()+"\n")
	t.write("passphrase.txt", words+"\n")
	return id.Recipient().String()
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
	t.must(speech.Fail(speech.TourWrong, 1, t.checks))
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
	results, err := scan.Read(t.ctx, strings.NewReader(drawn))
	if err != nil || len(results) != 1 {
		return ""
	}
	return results[0].Text()
}

// run tells the command and carries it out, in a HOME of its own.
func (t *tour) run(args ...string) string {
	if t.failed != nil {
		return ""
	}
	t.tell(append([]string{"seedvault"}, args...)...)
	var out, errs bytes.Buffer
	stage := &program{
		Voice:    speech.Voice{Out: &out, Err: &errs},
		in:       strings.NewReader(""),
		env:      t.env,
		now:      func() time.Time { return t.now },
		terminal: func() (*speech.Terminal, error) { return nil, speech.ErrNoTerminal },
	}
	status := stage.run(args)
	t.check(speech.TourCheckStatus, status == speech.StatusDone)
	if status != speech.StatusDone {
		t.p.Remark(speech.TourSaid, strings.TrimSpace(errs.String()))
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

// tell shows the command as a person would type it: the stage's folder is left
// out, and what has a space is quoted.
func (t *tour) tell(words ...string) {
	for i, w := range words {
		w = strings.ReplaceAll(w, t.dir+string(filepath.Separator), "")
		if i > 0 && strings.Contains(w, " ") {
			w = `"` + w + `"`
		}
		words[i] = w
	}
	t.p.Say(speech.TourCommand, strings.Join(words, " "))
}

func (t *tour) check(what speech.Message, holds bool) {
	t.checks++
	if !holds {
		t.wrong++
		t.p.Remark(speech.TourMismatch, t.p.Text(what))
	} else if what != speech.TourCheckStatus {
		t.p.Say(speech.TourHolds, t.p.Text(what))
	}
}
