package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

func (p *program) addCommand() *cli.Command {
	return &cli.Command{
		Name: "add", CustomHelpTemplate: p.Help("add") + "\n",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name"}, &cli.StringSliceFlag{Name: "tag"}, &cli.StringSliceFlag{Name: "note"},
			&cli.BoolFlag{Name: "clipboard"},
		},
		Action: p.add,
	}
}

// add reads all its input and shows what is in it before anything is opened or
// asked, so that a wrong image ends it where it costs nothing.
func (p *program) add(c *cli.Context) error {
	found, err := p.collect(c)
	if err != nil {
		return err
	}
	sum := ledger{}
	offers, err := p.judge(c, found, &sum)
	if err != nil {
		return err
	}
	if c.String("name") != "" && len(offers) > 1 {
		return say.Usage(words.NameForMany, len(offers)).WithHint(words.HintNameForMany)
	}
	s, o, err := p.openToAdd(c, offers)
	if err != nil {
		return err
	}
	defer s.Close()
	total := sum.found() + len(offers)
	saved, err := p.addAll(c, s, o, offers, &sum)
	if total > 1 {
		p.Remark(words.AddLedger, sum.saved, sum.refused, sum.again, sum.left)
	}
	if err != nil {
		if left := total - sum.found(); total > 1 {
			p.Remark(words.AddStopped, left)
		}
		return err
	}
	switch {
	case sum.saved == 0:
	case o != nil:
		p.settleDeposits(c.Context, s, o)
	default:
		p.Remark(words.NotYetAcceptedHint, strings.Join(receiptsOf(saved), " "))
		if err := p.bringCopies(c.Context, s); err != nil {
			return err
		}
	}
	p.remarkPrepare(saved)
	if err := p.comparePhone(saved); err != nil {
		return err
	}
	p.sayVerdict(c.Context, s, o)
	if sum.refused > 0 {
		return say.Fail(words.SomeRefused, sum.refused, total).WithHint(words.HintSomeRefused)
	}
	return nil
}

// openToAdd reads the vault that the seeds go into, opened where that asks nothing.
// Where there is none yet a person is led through making it.
func (p *program) openToAdd(c *cli.Context, offers []offer) (*site, *escrow.Opened, error) {
	s, err := p.open(c)
	if errors.Is(err, errNoVaultYet) {
		return p.beginVault(c, offers, err)
	}
	if err != nil {
		return nil, nil, err
	}
	err = p.askRotations(c, s, successors)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	o, err := p.unlockUnprompted(c, s)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, o, nil
}

// ledger is what became of all that was found.
type ledger struct{ saved, refused, again, left int }

func (l ledger) found() int { return l.saved + l.refused + l.again + l.left }

// offer is one seed that may be saved.
type offer struct {
	source string
	seed   escrow.Seed
}

// intake makes seeds of what was found. One refusal costs the others nothing; of
// a single thing it is the end.
type intake struct {
	*program
	c       *cli.Context
	sum     *ledger
	alone   bool
	offers  []offer
	lines   map[string]bool
	exports exchange.GoogleExports
}

// judge makes seeds of what was found, shows them, and says what is none.
func (p *program) judge(c *cli.Context, found []finding, sum *ledger) ([]offer, error) {
	in := intake{program: p, c: c, sum: sum, alone: len(found) == 1, lines: map[string]bool{}}
	for _, f := range found {
		if err := in.take(f); err != nil {
			return nil, err
		}
	}
	for _, e := range in.exports.Incomplete() {
		if len(e.Missing) > 0 {
			p.Remark(words.ExportMissing, numbers(e.Missing), e.Of)
		}
		if len(e.Clashing) > 0 {
			p.Remark(words.ExportClashes, numbers(e.Clashing), e.Of)
		}
	}
	for _, of := range in.offers {
		p.show(of.seed)
	}
	return in.offers, nil
}

func (in *intake) take(f finding) error {
	if f.err != nil {
		return in.refuse(f.source, f.err)
	}
	if !exchange.IsGoogle(f.text) {
		return in.line(f.source, f.text)
	}
	part, err := exchange.ParseGoogle(f.text)
	if err != nil {
		return in.refuse(f.source, err)
	}
	return in.part(f.source, part)
}

// part takes an export code apart.
func (in *intake) part(source string, part exchange.GooglePart) error {
	if !in.exports.Add(part) {
		in.Remark(words.ExportTwice, source, part.Number, part.Of)
		in.sum.again += len(part.Entries)
		return nil
	}
	in.alone = false
	in.Remark(words.ExportFound, source, part.Number, part.Of, len(part.Entries))
	for _, e := range part.Entries {
		source := in.Text(words.ExportEntry, source, e.Position, console.Safe(e.Label, 40))
		err := e.Err
		if err != nil {
			err = in.refuse(source, err)
		} else {
			err = in.line(source, e.Key.URI())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// line takes one otpauth line, the same one once.
func (in *intake) line(source, line string) error {
	if in.lines[line] {
		in.Remark(words.Twice, source)
		in.sum.again++
		return nil
	}
	seed, err := in.newSeed(in.c, line)
	if err != nil {
		return in.refuse(source, err)
	}
	in.lines[line] = true
	in.offers = append(in.offers, offer{source, seed})
	return nil
}

func (in *intake) refuse(source string, err error) error {
	if in.alone {
		return explain(err).In(source)
	}
	in.Remark(words.Refused, source, explain(err))
	in.sum.refused++
	return nil
}

// numbers lists numbers for a sentence.
func numbers(list []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(list)), ", "), "[]")
}

