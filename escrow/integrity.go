package escrow

import (
	"errors"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
	"seedvault/escrow/internal/vaultfs"
)

const (
	readmeName     = format.ReadmeName
	attributesName = ".gitattributes"
	attributesText = "* -text\n" // git on Windows would change line ends, and so hashes
)

// FilePart is what a file of a vault is for, by its path alone.
type FilePart int

// The parts of a vault. PartNone is a file that this format has no place for: a
// person's, a system's, or a later version's.
const (
	PartNone   FilePart = iota // of no vault
	PartRoot                   // beside the epochs: README.txt, .gitattributes
	PartPage                   // beside the epochs: open-1.html
	PartEpoch                  // vault.txt, its signature, old.age, older lists
	PartHolder                 // slots, keys and shares
	PartRecord                 // of the roster
	PartSeed                   // a deposit: one seed, encrypted
	PartSeal                   // texts and signatures
)

// isReadme and isPage tell the files of the root by their names, of which later
// versions have numbered ones.
func isReadme(name string) bool {
	text, ok := strings.CutSuffix(name, ".txt")
	number, numbered := strings.CutPrefix(text, "README-")
	return ok && (text == "README" || numbered && isShortNumber(number))
}

func isPage(name string) bool {
	page, ok := strings.CutPrefix(name, "open-")
	number, isHTML := strings.CutSuffix(page, ".html")
	return ok && isHTML && isShortNumber(number)
}

