package escrow

import (
	"fmt"
	"io"
	"path"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
)

// reader reads what the vault keys that a holder's identity gave open.
type reader struct {
	view     *epochs.View
	index    *atHand                    // nil for none
	opener   opener                     // what opened the vault
	keys     map[string]*vaultkey.Key   // by folder: the epochs that opened
	attested map[string]epochs.Attested // by folder: what keys say of those without a vault.txt

	// unlinked are the epochs that a pin says nothing of, where the pinned one
	// itself did not open.
	unlinked map[string]bool

	watch func(done, total int)
	read  *reading // seeds, on first demand
	list  *lister  // what was listed with its help, until something is written

	whole map[Receipt]bool // seed files that were found to be what these say
}

// Format keeps the keys out of every verb.
func (rd *reader) Format(f fmt.State, _ rune) { io.WriteString(f, "reader(elided)") }

// slot is one file that may hold an epoch's key, and whose it is.
type slot struct {
	vaultfs.File
	holder string
}

// opener is the slot that opened the vault: whoever wrote it chose the folder that it
// lies in, and only a sealed record says whose it is.
type opener struct {
	folder string // of the epoch
	slot   slot
}

// seals returns the seals of an epoch, by what its vault.txt or else its opened key
// tells of its signer.
func (rd *reader) seals(e *epochs.Epoch) *sealset.Set {
	if p, ok := rd.attested[e.Folder]; ok && e.Desc == nil {
		return rd.view.SealsBy(e, p.Signer)
	}
	return rd.view.Seals(e)
}

func (rd *reader) sealed(e *epochs.Epoch, ref format.Ref) bool {
	return rd.seals(e).Status(ref) == Accepted
}

func (rd *reader) pinnedKey() *vaultkey.Key { return rd.keys[rd.view.Pinned().Folder] }

// pin is [Opened.Pin].
func (rd *reader) pin() Pin {
	for _, e := range rd.view.Writable() {
		if key := rd.keys[e.Folder]; key != nil && e.Desc != nil {
			p := Pin{Fingerprint: e.Fingerprint, Recipient: key.Public()}
			if rd.view.Pin != nil {
				p.Refused = rd.view.Pin.Refused
			}
			return p
		}
	}
	return Pin{}
}

// facts are what is known of epochs, seals and lists.
func (rd *reader) facts() judge.Facts {
	facts := rd.view.Facts(rd.attested)
	if p := rd.view.Pinned(); p != nil {
		facts.Lists = rd.view.OlderLists(p)
	}
	return facts
}

// factsOf are what is known, with files.
func (rd *reader) factsOf(files []opened) judge.Facts {
	facts := rd.facts()
	facts.Files = make([]judge.File, 0, len(files))
	for _, f := range files {
		facts.Files = append(facts.Files, judge.File{Folder: f.folder, Ref: f.Ref(), Plain: f.what})
	}
	return facts
}

// older returns the epochs of the line that opened, but for the pinned one.
func (rd *reader) older() []*epochs.Epoch {
	line := rd.view.Line()
	var list []*epochs.Epoch
	for _, e := range rd.view.Epochs {
		inLine := e.Desc != nil && line[e.Fingerprint] || line[rd.attested[e.Folder].Fingerprint]
		if e != rd.view.Pinned() && rd.keys[e.Folder] != nil && inLine {
			list = append(list, e)
		}
	}
	return list
}

// successions are what the sealed older lists say of where files have gone.
func (rd *reader) successions() judge.Successions { return rd.facts().Successions() }

// successionsOf is what the lists of another epoch say, as a machine sees it that has pinned
// that.
func (rd *reader) successionsOf(e *epochs.Epoch) judge.Successions {
	facts := rd.view.Facts(rd.attested)
	facts.Pin, facts.Lists = e.Fingerprint, rd.view.OlderLists(e)
	return facts.Successions()
}

// lostLists names the lists of what became of older files that the pinned epoch's seals
// name and that are not here whole.
func (rd *reader) lostLists() (lost []string) {
	e := rd.view.Pinned()
	if e == nil {
		return nil
	}
	here := map[format.Ref]bool{}
	for _, f := range rd.view.Files.ReadFiles(e.Folder+"/older", false) {
		here[f.Ref()] = f.Read
	}
	for _, ref := range rd.seals(e).Under(e.Folder + "/older/") {
		if !here[ref] {
			lost = append(lost, ref.Path)
		}
	}
	return lost
}

// folderOfPath is the first part of a path: an epoch's folder.
func folderOfPath(p string) string {
	first, _, _ := strings.Cut(p, "/")
	return first
}

// hashOfPath is HASH in the name of a record or a seed.
func hashOfPath(p string) string { return strings.TrimSuffix(path.Base(p), ".age") }
