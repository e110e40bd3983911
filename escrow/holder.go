package escrow

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"filippo.io/age"

	"seedvault/escrow/internal/words"
)

// Kind is how a holder keeps its secret key.
type Kind string

const (
	// KindKey is any age recipient: somebody's key pair, an SSH key, a hardware key.
	KindKey Kind = "key"
	// KindPassphrase is a key pair whose secret half lies in the vault, encrypted
	// with a passphrase.
	KindPassphrase Kind = "passphrase"
	// KindPaper is a key pair whose secret half is written on paper and nowhere
	// else.
	KindPaper Kind = "paper"
	// KindQuorum is a key pair whose secret half is shared among members.
	KindQuorum Kind = "quorum"
)

// KeptThisPC is the place of a key that lies on the machine that deposits. Such
// a holder fails together with that machine, so it is no second way in.
const KeptThisPC = "this-pc"

// Holder is who or whatever can open the vault, as the roster has it.
type Holder struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      Kind     `json:"kind"`
	Recipient string   `json:"recipient"`
	Files     []string `json:"files,omitempty"`     // HASH of each slot, key and share file
	Kept      string   `json:"kept,omitempty"`      // home, office, this-pc, phone, head, ...
	Who       []string `json:"who,omitempty"`       // people who know it or can reach it
	Proven    []string `json:"proven,omitempty"`    // drills: TIME COPY-ID|vault SEAL-HASH
	Sheets    []string `json:"sheets,omitempty"`    // printed: TIME DIGEST
	Threshold int      `json:"threshold,omitempty"` // quorum: m
	Members   int      `json:"members,omitempty"`   // quorum: n
	Seats     []string `json:"member,omitempty"`    // quorum: NAME RECIPIENT, or NAME paper
}

// WaysIn counts the independent ways into a vault. A key kept on this PC counts
// for none, a quorum of m out of n for n-m+1, anything else for one.
func WaysIn(holders []Holder) int {
	ways := 0
	for _, h := range holders {
		switch {
		case h.Kept == KeptThisPC:
		case h.Kind == KindQuorum:
			ways += max(h.Members-h.Threshold+1, 0)
		default:
			ways++
		}
	}
	return ways
}

// NewHolder is a holder that is about to be written into a vault. Its methods
// print no secret; a passphrase is not kept in it.
type NewHolder struct {
	holder Holder
	to     age.Recipient
	own    []ownFile
	kept   *record          // a roster record whose lines stay, known or not; nil for a new holder
	sheet  func(Pin) string // the line for a sheet that is printed, nil for none
}

// ownFile is a file that lies beside a holder's slot and that its secret key
// comes out of. Its name is the prefix, then HASH.
type ownFile struct {
	prefix string // "key-", or "share-MEMBER-"
	data   []byte
}

// Format shows the holder's name alone.
func (h NewHolder) Format(f fmt.State, _ rune) { io.WriteString(f, "NewHolder("+h.holder.Name+")") }

// LogValue shows the holder's name alone.
func (h NewHolder) LogValue() slog.Value { return slog.StringValue("NewHolder(" + h.holder.Name + ")") }

// Holder returns the holder as the roster will have it, but for its files.
func (h NewHolder) Holder() Holder { return h.holder }

// KeptAt returns the holder with the place where its secret is kept.
func (h NewHolder) KeptAt(place string) NewHolder { h.holder.Kept = place; return h }

// KnownTo returns the holder with the people who know its secret or can reach it.
func (h NewHolder) KnownTo(people ...string) NewHolder { h.holder.Who = people; return h }

// KeyHolder makes a holder of a recipient that somebody keeps the identity of.
func KeyHolder(name, recipientText string) (NewHolder, error) {
	r, text, err := ParseRecipient(recipientText)
	if err != nil {
		return NewHolder{}, err
	}
	return newHolder(name, KindKey, r, text)
}

// PassphraseHolder makes a holder that a passphrase opens. It runs scrypt once,
// at work factor 18. A passphrase of fewer than 16 characters is
// [ErrPassphraseShort].
func PassphraseHolder(name, passphrase string, postQuantum bool) (NewHolder, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return NewHolder{}, err
	}
	h, identity, err := generatedHolder(name, KindPassphrase, postQuantum)
	if err != nil {
		return NewHolder{}, err
	}
	file, err := encryptWithPassphrase([]byte(identity+"\n"), passphrase)
	h.own = []ownFile{{"key-", file}}
	return h, err
}

// PaperHolder makes a holder with a new key. The identity it returns is the
// secret itself; it is kept nowhere, so whoever calls shows it or writes it once.
func PaperHolder(name string, postQuantum bool) (h NewHolder, identity string, err error) {
	return generatedHolder(name, KindPaper, postQuantum)
}

// DeviceHolder makes a holder with a new key that will lie on this PC. The
// identity it returns is the secret itself, for the caller to keep.
func DeviceHolder(name string, postQuantum bool) (h NewHolder, identity string, err error) {
	h, identity, err = generatedHolder(name, KindKey, postQuantum)
	return h.KeptAt(KeptThisPC), identity, err
}

func generatedHolder(name string, kind Kind, postQuantum bool) (NewHolder, string, error) {
	identity, public, err := generateIdentity(postQuantum)
	if err != nil {
		return NewHolder{}, "", err
	}
	r, text, err := ParseRecipient(public)
	if err != nil {
		return NewHolder{}, "", err
	}
	h, err := newHolder(name, kind, r, text)
	return h, identity, err
}

func newHolder(name string, kind Kind, to age.Recipient, text string) (NewHolder, error) {
	if err := CheckName(name); err != nil {
		return NewHolder{}, err
	}
	return NewHolder{holder: Holder{ID: newID(), Name: name, Kind: kind, Recipient: text}, to: to}, nil
}

// ErrPassphraseShort is returned for an own passphrase of fewer than 16
// characters.
var ErrPassphraseShort = errors.New("invalid passphrase: fewer than 16 characters")

// CheckPassphrase returns [ErrPassphraseShort] for a passphrase that is too
// short to stand between a copy in a stranger's hands and the seeds.
func CheckPassphrase(own string) error {
	if words.Strong(own) != nil {
		return ErrPassphraseShort
	}
	return nil
}

// PassphraseWords is how many words a generated passphrase has.
const PassphraseWords = 6

// GeneratePassphrase returns six random words out of 2,048, that is 66 bits: a
// secret to be shown once.
func GeneratePassphrase() (string, error) { return words.Generate(PassphraseWords) }

const (
	workFactor      = 18 // written: 0.25 GiB and well under a second
	workFactorLimit = 20 // read: what costs more is refused
)

// testOnlyWorkFactor lowers the cost of scrypt in tests.
var testOnlyWorkFactor = workFactor

// encryptWithPassphrase does as age -p does.
func encryptWithPassphrase(plain []byte, passphrase string) ([]byte, error) {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, errEncrypt
	}
	r.SetWorkFactor(testOnlyWorkFactor)
	return encrypt(r, plain)
}
