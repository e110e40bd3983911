package escrow

import (
	"encoding/hex"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/roster"
)

// rosterRecord is one sealed record of the roster, as it was read.
type rosterRecord struct {
	*format.Record
	ref format.Ref
}

// plainRecords are records without where they lie.
func plainRecords(records []rosterRecord) []*format.Record {
	plain := make([]*format.Record, len(records))
	for i, r := range records {
		plain[i] = r.Record
	}
	return plain
}

func openRecord(file []byte, key *vaultkey.Key) (*format.Record, error) {
	plain, err := key.Decrypt(file)
	if err != nil {
		return nil, err
	}
	return format.ParseRecord(plain)
}

// records reads an epoch's roster as far as its own seals list it, the greatest HASH
// first: of records of one id that are equal otherwise the first counts (F24).
func (rd *reader) records(e *epochs.Epoch, key *vaultkey.Key) (records []rosterRecord, findings []Finding) {
	sealed := rd.seals(e)
	for _, f := range vaultfs.Distinct(rd.view.Files.ReadFiles(e.Folder+"/roster", true)) {
		if sealed.Status(f.Ref()) != Accepted {
			continue
		}
		r, err := openRecord(f.Data, key)
		if err != nil {
			findings = append(findings, Finding{Code: CodeUnreadable, Path: f.Path, Red: true})
			continue
		}
		records = append(records, rosterRecord{r, f.Ref()})
	}
	slices.SortFunc(records, func(a, b rosterRecord) int { return strings.Compare(b.ref.Hash(), a.ref.Hash()) })
	return records, findings
}

func (rd *reader) rosterOf(e *epochs.Epoch, key *vaultkey.Key) (holders []roster.Holder, findings []Finding) {
	records, findings := rd.records(e, key)
	for _, r := range records {
		if h, ok := roster.ReadHolder(r.Record); ok {
			holders = append(holders, h)
		}
	}
	return holders, findings
}

// roster is [Roster.Holders].
func (rd *reader) roster() ([]roster.Holder, []Finding) {
	var holders []roster.Holder
	var findings []Finding
	for _, e := range rd.view.Writable() {
		key := rd.keys[e.Folder]
		if key == nil {
			continue
		}
		h, f := rd.rosterOf(e, key)
		holders, findings = append(holders, h...), append(findings, f...)
		if rd.view.Pin == nil {
			break // the newest that opens speaks for itself
		}
	}
	return roster.MergeHolders(holders), findings
}

func (rd *reader) copyRecords() []rosterRecord {
	e := rd.view.Writable()[0]
	key := rd.keys[e.Folder]
	if key == nil {
		return nil
	}
	records, _ := rd.records(e, key)
	return slices.DeleteFunc(records, func(r rosterRecord) bool { return r.Line != roster.LineCopy })
}

// claimant returns the holder whose sealed record names the slot that opened the vault.
// ok is false where none does.
func (rd *reader) claimant() (h roster.Holder, ok bool) {
	e := rd.openedEpoch()
	if e == nil {
		return roster.Holder{}, false
	}
	holders, _ := rd.rosterOf(e, rd.keys[e.Folder])
	hash := format.Hash(rd.opener.slot.Sum)
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return slices.Contains(h.Files, hash) })
	if i < 0 {
		return roster.Holder{}, false
	}
	return holders[i], true
}

// openedEpoch is the epoch whose slot opened the vault, nil for none.
func (rd *reader) openedEpoch() *epochs.Epoch {
	at := slices.IndexFunc(rd.view.Epochs, func(e *epochs.Epoch) bool { return e.Folder == rd.opener.folder })
	if at < 0 {
		return nil
	}
	return rd.view.Epochs[at]
}

func (rd *reader) holder() string {
	if h, ok := rd.claimant(); ok {
		return h.Name
	}
	return rd.opener.slot.holder
}

func (rd *reader) unlistedSlots() []string {
	e := rd.view.Writable()[0]
	key := rd.keys[e.Folder]
	if key == nil || !rd.seals(e).Sealed() {
		return nil
	}
	holders, _ := rd.rosterOf(e, key)
	claimed := map[string]bool{}
	for _, h := range holders {
		for _, hash := range h.Files {
			claimed[hash] = true
		}
	}
	for _, ref := range rd.seals(e).Under(e.Folder + "/holders/") {
		claimed[ref.Path] = claimed[format.Hash(ref.Sum)] // what is damaged in its place
	}
	return slotsBut(rd.view, e, claimed)
}

func unlistedSlots(v *epochs.View, e *epochs.Epoch, sealed *sealset.Set) []string {
	if !sealed.Sealed() {
		return nil
	}
	listed := map[string]bool{}
	for _, ref := range sealed.Under(e.Folder + "/holders/") {
		listed[format.Hash(ref.Sum)], listed[ref.Path] = true, true
	}
	return slotsBut(v, e, listed)
}

// slotsBut returns the paths of an epoch's slots but for those that are known by their
// content's HASH or by their path.
func slotsBut(v *epochs.View, e *epochs.Epoch, known map[string]bool) (paths []string) {
	for _, name := range v.Files.Holders(e.Folder) {
		for _, f := range v.Files.ReadFiles(e.Folder+"/holders/"+name, false) {
			if f.Kind == format.KindSlot && f.Read && !known[format.Hash(f.Sum)] && !known[f.Path] {
				paths = append(paths, f.Path)
			}
		}
	}
	slices.Sort(paths)
	return paths
}

// formers are those who left, as the sealed roster has them.
func (rd *reader) formers() []roster.Former {
	records, _ := rd.records(rd.view.Pinned(), rd.pinnedKey())
	return roster.ReadFormers(plainRecords(records))
}

// reEnrolID names a seed in a former holder's record.
func reEnrolID(s Seed) string {
	if id := s.ID(); id != "" {
		return id
	}
	plain, _ := s.plaintext()
	sum := format.Sum(plain)
	return hex.EncodeToString(sum[:])
}

// exposure answers who has known a seed.
type exposure struct {
	formers []roster.Former
	from    map[string]map[string]bool // a file, by HASH, to the folders of files that lead to it
}

func (rd *reader) exposure() exposure {
	x := exposure{formers: rd.formers()}
	if len(x.formers) == 0 {
		return x
	}
	x.from = rd.successions().Origins()
	return x
}

// exposedTo returns the former holders who have known an entry's seed: it was carried from
// an epoch that they can open, or an edit that kept its secret says so. Left out are those
// for which a person has said that the seed needs no new secret.
func (x exposure) exposedTo(e Entry) []roster.Former {
	var known []roster.Former
	for _, f := range x.formers {
		if f.None[reEnrolID(e.Seed)] {
			continue
		}
		exposed := slices.Contains(e.Seed.All("known"), f.Name)
		for _, r := range e.Receipts {
			for _, folder := range f.Epochs {
				exposed = exposed || x.from[r.Hash()][folder] || folderOfPath(r.Path) == folder
			}
		}
		if exposed {
			known = append(known, f)
		}
	}
	return known
}
