package escrow

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
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

// Holder is who or whatever can open the vault, as the roster has it.
type Holder struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Kind      Kind         `json:"kind"`
	Recipient string       `json:"recipient"`
	Files     []string     `json:"files,omitempty"`     // HASH of each slot, key and share file
	Kept      string       `json:"kept,omitempty"`      // home, office, this-pc, phone, head, ...
	Who       []string     `json:"who,omitempty"`       // people who know it or can reach it
	Proven    []Proof      `json:"proven,omitempty"`    // drills, the latest of each copy and member
	Sheets    []Sheet      `json:"sheets,omitempty"`    // that were printed
	Threshold int          `json:"threshold,omitempty"` // of a quorum: how many shares it takes
	Members   []key.Member `json:"member,omitempty"`    // of a quorum, in the order of their shares
}

// WaysIn counts the independent ways into a vault through the holder. A key kept on this
// PC counts for none, a quorum of m out of n for n-m+1, anything else for one.
func (h Holder) WaysIn() int { return h.waysIn(len(h.Members)) }

// waysIn is WaysIn of a quorum that has so many shares.
func (h Holder) waysIn(shares int) int {
	switch {
	case h.Kept == KeptThisPC:
		return 0
	case h.Kind == KindQuorum:
		return max(shares-h.Threshold+1, 0)
	}
	return 1
}

// NewHolder is a holder that is about to be written into a vault. Its methods
// print no secret; a passphrase is not kept in it.
type NewHolder struct {
	holder Holder
	to     age.Recipient
	own    []ownFile
	kept   *format.Record  // a roster record whose lines stay, known or not; nil for a new holder
	sheet  func(Pin) Sheet // the sheet that is printed, nil for none
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
	r, text, err := key.ParseRecipient(recipientText)
	if err != nil {
		return NewHolder{}, err
	}
	return newHolder(name, KindKey, r, text)
}

// PassphraseHolder makes a holder that a passphrase opens. It runs scrypt once,
// at work factor 18. A passphrase of fewer than 16 characters is
// [key.ErrPassphraseShort].
func PassphraseHolder(name, passphrase string, postQuantum bool) (NewHolder, error) {
	if err := key.CheckPassphrase(passphrase); err != nil {
		return NewHolder{}, err
	}
	h, pair, err := generatedHolder(name, KindPassphrase, postQuantum)
	if err != nil {
		return NewHolder{}, err
	}
	file, err := key.Lock(pair, passphrase)
	h.own = []ownFile{{"key-", file}}
	return h, err
}

// PaperHolder makes a holder with a new key. The identity it returns is the
// secret itself; it is kept nowhere, so whoever calls shows it or writes it once.
func PaperHolder(name string, postQuantum bool) (h NewHolder, identity string, err error) {
	h, pair, err := generatedHolder(name, KindPaper, postQuantum)
	if err != nil {
		return NewHolder{}, "", err
	}
	return h, pair.Secret(), nil
}

// DeviceHolder makes a holder with a new key that will lie on this PC. The
// identity it returns is the secret itself, for the caller to keep.
func DeviceHolder(name string, postQuantum bool) (h NewHolder, identity string, err error) {
	h, pair, err := generatedHolder(name, KindKey, postQuantum)
	if err != nil {
		return NewHolder{}, "", err
	}
	return h.KeptAt(KeptThisPC), pair.Secret(), nil
}

func generatedHolder(name string, kind Kind, postQuantum bool) (NewHolder, *key.Pair, error) {
	pair, err := key.Generate(postQuantum)
	if err != nil {
		return NewHolder{}, nil, err
	}
	h, err := newHolder(name, kind, pair.Recipient(), pair.Public())
	return h, pair, err
}

func newHolder(name string, kind Kind, to age.Recipient, text string) (NewHolder, error) {
	if err := CheckName(name); err != nil {
		return NewHolder{}, err
	}
	return NewHolder{holder: Holder{ID: newID(), Name: name, Kind: kind, Recipient: text}, to: to}, nil
}

