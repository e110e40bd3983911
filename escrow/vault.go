package escrow

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/sshsig"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/verified"
	"seedvault/escrow/key"
)

// Pin is what one machine remembers of the vault that it writes to. It lies
// outside the vault, so that nothing that lies in the vault can change it.
type Pin struct {
	Fingerprint Fingerprint
	Recipient   string        // the vault recipient; "" where nothing is deposited
	Refused     []Fingerprint // epochs that a person has refused
}

// PostQuantum reports whether what is encrypted to the vault stays secret from a
// quantum computer.
func (p Pin) PostQuantum() bool { return key.IsPostQuantum(p.Recipient) }

// Vault is a folder read without any key. It deposits, names its holders,
// verifies itself and unlocks.
type Vault struct{ view *view }

// view is a vault's folder as one machine sees it: which epochs lie there, how they
// stand to the pinned one, and what their seals say.
type view struct {
	fsys   FS
	files  vaultfs.Folder // fsys, as it is read
	pin    *Pin
	epochs []*epoch // highest number first
	root   []fs.DirEntry

	source   sealset.Source
	lent     lent                // nil for none
	index    *atHand             // nil for none
	compared map[string][]string // what this machine remembers, see Memory
	kept     []sealset.Kept      // likewise, of the pinned epoch
}

// epoch is one vault key's folder.
type epoch struct {
	folder   string
	number   int
	fp       Fingerprint        // of vault.txt; zero unless desc is read
	fits     Fingerprint        // of what lies as vault.txt, of whatever version, if it fits the folder's name
	text     []byte             // likewise, with its line ends undone
	desc     *format.Descriptor // nil: missing, damaged or of a newer format
	damage   Code               // why desc is nil: CodeMissing, CodeDamaged or CodeNewer
	newer    *NewerError
	crlf     bool
	signedBy map[Fingerprint]bool // those of the epochs here whose signer has signed vault.txt

	mu    sync.Mutex   // of seals
	seals *sealset.Set // read on first demand
}

// PinError means that the epoch that this machine writes to is not in the folder:
// it is another vault, or an older copy of this one.
type PinError struct {
	Want Fingerprint
	Have []Fingerprint
}

// Error says what is wrong, and nothing secret.
func (e *PinError) Error() string {
	have := "none"
	if len(e.Have) > 0 {
		have = e.Have[0].String()
	}
	return fmt.Sprintf("failed to open the vault: expected fingerprint %s, found %s", e.Want, have)
}

const (
	sealNamespace  = verified.Namespace
	epochNamespace = "seedvault-epoch"
)

// Open reads which epochs lie in the folder. With a pin it fails with a
// [*PinError] when the pinned epoch is not among them. Damage is not an error:
// what can be read is read, and [Vault.Check] names the rest. A folder without
// any epoch is [ErrNoVault], one that only a newer seedvault understands is a
// [*NewerError].
func Open(fsys FS, pin *Pin) (*Vault, error) {
	root, err := fsys.ReadDir(".")
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, ErrNoVault
		}
		return nil, fmt.Errorf("failed to read the vault's folder: %w", err)
	}
	v := &view{fsys: fsys, files: vaultfs.Folder{FS: fsys}, pin: pin, root: root, source: sealset.Source{FS: fsys, Verified: &verified.Seals{}}}
	for _, entry := range root {
		if number, _, ok := format.ParseEpochFolder(entry.Name()); ok && entry.IsDir() {
			e := &epoch{folder: entry.Name(), number: number}
			e.readDescriptor(fsys)
			v.epochs = append(v.epochs, e)
		}
	}
	if len(v.epochs) == 0 {
		if hasOlderFormat(root) {
			return nil, ErrOlderFormat
		}
		return nil, ErrNoVault
	}
	if pin != nil {
		v.condemnReplaced()
		if newer := v.onlyNewer(); newer != nil {
			return nil, newer
		}
	}
	slices.SortFunc(v.epochs, func(a, b *epoch) int {
		return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(a.folder, b.folder))
	})
	if pin == nil {
		return &Vault{v}, nil
	}
	pinned := v.pinned()
	if pinned == nil {
		return nil, v.pinError()
	}
	for _, e := range v.epochs {
		e.signedBy = v.signersOf(e)
	}
	return &Vault{v}, nil
}

