package escrow

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// Check verifies names, hashes, seals and signatures without any key. It says
// nothing of what only a key can tell, and cannot see that the newest seal is
// missing unless the options tell of it.
func (v *Vault) Check(o CheckOptions) *Report {
	c := newCheck(v.view, o, nil)
	c.ways(c.holdersWithoutKey())
	c.unlisted(v.UnlistedSlots(), "")
	c.report.WaysAtMost = len(o.Memory.Holders) == 0
	c.report.sort()
	return c.report
}

// Check verifies what [Vault.Check] does, and that every seed that is shown decrypts and
// every accepted one gives a code, and counts the ways in by the sealed roster. The error
// is the context's.
func (o *Opened) Check(ctx context.Context, opts CheckOptions) (*Report, error) {
	entries, findings, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	c := newCheck(o.reader.view, opts, o.reader.attested)
	c.report.Opened = true
	sealed := o.Roster()
	holders, more := sealed.Holders()
	c.report.Findings = append(append(c.report.Findings, findings...), more...)
	for _, e := range entries {
		c.entry(e, opts.Now)
	}
	c.twice(entries)
	c.ways(holders)
	c.unlisted(sealed.UnlistedSlots(), o.OpenedUnlisted())
	c.classic(o.Pin(), holders)
	c.oldSheets(o.Pin(), sealed.Copies(), holders)
	c.report.sort()
	return c.report, nil
}

// classic names the holders of a post-quantum vault through which a quantum
// computer would open it all the same.
func (c *checker) classic(pin Pin, holders []roster.Holder) {
	if !pin.PostQuantum() {
		return
	}
	for _, h := range holders {
		weak := isClassic(h.Recipient)
		for _, m := range h.Members {
			weak = weak || !m.OnPaper() && isClassic(m.Recipient)
		}
		if weak {
			c.report.Findings = append(c.report.Findings, Finding{Code: CodeClassic, Detail: h.Name})
		}
	}
}

// isClassic reports whether a recipient is of a kind that is known not to withstand a
// quantum computer. Of a plugin's only the plugin knows.
func isClassic(recipient string) bool {
	_, _, err := key.ParseRecipient(recipient)
	return err == nil && !key.IsPostQuantum(recipient)
}

func (c *checker) entry(e Entry, now time.Time) {
	at := e.Receipts[0].Path
	if e.Differs {
		c.report.add(CodeDiffers, at, true)
	}
	if e.Status == Late {
		c.report.NotAccepted += len(e.Receipts)
	}
	if e.Status == Accepted && !givesCode(e.Seed, now) {
		c.report.add(CodeNoCode, at, !otherKind(e.Seed))
	}
}

// unlisted names the slots that no list of who can open the vault has: of a holder whose
// adding was interrupted, or who was let in by somebody else. Whoever can write here can put
// down one that opens nothing, so it needs a person only once it has opened the vault.
func (c *checker) unlisted(slots []string, opened string) {
	c.report.Unlisted = len(slots)
	for _, p := range slots {
		c.report.add(CodeUnlisted, p, p == opened)
	}
}

func (c *checker) ways(holders []roster.Holder) {
	c.report.Ways = c.waysIn(holders)
	if c.report.Ways < 2 {
		c.report.add(CodeFewWays, "", true)
	}
}

// newCheck verifies all that needs no key, but for the ways in.
func newCheck(v *epochs.View, o CheckOptions, attested map[string]epochs.Attested) *checker {
	facts := v.Facts(attested)
	c := &checker{v: v, o: o, facts: facts, report: &Report{Epochs: listEpochs(v)}, intact: map[string]format.Kind{}, present: map[format.Ref]bool{}, away: map[string]bool{}}
	line := facts.Line()
	for i, e := range v.Epochs {
		known := v.Pin == nil || line[facts.Epochs[i].Fingerprint]
		if e.Newer != nil {
			c.report.add(CodeNewer, e.Folder, true)
			continue
		}
		if !known {
			c.unconfirmed(e)
			continue
		}
		if e.Desc != nil && e.Desc.Unverified {
			c.report.add(CodeUnverified, e.Folder, true)
		}
		signer := attested[e.Folder].Signer
		if e.Desc != nil {
			signer = e.Desc.Signer
		}
		c.epoch(e, signer)
	}
	if len(c.closed) > 0 {
		c.report.Findings = append(c.report.Findings, Finding{Code: CodeClosedForks, Path: c.closed[0], Detail: strconv.Itoa(len(c.closed)), Red: true})
	}
	c.root()
	c.memory()
	return c
}

// unconfirmed names an epoch that no person here has confirmed. What lies in it is
// nobody's concern. Forks that stop nothing are counted: whoever was left out can make
// any number of them.
func (c *checker) unconfirmed(e *epochs.Epoch) {
	d := c.report.Epochs[slices.Index(c.v.Epochs, e)]
	switch {
	case d.Closed && d.Sealed:
		c.closed = append(c.closed, e.Folder)
	case d.Fork && d.Sealed:
		c.report.add(CodeFork, e.Folder, true)
	case d.Successor:
		c.report.add(CodeSuccessor, e.Folder, false)
	default:
		c.report.add(CodeUnconfirmed, e.Folder, false)
	}
}