// show says what a seed is, but for its secret.
func (p *program) show(seed escrow.Seed) {
	key, err := seed.Key()
	if err != nil {
		return
	}
	e := escrow.Entry{Seed: seed, Receipts: make([]escrow.Receipt, 1)}
	called := title(e)
	if issuer, account := names(e); seed.Name() != "" { // the image may be another account's than the name says
		called += " (" + console.Safe(strings.TrimSpace(issuer+" "+account), 60) + ")"
	}
	if key.Type() == otpauth.HOTP {
		p.Remark(words.FoundCounting, called, string(key.Algorithm()), key.Digits(), key.Counter())
	} else {
		p.Remark(words.FoundSeed, called, string(key.Type()), string(key.Algorithm()), key.Digits(), int(key.Period().Seconds()))
	}
	for _, r := range key.Remarks() {
		p.Remark(words.SeedRemarks.Of(string(r)))
	}
}

func (p *program) newSeed(c *cli.Context, line string) (escrow.Seed, error) {
	host, _ := os.Hostname()
	return escrow.NewSeed(line, escrow.Details{
		Added: p.now(), By: host, Name: c.String("name"), Tags: c.StringSlice("tag"), Notes: c.StringSlice("note"),
	})
}

// addAll saves what a person wants of the offers: all of them where nobody can
// be asked. What a vault that opened unasked holds already is not doubled. A
// vault that cannot be written ends it.
func (p *program) addAll(c *cli.Context, s *site, o *escrow.Opened, offers []offer, sum *ledger) (saved []escrow.Entry, err error) {
	held, err := linesOf(c, o)
	if err != nil {
		return nil, err
	}
	ask := len(offers) > 1 && p.attended()
	for i, of := range offers {
		e := escrow.Entry{Seed: of.seed, Receipts: make([]escrow.Receipt, 1)}
		if held[of.seed.Line()] {
			p.Remark(words.HeldAlready, title(e))
			sum.again++
			continue
		}
		if ask {
			answer, err := p.askWhether(p.Text(words.AskSave, i+1, len(offers), title(e)), answerYes)
			if err != nil {
				return saved, err
			}
			if ask = answer != answerAll; answer == answerNo {
				sum.left++
				continue
			}
		}
		r, err := p.save(s, of.seed)
		if err != nil {
			return saved, err
		}
		e.Receipts[0] = r
		saved = append(saved, e)
		sum.saved++
	}
	return saved, nil
}

// receiptsOf are the receipts of what was saved.
func receiptsOf(saved []escrow.Entry) (receipts []string) {
	for _, e := range saved {
		receipts = append(receipts, e.Receipts[0].String())
	}
	return receipts
}

// linesOf returns what an opened vault holds, of every standing but removed.
func linesOf(c *cli.Context, o *escrow.Opened) (map[string]bool, error) {
	held := map[string]bool{}
	if o == nil {
		return held, nil
	}
	entries, _, err := o.Seeds(c.Context)
	for _, e := range entries {
		held[e.Seed.Line()] = true
	}
	return held, err
}

// save deposits one seed and says so only when it is durable and in the journal.
func (p *program) save(s *site, seed escrow.Seed) (escrow.Receipt, error) {
	receipt, err := s.vault.Deposit(seed)
	if err != nil {
		return receipt, err
	}
	if err := s.memory().Deposited(receipt, p.now()); err != nil {
		p.Remark(words.NotInJournal, receipt, explain(err))
	}
	entry := escrow.Entry{Seed: seed, Receipts: []escrow.Receipt{receipt}}
	fmt.Fprintf(p.Out, "%s\t%s\n", receipt, title(entry))
	p.Remark(words.Saved, title(entry), receipt)
	p.remarkCode(entry)
	return receipt, nil
}

// comparePhone offers to hold what the phone shows against each seed that was
// saved: at this moment both are at hand.
func (p *program) comparePhone(saved []escrow.Entry) error {
	if !p.attended() {
		return nil
	}
	t, err := p.terminal()
	if err != nil {
		return nil
	}
	defer t.Close()
	for _, e := range saved {
		if _, err := e.Seed.Key(); err != nil {
			continue
		}
		for wrong := 0; ; {
			typed, err := t.Line(p.Text(words.AskCompare, title(e)))
			if err != nil {
				p.Remark(words.PhoneNotCompared)
				return nil
			}
			if typed == "" {
				break
			}
			if strings.ToLower(norm.NFKC.String(typed)) == "q" {
				return nil
			}
			what := compare(typedCode(typed), []escrow.Entry{e}, saved, p.now())
			p.Remark(what.said, what.about...)
			if what.match {
				break
			}
			if wrong++; wrong == 3 {
				p.Remark(words.ThreeWrongAtAdd)
			}
			p.remarkCode(e)
		}
	}
	return nil
}