// Reopen is [Open] of a vault that was read before in this run, here or elsewhere: its
// seals whose bytes were verified then are not verified again.
func Reopen(fsys FS, pin *Pin, before *Vault) (*Vault, error) {
	v, err := Open(fsys, pin)
	if err == nil && before != nil {
		v.view.source.Verified = before.view.source.Verified
	}
	return v, err
}

// hasOlderFormat reports whether epochs are listed that were written before this format.
func hasOlderFormat(root []fs.DirEntry) bool {
	return slices.ContainsFunc(root, func(e fs.DirEntry) bool { return e.IsDir() && format.IsOlderFormat(e.Name()) })
}

// Recall gives the vault what this machine remembers of it: what it has compared before
// it need not read again, and the seals that it keeps count as if they lay here, see
// [Vault.Withheld].
func (v *Vault) Recall(m Memory) {
	v.view.compared, v.view.kept = m.Compared, keptOf(m.Kept)
	for _, e := range v.view.epochs {
		e.forgetSeals()
	}
}

// onlyNewer returns what says that this program is too old for any of it.
func (v *view) onlyNewer() error {
	for _, e := range v.epochs {
		if e.newer == nil {
			return nil
		}
	}
	return v.epochs[0].newer
}

func (v *view) pinError() error {
	e := &PinError{Want: v.pin.Fingerprint}
	for _, epoch := range v.epochs {
		if epoch.desc != nil {
			e.Have = append(e.Have, epoch.fp)
		}
	}
	return e
}

// readDescriptor reads vault.txt. One that does not fit its folder's name is
// damaged, and so is one whose epoch number does not.
func (e *epoch) readDescriptor(fsys FS) {
	data, err := vaultfs.ReadFile(fsys, e.folder+"/vault.txt", format.KindDescriptor.Limit())
	if errors.Is(err, fs.ErrNotExist) {
		e.damage = CodeMissing
		return
	}
	e.damage = CodeDamaged
	if err != nil {
		return
	}
	data, e.crlf = format.UndoCRLF(data)
	fp := Fingerprint(format.Sum(data))
	if format.EpochFolder(e.number, fp) != e.folder {
		return // whatever it says: one flipped bit makes a 5 of the version's 1
	}
	e.fits, e.text = fp, data
	d, err := format.ParseDescriptor(data)
	switch {
	case errors.As(err, &e.newer):
		e.newer.Path = e.folder + "/vault.txt"
		e.damage = CodeNewer
	case err == nil && d.Epoch == e.number:
		e.fp, e.desc, e.damage = fp, &d, ""
	}
}

// condemnReplaced takes for damaged what lies in the place of the pinned epoch's
// vault.txt, or of one that it follows, and is another: a folder's name holds only
// the beginning of a fingerprint.
func (v *view) condemnReplaced() {
	fp := v.pin.Fingerprint
	for e := v.byFingerprint(fp); e != nil; e = v.byFingerprint(fp) {
		fp = e.desc.Previous
	}
	for _, e := range v.epochs {
		if !fp.IsZero() && format.EpochFolder(e.number, fp) == e.folder && !e.fits.IsZero() && e.fits != fp {
			e.fp, e.desc, e.newer, e.damage = Fingerprint{}, nil, nil, CodeDamaged
		}
	}
}

// readsAsLF reports whether CR LF is read as LF in the file at a path. Anything else is
// what its bytes are: a page with other line ends is not the one that was released.
func readsAsLF(p string) bool {
	_, rel, inEpoch := strings.Cut(p, "/")
	kind, _ := format.Classify(rel)
	return inEpoch && kind.IsText() || p == readmeName
}

// pinned returns the epoch that this machine writes to. A damaged vault.txt
// does not unmake it: the folder's name still tells, and nothing is written to
// it or believed of it before an identity has proved itself.
func (v *view) pinned() *epoch {
	if v.pin == nil {
		return nil
	}
	for _, e := range v.epochs {
		if e.fp == v.pin.Fingerprint {
			return e
		}
	}
	for _, e := range v.epochs {
		if e.desc == nil && e.newer == nil && format.EpochFolder(e.number, v.pin.Fingerprint) == e.folder {
			return e
		}
	}
	return nil
}

