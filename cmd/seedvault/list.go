package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

func (p *program) listCommand() *cli.Command {
	return &cli.Command{
		Name: "list", CustomHelpTemplate: p.Help("list") + "\n",
		Flags:  []cli.Flag{copyFlag(), jsonFlag(), &cli.BoolFlag{Name: "reenrol"}, &cli.BoolFlag{Name: "all-vaults"}},
		Action: p.listAsked,
	}
}

func copyFlag() cli.Flag { return &cli.StringFlag{Name: "copy"} }
func jsonFlag() cli.Flag { return &cli.BoolFlag{Name: "json"} }

// opened is what every command that reads seeds begins with.
func (p *program) opened(c *cli.Context) (*site, *escrow.Opened, []escrow.Entry, error) {
	s, err := p.open(c)
	if err != nil {
		return nil, nil, nil, err
	}
	o, err := p.unlock(c, s)
	if err != nil {
		s.Close()
		return nil, nil, nil, err
	}
	done := p.watch(o)
	entries, findings, err := o.Seeds(c.Context)
	done()
	if err != nil {
		s.Close()
		return nil, nil, nil, err
	}
	switch {
	case o.Compared():
	case s.known:
		p.Remark(words.OtherEpochs, s.pin.Fingerprint)
	default:
		p.Remark(words.NotCompared, o.Pin().Fingerprint)
	}
	if newer := s.vault.Newer(); newer != nil {
		p.Remark(words.NewerSeal, console.Safe(newer.Path, 0))
	}
	p.remarkRotations(s)
	for _, f := range findings {
		if f.Red {
			p.Remark(words.SeedLost, p.Text(words.FindingCodes.Of(string(f.Code))), console.Safe(f.Path, 0))
		}
	}
	return s, o, s.withoutRefused(entries), nil
}

// withoutRefused leaves out what lies in an epoch that a person has refused here.
func (s *site) withoutRefused(entries []escrow.Entry) []escrow.Entry {
	refused := s.epochs(func(e escrow.Epoch) bool { return e.Refused })
	return slices.DeleteFunc(entries, func(e escrow.Entry) bool {
		return slices.ContainsFunc(refused, func(r escrow.Epoch) bool { return r.Folder == e.Epoch })
	})
}

// watch shows how many seeds have been read, where reading takes long, until the
// function that it returns is called.
func (p *program) watch(o *escrow.Opened) (done func()) {
	progress := p.Progress(words.ReadingSeeds, p.now)
	o.Watch(progress.At)
	return progress.Done
}

func (p *program) listAsked(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	if c.Bool("all-vaults") {
		return p.everyVault(c, p.list)
	}
	return p.list(c)
}

func (p *program) list(c *cli.Context) error {
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Bool("reenrol") {
		err = p.listReEnrol(c, o)
	} else if c.Bool("json") {
		err = p.listJSON(entries)
	} else if len(entries) == 0 {
		p.Remark(words.EmptyVault)
	} else {
		p.listSeeds(p.Out, entries)
	}
	p.settleDeposits(c.Context, s, o)
	return err
}

func noNames(c *cli.Context) error {
	if c.NArg() > 0 {
		return say.Usage(words.TooManyNames, console.Safe(c.Args().First(), 40)).WithHint(words.SeeHelp, "seedvault "+c.Command.FullName()+" --help")
	}
	return nil
}

// listSeeds writes a table of seeds.
func (p *program) listSeeds(w io.Writer, entries []escrow.Entry) {
	rows := [][]string{{p.Text(words.ColumnIssuer), p.Text(words.ColumnAccount), p.Text(words.ColumnName), p.Text(words.ColumnAdded), p.Text(words.ColumnReceipt), ""}}
	for _, e := range entries {
		issuer, account := names(e)
		name := strings.Join(append([]string{e.Seed.Name()}, e.Seed.Tags()...), " ")
		rows = append(rows, []string{issuer, account, strings.TrimSpace(name), when(e.Seed.Added()), e.Receipts[0].String(), p.standing(e)})
	}
	console.Table(w, rows)
}

// standing is the mark behind a seed in a table; an accepted one has none.
func (p *program) standing(e escrow.Entry) string {
	var marks []string
	switch e.Status {
	case escrow.NotAccepted:
		marks = append(marks, p.Text(words.MarkNotAccepted))
	case escrow.Late:
		marks = append(marks, p.Text(words.MarkLate))
	case escrow.Unconfirmed:
		marks = append(marks, p.Text(words.MarkUnconfirmed, e.Epoch))
	}
	if by := e.Seed.By(); by != "" && e.Status != escrow.Accepted { // it is for whoever accepts
		marks = append(marks, p.Text(words.MarkBy, console.Safe(by, 40)))
	}
	if e.Differs {
		marks = append(marks, p.Text(words.MarkDiffers))
	}
	for _, claim := range e.Claims {
		if claim.Same == escrow.ClaimSecret {
			marks = append(marks, p.Text(words.MarkSameSecret, claim.Other))
		} else {
			marks = append(marks, p.Text(words.MarkSameID, claim.Other))
		}
	}
	if len(e.KnownTo) > 0 {
		marks = append(marks, p.Text(words.MarkKnownTo, strings.Join(e.KnownTo, ", ")))
	}
	return strings.Join(marks, ", ")
}

// listed is one seed in list --json.
type listed struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Issuer    string            `json:"issuer"`
	Account   string            `json:"account"`
	Type      otpauth.Type      `json:"type"`
	Algorithm otpauth.Algorithm `json:"algorithm"`
	Digits    int               `json:"digits"`
	Period    int               `json:"period"` // seconds
	Tags      []string          `json:"tags"`
	Accepted  bool              `json:"accepted"`
	Added     string            `json:"added"` // RFC 3339, or ""
	By        string            `json:"by"`    // who or which machine, as it says of itself
	Receipt   string            `json:"receipt"`
	KnownTo   []string          `json:"known_to,omitempty"` // list --reenrol: who left and has known it
}

func (p *program) listJSON(entries []escrow.Entry) error {
	list := []listed{}
	for _, e := range entries {
		key, _ := e.Seed.Key() // of another scheme: all its fields are empty
		l := listed{
			ID: e.Seed.ID(), Name: e.Seed.Name(), Issuer: key.Issuer(), Account: key.Account(),
			Type: key.Type(), Algorithm: key.Algorithm(), Digits: key.Digits(), Period: int(key.Period().Seconds()),
			Tags: append([]string{}, e.Seed.Tags()...), Accepted: e.Status == escrow.Accepted, Receipt: e.Receipts[0].String(),
			By: e.Seed.By(), KnownTo: e.KnownTo,
		}
		if at := e.Seed.Added(); !at.IsZero() {
			l.Added = at.Format(time.RFC3339)
		}
		list = append(list, l)
	}
	return p.writeJSON(list)
}

// writeJSON writes what a script reads, fit for a terminal too: encoding/json lets
// pass what moves the cursor or turns the direction of writing, so that is escaped
// here, which means the same.
func (p *program) writeJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	var safe []byte
	for _, r := range b.String() {
		if r == '\n' || unicode.IsPrint(r) {
			safe = utf8.AppendRune(safe, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			safe = fmt.Appendf(safe, `\u%04x`, unit)
		}
	}
	_, err := p.Out.Write(safe)
	return err
}