// PluginHolder makes a holder of an age plugin's recipient, as [KeyHolder] does of
// the others, with [key.PluginRecipient]'s warning.
func PluginHolder(name, recipientText string, ask key.Asker) (NewHolder, error) {
	r, text, err := key.PluginRecipient(recipientText, ask)
	if err != nil {
		return NewHolder{}, err
	}
	return newHolder(name, KindKey, r, text)
}

// QuorumHolder makes a holder that any m of its members open together: a new key
// whose identity is shared among them and kept nowhere. A member with a recipient
// finds their share in the vault; those on paper are returned, secrets to be
// written down once. The error is that of [key.CheckQuorum], or [key.ErrMembers] for
// more members than the format has room for: some 80 with RSA keys of 3,072 bits, 27
// with post-quantum ones. A recipient that needs an age plugin is [key.ErrPluginRecipient]
// without an Asker, and is taken for nothing but what a person has typed or the
// sealed roster has.
func QuorumHolder(name string, m int, members []key.Member, postQuantum bool, ask key.Asker) (NewHolder, []key.Share, error) {
	if err := key.CheckQuorum(m, members); err != nil {
		return NewHolder{}, nil, err
	}
	h, pair, err := generatedHolder(name, KindQuorum, postQuantum)
	if err != nil {
		return NewHolder{}, nil, err
	}
	to := make([]age.Recipient, len(members))
	canonical := slices.Clone(members)
	for i, member := range members {
		if to[i], canonical[i].Recipient, err = key.MemberRecipient(member.Recipient, ask); err != nil {
			return NewHolder{}, nil, err
		}
	}
	h.holder.Threshold, h.holder.Members = m, canonical
	if err := h.holder.checkRoom(); err != nil {
		return NewHolder{}, nil, err
	}
	shares, err := key.Split(h.holder.ID, pair, m, canonical)
	if err != nil {
		return NewHolder{}, nil, err
	}
	return h.shared(shares, to)
}

// checkRoom returns [key.ErrMembers] unless the roster record of a new quorum has room
// for all that it will say, with a proof of the whole and of each member.
func (h Holder) checkRoom() error {
	word := strings.Repeat("-", len(format.Hash([32]byte{}))) // as long as a HASH, and as an id
	h.Kept, h.Sheets = word, []Sheet{{Digest: word}}
	h.Files, h.Proven = []string{word}, []Proof{{Copy: word, Seal: word}}
	for _, m := range h.Members {
		if !m.OnPaper() {
			h.Files = append(h.Files, word)
		}
		h.Proven = append(h.Proven, Proof{Copy: word, Seal: word, Member: m.Name})
	}
	if _, err := h.record().Marshal(); errors.Is(err, format.ErrRecordSize) {
		return key.ErrMembers
	}
	return nil
}

// shared gives the holder its share files, and returns the shares that have none.
func (h NewHolder) shared(shares []key.Share, to []age.Recipient) (NewHolder, []key.Share, error) {
	var paper []key.Share
	for i, share := range shares {
		if to[i] == nil {
			paper = append(paper, share)
			continue
		}
		file, err := share.Encrypt(to[i])
		if err != nil {
			return NewHolder{}, nil, err
		}
		h.own = append(h.own, ownFile{"share-" + share.Member() + "-", file})
	}
	return h, paper, nil
}

// FoundShare is a share that was opened, and where it belongs.
type FoundShare struct {
	Holder string // the quorum's name
	Path   string
	key.Share
}

// Shares opens the share files of the pinned epoch, or without a pin of every
// epoch, that identities open. What does not open or is no share is passed over.
func (v *Vault) Shares(ids ...age.Identity) []FoundShare {
	var found []FoundShare
	for _, h := range v.Holders() {
		for _, path := range h.Shares {
			data, err := readFile(v.view.fsys, path, format.KindShare.Limit())
			if err != nil {
				continue
			}
			if share, err := key.DecryptShare(data, ids...); err == nil {
				found = append(found, FoundShare{h.Name, path, share})
			}
		}
	}
	return found
}
