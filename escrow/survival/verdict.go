package survival

import (
	"time"

	"seedvault/escrow/roster"
)

// Remedy is the one thing to do next about what would not be survived.
type Remedy string

const (
	// RemedyNone: nothing that this machine knows of needs doing.
	RemedyNone Remedy = ""
	// RemedyCopy: make a copy in another place.
	RemedyCopy Remedy = "copy"
	// RemedySync: bring the copy that the verdict is about up to date.
	RemedySync Remedy = "sync"
	// RemedyHolder: add another way in, kept in another place.
	RemedyHolder Remedy = "holder"
)

// Verdict says in short what the seeds survive. Nothing in it is claimed that is
// not known.
type Verdict struct {
	Known bool `json:"known"` // who can open the vault is known here
	// Incomplete means that something of the vault itself is missing or damaged here. Then
	// neither phone nor PC is said to be survived.
	Incomplete bool        `json:"lacks"`
	Phone      bool        `json:"phone"`  // the seeds survive the loss of the phone
	PC         bool        `json:"pc"`     // of this PC
	Both       bool        `json:"both"`   // of both at once
	Single     []Component `json:"single"` // anything else that locks out for good when it alone is lost
	Remedy     Remedy      `json:"remedy"`
	About      string      `json:"about,omitempty"` // the copy that the remedy is about
}

// Red reports whether one loss locks out for good, or that of phone and PC at once, or
// the vault is incomplete. Where nobody is known who can open it, nothing is red.
func (v Verdict) Red() bool {
	return v.Known && (v.Incomplete || !v.Both || !v.Phone || !v.PC || len(v.Single) > 0)
}

// Verdict judges a situation. It is the zero Verdict, but for an empty list, where no holder
// is known.
func (in Situation) Verdict() Verdict {
	v := Verdict{Single: []Component{}}
	if len(in.Holders) == 0 {
		return v
	}
	pc, phone := Component{Kind: KindPC}, Component{Kind: KindPhone}
	v.Known, v.Phone, v.PC, v.Both = true, in.Survives(phone), in.Survives(pc), in.Survives(pc, phone)
	for _, t := range in.Components() {
		if t != pc && t != phone && !in.Survives(t) {
			v.Single = append(v.Single, t)
		}
	}
	v.Remedy, v.About = in.remedy(v)
	if in.Incomplete {
		v = v.WhenIncomplete()
	}
	return v
}

// WhenIncomplete is the verdict where something of the vault is missing or damaged.
func (v Verdict) WhenIncomplete() Verdict {
	v.Incomplete, v.Phone, v.PC, v.Both = true, false, false, false
	return v
}

// remedy finds what makes fewer losses fatal: a place for the files first, then a way to
// open them.
func (in Situation) remedy(v Verdict) (Remedy, string) {
	if !v.Red() {
		return RemedyNone, ""
	}
	helps := func(changed Situation) bool {
		return changed.losses() < in.losses()
	}
	for i, c := range in.Copies {
		synced := in
		synced.Copies = append([]CopyState(nil), in.Copies...)
		synced.Copies[i].Whole = true
		if !c.Whole && helps(synced) {
			return RemedySync, c.Name
		}
	}
	copied := in
	copied.Copies = append([]CopyState{{Copy: roster.Copy{Name: "another", Kept: "elsewhere"}, Whole: true}}, in.Copies...)
	if helps(copied) {
		return RemedyCopy, ""
	}
	held := in
	held.Holders = append([]roster.Holder{{Name: "another", Kind: roster.KindPaper, Kept: "elsewhere"}}, in.Holders...)
	if helps(held) {
		return RemedyHolder, ""
	}
	return RemedyCopy, "" // it takes both: this first
}

// losses counts what would not be survived: the fewer, the better.
func (in Situation) losses() int {
	n := 0
	for _, t := range in.Components() {
		if !in.Survives(t) {
			n++
		}
	}
	if !in.Survives(Component{Kind: KindPC}, Component{Kind: KindPhone}) {
		n++
	}
	return n
}

// Unproven are the holders that no drill has ever proven, or none in the year
// before now.
func (in Situation) Unproven(now time.Time) []roster.Holder {
	var list []roster.Holder
	for _, h := range in.Holders {
		if h.LastProven().Before(now.AddDate(-1, 0, 0)) {
			list = append(list, h)
		}
	}
	return list
}
