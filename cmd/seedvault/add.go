package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
	"seedvault/qr/scan"
)

func (p *program) addCommand() *cli.Command {
	return &cli.Command{
		Name: "add", CustomHelpTemplate: p.Text(speech.HelpAdd) + "\n",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "name"}, &cli.StringSliceFlag{Name: "tag"}, &cli.StringSliceFlag{Name: "note"}},
		Action: p.add,
	}
}

// finding is one text that was found in the input.
type finding struct {
	source string // a file's name, or standard input with a line number
	text   string
	err    error // instead of a text: why the source gave none
}

const scanTime = 10 * time.Second

func (p *program) add(c *cli.Context) error {
	if c.NArg() == 0 {
		return speech.Usage(speech.AddWhat).WithHint(speech.HintAddWhat)
	}
	found, err := p.collect(c)
	if err != nil {
		return err
	}
	if c.String("name") != "" && len(found) > 1 {
		return speech.Usage(speech.NameForMany, len(found)).WithHint(speech.HintNameForMany)
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := p.unlockUnprompted(c, s)
	if err != nil {
		return err
	}
	sum, err := p.addAll(c, s, found)
	if len(found) > 1 {
		p.Remark(speech.AddLedger, sum.saved, sum.refused, sum.again)
	}
	if err != nil {
		if left := len(found) - sum.saved - sum.refused - sum.again; len(found) > 1 {
			p.Remark(speech.AddStopped, left)
		}
		return err
	}
	switch {
	case sum.saved == 0:
	case o != nil:
		p.settleDeposits(s, o)
	default:
		p.Remark(speech.NotYetAcceptedHint)
	}
	if sum.refused > 0 {
		return speech.Fail(speech.SomeRefused, sum.refused, len(found)).WithHint(speech.HintSomeRefused)
	}
	return nil
}

// collect reads all the input before anything is opened, so that a wrong image
// ends the command where it costs nothing.
func (p *program) collect(c *cli.Context) ([]finding, error) {
	var found []finding
	for _, name := range c.Args().Slice() {
		if name == "-" {
			lines, err := p.readLines()
			if err != nil {
				return nil, err
			}
			found = append(found, lines...)
			continue
		}
		found = append(found, readImage(c.Context, name)...)
	}
	if len(found) == 0 {
		return nil, speech.Fail(speech.EmptyInput).WithHint(speech.HintAddWhat)
	}
	if len(found) == 1 && found[0].err != nil {
		return nil, explain(found[0].err).In(found[0].source)
	}
	return found, nil
}

const lineLimit = 64 << 10

// readLines takes one URI a line from standard input. Empty lines are passed
// over; one that is far too long costs the others nothing.
func (p *program) readLines() ([]finding, error) {
	var found []finding
	lines := bufio.NewReaderSize(p.in, lineLimit)
	for n := 1; ; n++ {
		line, more, err := lines.ReadLine()
		if err == io.EOF {
			return found, nil
		}
		f := finding{source: p.Text(speech.InputLine, n), text: strings.TrimSpace(string(line))}
		if more {
			f = finding{source: f.source, err: speech.Fail(speech.InputTooLong, lineLimit>>10).WithHint(speech.HintAddWhat)}
		}
		for more && err == nil {
			_, more, err = lines.ReadLine()
		}
		if err != nil && err != io.EOF {
			return nil, speech.Fail(speech.InputUnreadable, reasonOf(err)).WithHint(speech.HintAddWhat)
		}
		if f.text != "" || f.err != nil {
			found = append(found, f)
		}
	}
}

// readImage finds the codes in one image file.
func readImage(ctx context.Context, path string) []finding {
	source := speech.Safe(path, 0)
	f, err := os.Open(path)
	if err != nil {
		return []finding{{source: source, err: unreadable(path, err)}}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return []finding{{source: source, err: scan.ErrFormat}}
	}
	ctx, cancel := context.WithTimeout(ctx, scanTime)
	defer cancel()
	results, err := scan.Read(ctx, f)
	var found []finding
	for _, r := range results {
		found = append(found, finding{source: source, text: r.Text()})
	}
	if err != nil && (len(found) == 0 || errors.Is(err, scan.ErrPart)) {
		found = append(found, finding{source: source, err: err})
	}
	return found
}

// ledger is what became of all that was found.
type ledger struct{ saved, refused, again int }

// addAll saves what was found, one by one. An item that is refused costs the
// others nothing; a vault that cannot be written ends the command.
func (p *program) addAll(c *cli.Context, s *site, found []finding) (sum ledger, err error) {
	seen := map[string]bool{}
	for _, f := range found {
		if f.err == nil && seen[f.text] {
			p.Remark(speech.Twice, f.source)
			sum.again++
			continue
		}
		seen[f.text] = true
		seed, err := p.newSeed(c, f)
		switch {
		case err != nil && len(found) == 1:
			return sum, explain(err).In(f.source)
		case err != nil:
			p.Remark(speech.Refused, f.source, explain(err))
			sum.refused++
			continue
		}
		if err := p.save(s, seed); err != nil {
			return sum, err
		}
		sum.saved++
	}
	return sum, nil
}

func (p *program) newSeed(c *cli.Context, f finding) (escrow.Seed, error) {
	if f.err != nil {
		return escrow.Seed{}, f.err
	}
	host, _ := os.Hostname()
	return escrow.NewSeed(f.text, escrow.Details{
		Added: p.now(), By: host, Name: c.String("name"), Tags: c.StringSlice("tag"), Notes: c.StringSlice("note"),
	})
}

// save deposits one seed and says so only when it is durable and in the journal.
func (p *program) save(s *site, seed escrow.Seed) error {
	receipt, err := s.vault.Deposit(seed)
	if err != nil {
		return err
	}
	if err := s.memory().Deposited(receipt, p.now()); err != nil {
		p.Remark(speech.NotInJournal, receipt, explain(err))
	}
	entry := escrow.Entry{Seed: seed, Receipts: []escrow.Receipt{receipt}}
	fmt.Fprintf(p.Out, "%s\t%s\n", receipt, title(entry))
	p.Remark(speech.Saved, title(entry), receipt)
	p.remarkCode(entry)
	if key, err := seed.Key(); err == nil {
		for _, r := range key.Remarks() {
			p.Remark(speech.RemarkPrefix + speech.Message(r))
		}
		if key.Type() == otpauth.HOTP {
			p.Remark(speech.HOTPSaved, key.Counter())
		}
	}
	return nil
}