// epoch checks one folder: its descriptor, its files against their names, and
// both against what its seals list.
func (c *checker) epoch(e *epochs.Epoch, signer string) {
	if e.Desc == nil {
		code := CodeDamaged
		if e.Missing {
			code = CodeMissing
		}
		c.report.add(code, e.Folder+"/vault.txt", true)
	}
	if e.CRLF {
		c.report.add(CodeLineEnds, e.Folder+"/vault.txt", false)
	}
	sealed := c.seals(e, signer)
	present := c.files(e, sealed)
	if len(c.present) == 0 {
		c.present = present
	} else {
		maps.Copy(c.present, present)
	}
	accepted := sealed.Under("")
	for i, ref := range accepted {
		if i == 0 || ref.Path != accepted[i-1].Path {
			c.listed(ref.Path, sealed.Accepted(ref.Path), present)
		}
	}
	if e != c.current() {
		return
	}
	c.accepted = accepted
	for _, ref := range accepted {
		if strings.HasPrefix(ref.Path, e.Folder+"/seeds/") {
			c.report.Accepted++
		}
	}
	for ref := range present {
		if kind, _ := format.Classify(strings.TrimPrefix(ref.Path, e.Folder+"/")); kind == format.KindSeed && sealed.Status(ref) == NotAccepted {
			c.report.NotAccepted++
		}
	}
}

// listed checks one accepted file that names or folders have not vouched for.
// It is damaged if it fits none of the contents that it is accepted with.
func (c *checker) listed(p string, sums [][32]byte, present map[format.Ref]bool) {
	if slices.ContainsFunc(sums, func(sum [32]byte) bool { return present[format.Ref{Path: p, Sum: sum}] }) {
		if kind, hash, ok := format.HolderFile(p); ok {
			c.intact[hash] = kind
		}
		return
	}
	data, err := vaultfs.ReadFile(c.v.Files.FS, p, format.LimitOf(p))
	if err != nil {
		c.report.add(c.loss(p), p, true)
		return
	}
	if slices.Contains(sums, format.Sum(data)) {
		return
	}
	if data, crlf := format.UndoCRLF(data); crlf && format.ReadsAsLF(p) && slices.Contains(sums, format.Sum(data)) {
		c.report.add(CodeLineEnds, p, false)
		return
	}
	c.report.add(c.loss(p), p, true)
}

// loss says what lies, or does not, in the place of an accepted file that is not here.
func (c *checker) loss(p string) FindingCode {
	code := lossAt(c.v.Files.FS, p)
	if code == CodeDamaged && PartOf(p) == PartPage {
		return CodeSwappedPage
	}
	return code
}

// files reads every folder of the epoch and returns what is there undamaged,
// each content under its right name.
func (c *checker) files(e *epochs.Epoch, sealed *sealset.Set) map[format.Ref]bool {
	present := map[format.Ref]bool{}
	dirs := []string{"seeds", "roster", "older"}
	for _, name := range c.v.Files.Holders(e.Folder) {
		dirs = append(dirs, "holders/"+name)
	}
	for _, dir := range dirs {
		entries, err := c.v.Files.FS.ReadDir(e.Folder + "/" + dir)
		if err != nil {
			continue
		}
		c.unknownFiles(e, dir, entries)
		files := c.v.Files.ReadAll(vaultfs.Among(e.Folder+"/"+dir, entries), false)
		for _, f := range files {
			if f.Read && !f.Misnamed() && !f.IsDamaged() {
				present[f.Ref()] = true
			}
		}
		for _, f := range files {
			c.oddFile(f, present, sealed)
		}
	}
	for _, dir := range []string{"", "holders", "seals"} {
		if entries, err := c.v.Files.FS.ReadDir(path.Join(e.Folder, dir)); err == nil {
			c.unknownFiles(e, dir, entries)
		}
	}
	return present
}

// oddFile reports a file whose name and content do not agree.
func (c *checker) oddFile(f vaultfs.File, present map[format.Ref]bool, sealed *sealset.Set) {
	if f.CRLF {
		c.report.add(CodeLineEnds, f.Path, false)
	}
	switch {
	case !f.IsDamaged() && !f.Misnamed():
	case f.Read && f.NamedHash == "" && present[f.Ref()]:
		c.report.add(CodeDuplicate, f.Path, false)
	case f.Read && f.NamedHash == "":
		// A conflict copy whose original is gone: its content counts under the
		// name that it should have.
		c.report.add(CodeDuplicate, f.Path, false)
		if f.Kind == format.KindSeed || f.Kind == format.KindRecord {
			present[f.Ref()] = true
		}
	default:
		listed := len(sealed.Accepted(f.Path)) > 0
		c.report.add(lossAt(c.v.Files.FS, f.Path), f.Path, listed || f.Kind != format.KindSeed)
	}
}

