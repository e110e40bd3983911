package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) checkCommand() *cli.Command {
	return &cli.Command{
		Name: "check", CustomHelpTemplate: p.Help("check") + "\n",
		Flags:  []cli.Flag{copyFlag(), jsonFlag(), &cli.BoolFlag{Name: "explain"}, &cli.BoolFlag{Name: "all-vaults"}, &cli.StringFlag{Name: "fingerprint"}, &cli.IntFlag{Name: "min-seal"}},
		Action: p.check,
	}
}

func (p *program) check(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	if c.Int("min-seal") < 0 || c.IsSet("min-seal") && !c.IsSet("fingerprint") {
		return say.Usage(words.MinSealAlone).WithHint(words.SeeHelp, "seedvault check --help")
	}
	if c.Bool("all-vaults") {
		return p.everyVault(c, p.checkOne)
	}
	return p.checkOne(c)
}

func (p *program) checkOne(c *cli.Context) error {
	found, err := p.examine(c)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		err = p.writeJSON(found.json(p.now()))
	} else {
		p.sayReport(found)
		p.sayUnready(found.unready)
		if c.Bool("explain") {
			p.explainSurvival(found)
		}
	}
	if err == nil && (found.report.Red() || found.survival.Red()) {
		err = &foundError{}
	}
	return err
}

// checked is all that a check has found out.
type checked struct {
	report    *escrow.Report
	compared  bool // with a fingerprint that a person has confirmed
	situation escrow.Situation
	survival  escrow.Verdict // zero where nothing of this machine was asked
	unready   []enrolled     // services at which something is to be prepared
}

// examine checks with what is at hand: by a fingerprint alone, or with this
// machine's memory and, where a key opens unasked or was given, with that.
func (p *program) examine(c *cli.Context) (*checked, error) {
	opts := escrow.CheckOptions{Now: p.now(), MinSeal: c.Int("min-seal")}
	if typed := c.String("fingerprint"); typed != "" {
		report, err := p.checkPlainly(c, typed, opts)
		return &checked{report: report, compared: true}, err
	}
	s, err := p.open(c)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	p.remarkRotations(s)
	if s.known {
		opts.Memory = s.memory().Recall()
	}
	o, err := p.unlockUnprompted(c, s)
	if err != nil {
		return nil, err
	}
	found := &checked{compared: s.known}
	if o == nil {
		found.report = s.vault.Check(opts)
		p.remember(s, nil)
	} else if found.report, err = p.checkOpened(c, s, o, opts); err != nil {
		return nil, err
	} else if entries, _, err := o.Seeds(c.Context); err == nil {
		found.unready = unreadyOf(entries)
	}
	if s.known && !s.copied {
		found.situation = s.situation(c.Context, o)
		found.survival = found.situation.Verdict()
	}
	return found, nil
}

// checkOpened checks with a key.
func (p *program) checkOpened(c *cli.Context, s *site, o *escrow.Opened, opts escrow.CheckOptions) (*escrow.Report, error) {
	done := p.watch(o)
	report, err := o.Check(c.Context, opts)
	done()
	if err != nil {
		return nil, err
	}
	if err := p.remarkLate(c, s, o); err != nil {
		return nil, err
	}
	p.settleDeposits(c.Context, s, o)
	return report, nil
}

// checkPlainly needs neither a key nor anything that this machine remembers, not
// even a HOME where the folder is named.
func (p *program) checkPlainly(c *cli.Context, typed string, opts escrow.CheckOptions) (*escrow.Report, error) {
	s := &site{}
	var err error
	if c.String("copy") == "" {
		if s.path, err = p.vaultPath(c); err != nil {
			return nil, err
		}
	}
	defer s.Close()
	err = s.enter(c.String("copy"), func(dir escrow.FS) (*escrow.Vault, error) { return openByFingerprint(dir, typed, nil) })
	if err != nil {
		return nil, err
	}
	return s.vault.Check(opts), nil
}