// isShortNumber reports whether a text is a number from 1 to 9999.
func isShortNumber(s string) bool {
	return s != "" && len(s) <= 4 && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// AtRoot reports whether files of this part lie beside the epochs.
func (p FilePart) AtRoot() bool { return p == PartRoot || p == PartPage }

// PartOf says what a path, relative to the vault's folder, is for.
func PartOf(name string) FilePart {
	folder, rel, inFolder := strings.Cut(name, "/")
	if !inFolder {
		switch {
		case isReadme(name) || name == attributesName:
			return PartRoot
		case isPage(name):
			return PartPage
		}
		return PartNone
	}
	if _, _, ok := format.ParseEpochFolder(folder); !ok {
		return PartNone
	}
	switch kind, _ := format.Classify(rel); kind {
	case format.KindDescriptor, format.KindDescriptorSig, format.KindEpochSig, format.KindOldKeys, format.KindOlderList:
		return PartEpoch
	case format.KindSlot, format.KindKey, format.KindShare, format.KindHolderOther:
		return PartHolder
	case format.KindRecord:
		return PartRecord
	case format.KindSeed:
		return PartSeed
	case format.KindSeal, format.KindSealSig:
		return PartSeal
	case format.KindOtherSig:
		if strings.HasPrefix(rel, "seals/") {
			return PartSeal
		}
		return PartEpoch
	}
	return PartNone
}

// Integrity is what can be said of the bytes that lie under a vault's name.
type Integrity int

const (
	// Unjudged bytes may be right: nothing at hand says what they should be.
	Unjudged Integrity = iota
	// Whole bytes are those that the name, a seal or a signature asks for.
	Whole
	// Damaged bytes are not, and may be replaced by those that are.
	Damaged
)

// CheckAgainstName holds bytes against the name that they lie under, which for most files
// of a vault says all. It returns them with the line ends that a tool has changed undone,
// as they are to be handed on.
func CheckAgainstName(name string, data []byte) ([]byte, Integrity) {
	folder, rel, _ := strings.Cut(name, "/")
	number, _, ok := format.ParseEpochFolder(folder)
	if !ok {
		return data, Unjudged
	}
	kind, hash := format.Classify(rel)
	if kind.IsText() {
		data, _ = format.UndoCRLF(data)
	}
	sum := format.Sum(data)
	switch {
	case kind == format.KindDescriptor:
		return data, wholeIf(format.EpochFolder(number, sum) == folder)
	case kind != format.KindSealSig && kind != format.KindOtherSig && hash != "":
		return data, wholeIf(format.Hash(sum) == hash)
	}
	return data, Unjudged
}

func wholeIf(is bool) Integrity {
	if is {
		return Whole
	}
	return Damaged
}

// Examine judges whether bytes, wherever they were found, are those that a path of
// this vault should have: by [CheckAgainstName], and where a name holds no hash by the
// pin, by valid seals and by signatures. What a signature is about is read from beside.
// The bytes that it returns are those to hand on. Calls for files whose part is
// PartHolder, PartRecord, PartSeed or PartSeal may run at once.
func (v *Vault) Examine(beside FS, name string, data []byte) ([]byte, Integrity) {
	x := examiner{v.view, beside}
	folder, _, within := strings.Cut(name, "/")
	if !within {
		return x.root(name, data)
	}
	if e := v.view.ByFolder(folder); e != nil {
		return x.within(e, name, data)
	}
	return CheckAgainstName(name, data)
}

// examiner judges bytes by what a vault's pin, seals and signers say.
type examiner struct {
	view   *epochs.View
	beside FS // where lies what a signature is about
}

// within judges bytes for a path in an epoch's folder.
func (x examiner) within(e *epochs.Epoch, name string, data []byte) ([]byte, Integrity) {
	_, rel, _ := strings.Cut(name, "/")
	kind, _ := format.Classify(rel)
	if e.Newer != nil && kind != format.KindDescriptor {
		return data, Unjudged // its names may follow other rules
	}
	data, w := CheckAgainstName(name, data)
	switch {
	case kind == format.KindDescriptor && w == Whole:
		return data, wholeIf(!x.contradicts(e, format.Sum(data)))
	case kind == format.KindSealSig && e.Desc != nil:
		return data, x.sealSig(name, data, e.Desc.Signer)
	case kind == format.KindDescriptorSig || kind == format.KindEpochSig:
		if w := x.sealed(e, name, data); w != Unjudged {
			return data, w
		}
		return data, x.epochSig(e, data)
	case kind == format.KindOldKeys || kind == format.KindUnknown:
		return data, x.sealed(e, name, data)
	}
	return data, w
}

// contradicts reports whether the pin, or what it leads to, names another vault.txt for
// the folder than one with this fingerprint.
func (x examiner) contradicts(e *epochs.Epoch, found Fingerprint) bool {
	if x.view.Pin == nil {
		return false
	}
	for fp := x.view.Pin.Fingerprint; !fp.IsZero(); {
		if format.EpochFolder(e.Number, fp) == e.Folder {
			return fp != found
		}
		next := x.view.ByFingerprint(fp)
		if next == nil {
			return false
		}
		fp = next.Desc.Previous
	}
	return false
}

// sealSig verifies a seal's signature if the text that it is about is whole.
func (x examiner) sealSig(name string, sig []byte, signer string) Integrity {
	textName := strings.TrimSuffix(name, ".sig")
	text, err := vaultfs.ReadFile(x.beside, textName, format.KindSeal.Limit())
	if err != nil {
		return Unjudged
	}
	text, w := CheckAgainstName(textName, text)
	if w != Whole {
		return Unjudged
	}
	return wholeIf(x.view.Source.Verified.IsSigned(signer, text, sig))
}

// sealed holds bytes against what the epoch's own seals say.
func (x examiner) sealed(e *epochs.Epoch, name string, data []byte) Integrity {
	if e.Desc == nil {
		return Unjudged
	}
	sums := x.view.Seals(e).Accepted(name)
	if len(sums) == 0 {
		return Unjudged
	}
	return wholeIf(slices.Contains(sums, format.Sum(data)))
}

// epochSig verifies a signature on a vault.txt by the signers that are here.
// One of a signer that is not here may be right.
func (x examiner) epochSig(e *epochs.Epoch, sig []byte) Integrity {
	text, err := vaultfs.ReadFile(x.beside, e.Folder+"/vault.txt", format.KindDescriptor.Limit())
	if err != nil {
		return Unjudged
	}
	text, _ = format.UndoCRLF(text)
	for _, other := range x.view.Epochs {
		if other != e && other.Desc != nil && sshsig.Verify(other.Desc.Signer, epochs.Namespace, text, sig) == nil {
			return Whole
		}
	}
	return Unjudged
}

// root asks the seals of the pinned epoch and of those that it follows.
// Without a pin any epoch's may answer.
func (x examiner) root(name string, data []byte) ([]byte, Integrity) {
	if name == attributesName {
		if string(data) == attributesText {
			return data, Whole
		}
		return data, Unjudged
	}
	line, w := x.view.Line(), Unjudged
	lf, _ := format.UndoCRLF(data)
	for _, e := range x.view.Epochs {
		if e.Desc == nil || x.view.Pin != nil && !line[e.Fingerprint] {
			continue
		}
		sums := x.view.Seals(e).Accepted(name)
		switch {
		case slices.Contains(sums, format.Sum(data)):
			return data, Whole
		case format.ReadsAsLF(name) && slices.Contains(sums, format.Sum(lf)):
			return lf, Whole
		case len(sums) > 0:
			w = Damaged
		}
	}
	return data, w
}

// Page is a page that opens a vault in a browser: one content for each name. It lies
// beside the epochs and is never parsed. Whoever swaps it is told what the person
// types, so that seals list it, and a check compares it with what was released.
type Page struct {
	Name string // open-N.html
	Text []byte
}

var errPageName = errors.New("invalid page: its name must be open-N.html")

// pageLimit is how long a page may be that is read.
const pageLimit = 16 << 20

func (p Page) sum() [32]byte { return format.Sum(p.Text) }
