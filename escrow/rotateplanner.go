package escrow

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/roster"
)

// PlanRotation reads the sealed roster and says what a rotation would make of
// each holder, without writing anything. Recipients come from that roster alone,
// never from what else lies in the folder.
func (o *Opened) PlanRotation(ro RotateOptions) (*RotationPlan, error) {
	if err := o.changes.mayRotate(ro.Join); err != nil {
		return nil, err
	}
	pl := &planner{rd: o.reader, old: o.reader.view.Pinned(), plan: &RotationPlan{options: ro, WithoutMissing: ro.WithoutMissing}}
	if err := pl.make(); err != nil {
		return nil, err
	}
	return pl.plan, nil
}

// planner makes the plan of a rotation out of what the vault's own epoch says, those
// that are joined, and what this machine remembers.
type planner struct {
	rd   *reader
	old  *epochs.Epoch // that is left
	plan *RotationPlan
}

// Format keeps the keys out of every verb.
func (pl *planner) Format(f fmt.State, _ rune) { io.WriteString(f, "planner(elided)") }

// make fills in the whole plan.
func (pl *planner) make() error {
	p, sealed := pl.plan, pl.rd.seals(pl.old)
	p.folder, p.MissingSeals = pl.old.Folder, sealed.Missing()
	if err := pl.readRoster(); err != nil {
		return err
	}
	for _, fp := range p.options.Join {
		if err := pl.join(fp); err != nil {
			return err
		}
	}
	if err := p.remove(p.options.Remove); err != nil {
		return err
	}
	p.askUnclear()
	p.remember(p.options.Memory)
	p.Unlisted = unlistedSlots(pl.rd.view, pl.old, sealed)
	p.Unseen = pl.unseen()
	p.Damaged, p.left = pl.leftBehind()
	p.left = append(p.left, pl.rd.lostLists()...)
	slices.SortStableFunc(p.Holders, func(a, b PlannedHolder) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return nil
}

// readRoster reads the roster of the epoch that is left, from copies where it is damaged.
func (pl *planner) readRoster() error {
	p, e, key := pl.plan, pl.old, pl.rd.keys[pl.old.Folder]
	records, _ := pl.rd.records(e, key)
	sealed := pl.rd.seals(e)
	have := map[format.Ref]bool{}
	for _, r := range records {
		have[r.ref] = true
	}
	for _, ref := range sealed.Under(e.Folder + "/roster/") {
		if have[ref] {
			continue
		}
		if data := fromCopies(p.options.Copies, ref); data != nil {
			if r, err := openRecord(data, key); err == nil {
				records = append(records, rosterRecord{r, ref})
				continue
			}
		}
		p.Lost = append(p.Lost, ref.Path)
	}
	p.read = records
	holders, others, err := sortRecords(records, e.Folder)
	if err != nil {
		return err
	}
	p.Holders, p.carried = holders, others
	p.unclaimed(sealed.Under(e.Folder+"/holders/"), e.Folder)
	return nil
}

// fromCopies looks for a file's content in other copies, nil if none has it.
func fromCopies(copies []FS, ref format.Ref) []byte {
	for _, fsys := range copies {
		if data, err := vaultfs.ReadFile(fsys, ref.Path, format.KindSeed.Limit()); err == nil && format.Sum(data) == ref.Sum {
			return data
		}
	}
	return nil
}

// reservedRecord is line 1 of a record that a later version writes and this one
// carries.
var reservedRecord = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^x-[a-z][a-z0-9-]{0,31}$`)
})

// sortRecords makes holders of the records about holders, those of one id and
// one key being one, and returns the others beside them.
func sortRecords(records []rosterRecord, folder string) (holders []PlannedHolder, others []rosterRecord, err error) {
	at := map[string]int{}
	for _, r := range records {
		h, is := roster.ReadHolder(r.Record)
		switch {
		case r.Line == roster.LineCopy || r.Line == roster.LineFormer || reservedRecord().MatchString(r.Line):
			others = append(others, r)
			continue
		case !is:
			return nil, nil, &UnknownRecordError{r.ref.Path, r.Line}
		case !slices.Contains([]roster.Kind{roster.KindKey, roster.KindPassphrase, roster.KindPaper, roster.KindQuorum}, h.Kind):
			return nil, nil, &UnknownRecordError{r.ref.Path, string(h.Kind)}
		}
		c := PlannedHolder{Holder: h, Outcome: OutcomeStays, folder: folder, record: r.Record}
		c.Key = format.Hash(format.Sum([]byte(strings.Join(append([]string{h.ID, string(h.Kind), h.Recipient}, r.All("member")...), "\n"))))[:8]
		if h.ID == "" {
			c.Key = format.Hash(r.ref.Sum)[:8]
		}
		if i, seen := at[c.Key]; seen {
			holders[i].unite(c)
			continue
		}
		at[c.Key] = len(holders)
		holders = append(holders, c)
	}
	return holders, others, nil
}

// join holds the roster against another epoch's. Who has a way into one of
// the two alone leaves, since somebody may have removed them there.
func (pl *planner) join(fp Fingerprint) error {
	p, rd := pl.plan, pl.rd
	e := rd.view.ByFingerprint(fp)
	switch {
	case e == nil:
		return ErrNoEpoch
	case rd.view.Line()[fp]:
		return ErrJoined
	case rd.keys[e.Folder] == nil:
		return ErrNoMatch
	}
	if err := mayFollow(rd.view, e, true); err != nil {
		return err
	}
	p.MissingSeals = append(p.MissingSeals, rd.seals(e).Missing()...)
	records, _ := rd.records(e, rd.keys[e.Folder])
	theirs, others, err := sortRecords(records, e.Folder)
	if err != nil {
		return err
	}
	p.joined = append(p.joined, e)
	(&unlocker{reader: rd}).openOlderOf(e, rd.keys[e.Folder])
	for _, r := range others {
		if r.Line == roster.LineFormer { // it only adds to what is to be enrolled again
			p.carried = append(p.carried, r)
		}
	}
	for i := range p.Holders {
		if ours := &p.Holders[i]; ours.record != nil {
			ours.reconcile(theirs)
		}
	}
	for _, c := range theirs {
		if !slices.ContainsFunc(p.Holders, func(ours PlannedHolder) bool { return ours.same(c) }) {
			c.Outcome, c.Reason = OutcomeLeaves, ReasonOneSide
			p.Holders = append(p.Holders, c)
		}
	}
	return nil
}

// same reports whether two epochs have one holder. A quorum has another key in each.
func (c PlannedHolder) same(other PlannedHolder) bool {
	return c.Kind == other.Kind && (c.Recipient == other.Recipient || c.Kind == roster.KindQuorum && c.ID == other.ID)
}

// reconcile takes out what the other side does not have.
func (c *PlannedHolder) reconcile(theirs []PlannedHolder) {
	i := slices.IndexFunc(theirs, c.same)
	if i < 0 {
		c.Outcome, c.Reason = OutcomeLeaves, ReasonOneSide
		return
	}
	for _, m := range c.Members {
		if !slices.Contains(theirs[i].Members, m) {
			c.unseat(m.Name)
		}
	}
}

// unseen names the seals that this machine remembers and that are not here:
// what they accepted is not carried.
func (pl *planner) unseen() []string {
	here := map[string]bool{}
	for _, e := range pl.rd.view.Epochs {
		for _, s := range pl.rd.seals(e).Seals() {
			here[s.Hash()] = true
			for h := range s.Includes {
				here[h] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(pl.plan.options.Memory.Seals), func(h string) bool { return here[h] })
}

// leftBehind names the accepted seeds whose files are neither here whole nor in one of
// the copies, and of these the ones in whose place no older file stands.
func (pl *planner) leftBehind() (damaged, left []string) {
	files := pl.rd.seedFiles(false)
	lost := pl.rd.lost(files, false)
	if len(lost) == 0 {
		return nil, nil
	}
	stands, successions := map[format.Ref]bool{}, pl.rd.factsOf(files).Successions()
	for _, f := range files {
		if f.folder != pl.old.Folder && !f.IsDamaged() {
			for _, ref := range successions.Coming(f.Ref().Hash()) {
				stands[ref] = true
			}
		}
	}
	for _, ref := range lost {
		if fromCopies(pl.plan.options.Copies, ref) != nil {
			continue
		}
		damaged = append(damaged, ref.Path)
		if !stands[ref] {
			left = append(left, ref.Path)
		}
	}
	return damaged, left
}

// mayRotate returns why a rotation that joins the named epochs may not begin, nil if it may.
func (ch *changer) mayRotate(join []Fingerprint) error {
	if err := mayWriteJoining(ch.reader.view, join); err != nil {
		return err
	}
	if e, is := unanswered(ch.reader.view, func(e Epoch) bool { return e.Successor }, nil); is {
		return &SuccessorError{e}
	}
	if !ch.pending.empty() {
		return ErrStaged
	}
	return nil
}