// openByFingerprint opens a vault whose fingerprint a person has typed.
func openByFingerprint(fsys escrow.FS, typed string, refused []escrow.Fingerprint) (*escrow.Vault, error) {
	if _, err := (escrow.Fingerprint{}).Matches(typed); err != nil {
		return nil, err
	}
	v, err := escrow.Open(fsys, nil)
	if err != nil {
		return nil, err
	}
	var have escrow.Fingerprint
	for _, e := range v.Epochs() {
		if ok, _ := e.Fingerprint.Matches(typed); ok && !e.Fingerprint.IsZero() {
			return escrow.Open(fsys, &escrow.Pin{Fingerprint: e.Fingerprint, Refused: refused})
		}
		if have.IsZero() {
			have = e.Fingerprint
		}
	}
	return nil, say.Fail(words.FingerprintDiffers, have).WithHint(words.HintFingerprintDiffers)
}

// jsonReport is check --json: fields are only ever added.
type jsonReport struct {
	Red bool `json:"red"`
	*escrow.Report
	Compared bool          `json:"compared"` // with a fingerprint that a person has confirmed
	Epochs   []jsonEpoch   `json:"epochs"`
	Survival *jsonSurvival `json:"survival,omitempty"` // where this machine's own vault was checked
	Unready  []jsonUnready `json:"unready,omitempty"`  // with a key
}

type jsonEpoch struct {
	Folder      string `json:"folder"`
	Fingerprint string `json:"fingerprint"`
}

// jsonUnready is what is not yet confirmed to be prepared at one service.
type jsonUnready struct {
	Page  string   `json:"page"`  // of the guide
	Seeds []string `json:"seeds"` // by id
	Words []string `json:"words"` // of its checklist
}

func (f *checked) json(now time.Time) jsonReport {
	r := f.report
	out := jsonReport{Red: r.Red() || f.survival.Red(), Report: r, Compared: f.compared, Epochs: []jsonEpoch{}}
	for _, e := range r.Epochs {
		out.Epochs = append(out.Epochs, jsonEpoch{e.Folder, e.Fingerprint.String()})
	}
	if f.survival.Known {
		out.Survival = survivalJSON(f.situation, f.survival, now)
	}
	for _, e := range f.unready {
		u := jsonUnready{Page: e.page.ID, Words: e.missing()}
		for _, entry := range e.entries {
			u.Seeds = append(u.Seeds, entry.Seed.ID())
		}
		out.Unready = append(out.Unready, u)
	}
	return out
}

// sayReport writes the report for a person: the verdict first.
func (p *program) sayReport(f *checked) {
	r, compared := f.report, f.compared
	if f.survival.Known {
		p.checkVerdict(p.Out, f.survival)
		for _, c := range f.situation.Copies {
			if c.Guard != "" && f.survival.Red() {
				p.Say(words.ExplainCircle, c.Name, console.Safe(c.Guard, 40))
			}
		}
	}
	verdict := words.CheckGood
	if r.Red() {
		verdict = words.CheckRed
	}
	fmt.Fprintln(p.Out, p.Verdict(!r.Red(), verdict))
	p.Say(words.CheckSeeds, r.Accepted, r.NotAccepted)
	p.Say(words.CheckWays, r.Ways)
	switch {
	case r.SealNumber > 0 && r.Red():
		p.Say(words.CheckNewestSeal, r.SealNumber, r.SealTime)
	case r.SealNumber > 0:
		p.Say(words.CheckSeal, r.SealNumber, r.SealTime)
	}
	if r.Due != "" {
		p.Say(words.CheckDue, r.Due)
	}
	if r.Opened {
		p.Say(words.CheckOpened)
	} else {
		p.Say(words.CheckUnopened)
	}
	if !compared {
		p.Say(words.CheckNotCompared)
	}
	for _, f := range r.Findings {
		mark := p.Text(words.MarkNote)
		if f.Red {
			mark = p.Verdict(false, words.MarkRed)
		}
		where := f.Path
		if where == "" {
			where = f.Detail
		}
		finding := p.Text(words.CheckFinding, mark, p.Text(words.FindingCodes.Of(string(f.Code))), console.Safe(where, 0))
		fmt.Fprintln(p.Out, strings.TrimRight(finding, " "))
	}
}
