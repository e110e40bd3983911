package main

import (
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/readiness"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/survival"
	"seedvault/escrow/trace"
)

// checked is everything that a check has found.
type checked struct {
	report    *escrow.Report
	compared  bool // with a fingerprint that a person has confirmed
	entries   []escrow.Entry
	titles    map[string]string // of the seeds that were read, by the paths of their files
	lost      []contents.Loss
	copies    []upkeep.Status
	situation survival.Situation
	survival  survival.Verdict    // zero where nothing of this machine was asked
	unready   []readiness.Service // services at which something is to be prepared
	trace     []trace.Line        // where it was asked for
	sheets    []string            // files that were to be printed and removed
}

func (f *checked) red() bool { return f.report.Red() || f.survival.Red() }

// jsonReport is check --json: fields are only ever added.
type jsonReport struct {
	Red bool `json:"red"`
	*escrow.Report
	Compared bool              `json:"compared"` // with a fingerprint that a person has confirmed
	Epochs   []jsonEpoch       `json:"epochs"`
	Survival *verdict.Survival `json:"survival,omitempty"` // where this machine's own vault was checked
	Unready  []jsonUnready     `json:"unready,omitempty"`  // with a key
	Sheets   []string          `json:"sheets,omitempty"`
	Trace    []trace.Line      `json:"trace,omitempty"` // where it was asked for
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
	out := jsonReport{Red: f.red(), Report: f.report, Compared: f.compared, Epochs: []jsonEpoch{}, Sheets: f.sheets, Trace: f.trace}
	for _, e := range f.report.Epochs {
		out.Epochs = append(out.Epochs, jsonEpoch{e.Folder, e.Fingerprint.String()})
	}
	if f.survival.Known {
		out.Survival = verdict.Of(f.situation, f.survival, now)
	}
	for _, s := range f.unready {
		u := jsonUnready{Page: s.Page.ID, Words: s.Missing()}
		for _, e := range s.Seeds {
			u.Seeds = append(u.Seeds, e.Seed.ID())
		}
		out.Unready = append(out.Unready, u)
	}
	return out
}

// say prints the report for a person, the verdict first.
func (f *checked) say(voice say.Voice) {
	if f.survival.Known {
		f.saySurvival(voice)
	}
	r := f.report
	good := words.CheckGood
	switch {
	case r.Red():
		good = words.CheckRed
	case r.Incomplete():
		good = words.CheckIncomplete
	}
	voice.SayText(voice.Verdict(!r.Red() && !r.Incomplete(), good))
	f.sayCounts(voice)
	for _, s := range f.copies {
		sayCopyStatus(voice, s)
	}
	if !f.compared {
		voice.Say(words.CheckNotCompared)
	}
	f.saySheets(voice)
	for _, found := range r.Findings {
		f.sayFinding(voice, found)
	}
}

// saySheets reminds of sheets' files that nobody has removed.
func (f *checked) saySheets(voice say.Voice) {
	if len(f.sheets) > 0 {
		voice.Say(words.CheckSheetThere, len(f.sheets), console.RemoveLine(f.sheets...))
	}
}

// sayTrace prints a line for each epoch, seal and file: the rule that decided, what it counts
// for, and what it is.
func (f *checked) sayTrace(voice say.Voice) {
	var rows [][]string
	for _, l := range f.trace {
		what := l.Path
		switch {
		case l.Seal != "":
			what = l.Epoch + "/seals/" + l.Seal
		case what == "":
			what = l.Epoch
		}
		rows = append(rows, []string{l.Rule, voice.Text(words.TraceStates.Of(string(l.State))), console.Safe(what, 0)})
	}
	voice.Table(voice.Out, rows)
}

// saySurvival prints what the seeds survive, and where they survive too little, names the
// copies that can only be reached with a code of the vault itself.
func (f *checked) saySurvival(voice say.Voice) {
	for _, line := range verdict.Lines(voice, f.situation, f.survival) {
		voice.SayText(line)
	}
	for _, c := range f.situation.Copies {
		if c.Guard != "" && f.survival.Red() {
			voice.Say(words.ExplainCircle, c.Name, console.Safe(c.Guard, 40))
		}
	}
}