// unknownFiles names what fits no rule: once each, without looking inside.
func (c *checker) unknownFiles(e *epochs.Epoch, dir string, entries []fs.DirEntry) {
	full := path.Join(e.Folder, dir)
	for _, entry := range entries {
		rel, name := path.Join(dir, entry.Name()), path.Join(full, entry.Name())
		if entry.IsDir() {
			if !format.IsFolder(rel) {
				c.report.add(CodeUnknown, name, false)
			}
			continue
		}
		kind, _ := format.Classify(rel)
		switch {
		case !entry.Type().IsRegular():
			c.report.add(CodeSpecial, name, false)
		case kind == format.KindTemp:
			c.oldTemp(entry, name)
		case vaultfs.IsPlaceholder(entry.Name()):
		case kind == format.KindUnknown && format.OddKind(dir, entry.Name()) == format.KindUnknown:
			c.report.add(CodeUnknown, name, false)
		}
	}
}

func (c *checker) oldTemp(entry fs.DirEntry, name string) {
	if info, err := entry.Info(); err == nil && c.o.Now.Sub(info.ModTime()) > tempAge {
		c.report.add(CodeOldTemp, name, false)
	}
}

// vouched reports whether a seal of the line lists a file beside the epochs, or it is one
// of our own.
func (c *checker) vouched(name string, line map[Fingerprint]bool) bool {
	return name == attributesName || slices.ContainsFunc(c.v.Epochs, func(e *epochs.Epoch) bool {
		return (c.v.Pin == nil || line[e.Fingerprint]) && len(c.v.Seals(e).Accepted(name)) > 0
	})
}

// root looks at the vault's folder itself. Files there are never parsed, and named if
// no seal of the line lists them: whoever can write there may have put them there for
// people to open.
func (c *checker) root() {
	line := c.v.Line()
	for _, entry := range c.v.Root {
		_, _, isEpoch := format.ParseEpochFolder(entry.Name())
		switch {
		case format.IsTemp(entry.Name()):
			c.oldTemp(entry, entry.Name())
		case entry.IsDir() && format.IsOlderFormat(entry.Name()):
			c.report.add(CodeOlderFormat, entry.Name(), false)
		case !entry.IsDir() && PartOf(entry.Name()) == PartPage && isSwapped(c.v, entry.Name(), c.o.Pages):
			c.report.add(CodeSwappedPage, entry.Name(), true)
		case entry.IsDir() && !isEpoch && entry.Name() != ".git":
			c.report.add(CodeUnknown, entry.Name(), false)
		case !entry.IsDir() && !entry.Type().IsRegular():
			c.report.add(CodeSpecial, entry.Name(), false)
		case !entry.IsDir() && !c.vouched(entry.Name(), line) && !strings.HasPrefix(entry.Name(), "."):
			c.report.add(CodeUnknown, entry.Name(), false)
		}
	}
}

// oldSheets names the holders whose sheet is out of date.
func (c *checker) oldSheets(pin Pin, copies []roster.Copy, holders []roster.Holder) {
	now := roster.SheetDigest(pin.Fingerprint, pin.Recipient, copies)
	for _, h := range holders {
		if !h.SheetDiffers(now) {
			continue
		}
		code := CodeSheetOld
		if h.Kind == roster.KindQuorum {
			code = CodeSharesOld
		}
		c.report.Findings = append(c.report.Findings, Finding{Code: code, Detail: h.Name})
	}
}

// twice names the accepted seeds that are one enrolment with another one: all but the
// one whose counter is highest, and of equal ones that was added first. Those of one id
// are an edit on two machines, which is named as that.
func (c *checker) twice(entries []Entry) {
	same := map[[32]byte][]Entry{}
	for _, e := range entries {
		if key, err := e.Seed.Key(); err == nil && e.Status == Accepted {
			same[key.SeedMark()] = append(same[key.SeedMark()], e)
		}
	}
	for _, group := range same {
		slices.SortStableFunc(group, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(b.counter(), a.counter()), a.Seed.Added().Compare(b.Seed.Added()), cmp.Compare(a.Receipts[0].Path, b.Receipts[0].Path))
		})
		for _, e := range group[1:] {
			if e.Seed.ID() == "" || e.Seed.ID() != group[0].Seed.ID() {
				c.report.Findings = append(c.report.Findings, Finding{Code: CodeSameSeed, Path: e.Receipts[0].Path, Detail: group[0].Receipts[0].Path})
			}
		}
	}
}

// counter is an HOTP seed's, 0 of any other.
func (e Entry) counter() uint64 {
	key, err := e.Seed.Key()
	if err != nil {
		return 0
	}
	return key.Counter()
}