// writable returns the pinned epoch, or all where there is no pin.
func (v *view) writable() []*epoch {
	if p := v.pinned(); p != nil {
		return []*epoch{p}
	}
	return v.epochs
}

// signersOf returns the epochs whose signer has signed an epoch's vault.txt: in
// vault.txt.sig, or in the one that is named by its folder. One that does not verify
// counts for nothing. A signature is a colleague's rotation or a former holder's
// invention, which only a person can tell.
func (v *view) signersOf(e *epoch) map[Fingerprint]bool {
	if e.fits.IsZero() {
		return nil
	}
	by := map[Fingerprint]bool{}
	for _, f := range v.files.List(e.folder) {
		if f.Kind != format.KindDescriptorSig && f.Kind != format.KindEpochSig {
			continue
		}
		for _, signer := range v.signersIn(e, f, e.text) {
			by[signer.fp] = true
		}
	}
	return by
}

// signersIn returns the epochs here whose signer's signature on an epoch's vault.txt
// lies in a file: any of them in vault.txt.sig, else the one that its name names.
func (v *view) signersIn(e *epoch, f vaultfs.File, text []byte) (by []*epoch) {
	sig, err := vaultfs.ReadFile(v.fsys, f.Path, f.Kind.Limit())
	if err != nil {
		return nil
	}
	sig, _ = format.UndoCRLF(sig)
	of := strings.TrimPrefix(strings.TrimPrefix(f.Path, e.folder+"/vault.txt.sig"), "-")
	for _, other := range v.epochs {
		if other == e || other.desc == nil || other.desc.Unverified || of != "" && of != other.folder {
			continue
		}
		if sshsig.Verify(other.desc.Signer, epochNamespace, text, sig) == nil {
			by = append(by, other)
		}
	}
	return by
}

// refused reports whether a person on this machine has refused the epoch.
func (v *view) refused(e *epoch) bool {
	return v.pin != nil && e.desc != nil && slices.Contains(v.pin.Refused, e.fp)
}

// line is the pinned epoch and those that it follows.
func (v *view) line() map[Fingerprint]bool {
	if v.pin == nil {
		return nil
	}
	return v.facts(nil).Line()
}

// facts gathers what the judge needs to know of the epochs. proven holds, by folder,
// what an identity proved of an epoch whose vault.txt is lost.
func (v *view) facts(proven map[string]provenEpoch) judge.Facts {
	facts := v.bareFacts()
	pinned := v.pinned()
	for i, e := range v.epochs {
		x := &facts.Epochs[i]
		switch p, ok := proven[e.folder]; {
		case e.desc != nil:
			x.Ledger = v.seals(e).Ledger
		case ok:
			x.Fingerprint = p.fp
			x.Ledger = v.sealsBy(e, p.signer).Ledger
		case e == pinned:
			x.Fingerprint = v.pin.Fingerprint
		case e.newer != nil && v.pin == nil:
			x.Fingerprint = Fingerprint{} // what opens of it is as if it had no vault.txt
		}
	}
	return facts
}

// bareFacts are those that no seal needs to be read for.
func (v *view) bareFacts() (facts judge.Facts) {
	if v.pin != nil {
		facts.Pin = v.pin.Fingerprint
	}
	for _, e := range v.epochs {
		x := judge.Epoch{Folder: e.folder, Number: e.number, Fingerprint: e.fp, SignedBy: e.signedBy}
		if e.newer != nil {
			x.Fingerprint = e.fits
		}
		if e.desc != nil {
			x.Previous = e.desc.Previous
		}
		facts.Epochs = append(facts.Epochs, x)
	}
	return facts
}

// provenEpoch is what an identity proved of an epoch without a vault.txt.
type provenEpoch struct {
	fp     Fingerprint
	signer string
}

// Newer returns the error that a valid seal of the epoch written to has words that
// this program does not know, and nil where none has: with one, what is shown may not
// be all, and only deposits are written.
func (v *Vault) Newer() *NewerError {
	return v.view.seals(v.view.writable()[0]).Newer
}

// Pin returns the pin that the vault was opened with, the zero Pin if with none.
func (v *Vault) Pin() Pin {
	if v.view.pin == nil {
		return Pin{}
	}
	return *v.view.pin
}