// sayCounts prints how much was checked, and with what.
func (f *checked) sayCounts(voice say.Voice) {
	r := f.report
	voice.Say(words.CheckSeeds, r.Accepted, r.NotAccepted)
	switch {
	case r.WaysAtMost:
		voice.Say(words.CheckWaysAtMost, r.Ways)
	case r.Ways == 0:
		voice.Say(words.CheckNoWay)
	default:
		voice.Say(words.CheckWays, r.Ways)
	}
	if r.Unlisted > 0 {
		voice.Say(words.CheckUnlisted, r.Unlisted)
	}
	switch {
	case r.SealNumber > 0 && (r.Red() || len(r.MissingSeals) > 0):
		voice.Say(words.CheckNewestSeal, r.SealName, r.SealTime)
	case r.SealNumber > 0:
		voice.Say(words.CheckSeal, r.SealName, r.SealTime)
	}
	if r.Due != "" {
		voice.Say(words.CheckDue, r.Due)
	}
	if r.Opened {
		voice.Say(words.CheckOpened, f.giving(), len(f.entries)+len(f.lost))
	} else {
		voice.Say(words.CheckUnopened)
	}
}

// sayCopyStatus prints the state of a copy, and when it was seen.
func sayCopyStatus(voice say.Voice, s upkeep.Status) {
	name, state := s.Copy.Name, voice.Text(words.CopyStates.Of(string(s.State)))
	if s.Looked {
		upkeep.RemarkLooked(voice, s.Copy, s.Result)
	}
	switch out := s.State == copies.Unreachable || s.State == copies.NotFetched || s.State == copies.Emptied; {
	case out && s.Whole:
		voice.Say(words.CopyLineSince, name, state, say.Day(s.Reached))
	case out && !s.Reached.IsZero():
		voice.Say(words.CopyLineOut, name, state, say.Day(s.Reached))
	case !s.Read.IsZero():
		voice.Say(words.CopyLineRead, name, state, say.Day(s.Read))
	default:
		voice.Say(words.CopyLine, name, state)
	}
	if s.Waiting > 0 {
		voice.Say(words.CopyWaiting, s.Waiting, name, name)
	}
}

// giving counts the seeds that yield a code.
func (f *checked) giving() (n int) {
	for _, e := range f.entries {
		if _, err := e.Seed.Key(); err == nil {
			n++
		}
	}
	return n
}

// sayFinding prints one finding on a line, with the seed that it is about as far as that is
// known, and where that seed can still be found.
func (f *checked) sayFinding(voice say.Voice, found escrow.Finding) {
	mark := voice.Text(words.MarkNote)
	if found.Red {
		mark = voice.Verdict(false, words.MarkRed)
	}
	where := console.Safe(found.Path, 0)
	switch {
	case where == "":
		where = console.Safe(found.Detail, 0)
	case found.Code == escrow.CodeSameSeed: // its detail is the other one's path
	case found.Detail != "" && found.Detail != "1": // the first of so many
		where += " (" + console.Safe(found.Detail, 0) + ")"
	}
	called, copied := f.titles[found.Path], ""
	for _, l := range f.lost {
		if l.Path == found.Path {
			copied = l.Copy
			if called == "" && (l.Title != "" || !l.Added.IsZero()) {
				called = l.Name(voice)
			}
		}
	}
	if called != "" {
		where = called + "  " + where
	}
	line := voice.Text(words.CheckFinding, mark, voice.Text(words.FindingCodes.Of(string(found.Code))), where)
	voice.SayText(strings.TrimRight(line, " "))
	switch found.Code {
	case escrow.CodeSameSeed:
		voice.SayText("      " + voice.Text(words.CheckRemove, contents.ReceiptOf(found.Path)))
	case escrow.CodeSheetOld:
		voice.SayText("      " + voice.Text(words.CheckPrintAnew, console.ShellWord(where)))
	case escrow.CodeSharesOld:
		voice.SayText("      " + voice.Text(words.CheckNewSheets))
	case escrow.CodeMissingSeal:
		seal := found.Path[strings.LastIndex(found.Path, "/")+1:]
		voice.SayText("      " + voice.Text(words.CheckGiveUp, strings.TrimSuffix(console.Safe(seal, 0), ".txt")))
	}
	if copied != "" {
		voice.SayText("      " + voice.Text(words.CheckCopyHas, copied, copied))
	}
}
