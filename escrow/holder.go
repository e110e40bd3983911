package escrow

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// NewHolder is a holder that is about to be written into a vault. Its methods
// print no secret; a passphrase is not kept in it.
type NewHolder struct {
	holder roster.Holder
	to     age.Recipient
	own    []ownFile
	kept   *format.Record         // a roster record whose lines stay, known or not; nil for a new holder
	sheet  func(Pin) roster.Sheet // the sheet that is printed, nil for none
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
func (h NewHolder) Holder() roster.Holder { return h.holder }

// KeptAt returns the holder with the place where its secret is kept.
func (h NewHolder) KeptAt(place string) NewHolder { h.holder.Kept = place; return h }

// KnownTo returns the holder with the people who know its secret or can reach it.
func (h NewHolder) KnownTo(people ...string) NewHolder { h.holder.Who = people; return h }

// OnSheet returns the holder with the note that a sheet of it is printed that names
// these copies.
func (h NewHolder) OnSheet(at time.Time, copies []roster.Copy) NewHolder {
	h.sheet = func(pin Pin) roster.Sheet { return roster.NewSheet(at, pin.Fingerprint, pin.Recipient, copies) }
	return h
}

// KeyHolder makes a holder of a recipient that somebody keeps the identity of.
func KeyHolder(name, recipientText string) (NewHolder, error) {
	r, text, err := key.ParseRecipient(recipientText)
	if err != nil {
		return NewHolder{}, err
	}
	return newHolder(name, roster.KindKey, r, text)
}

// PassphraseHolder makes a holder that a passphrase opens. It runs scrypt once,
// at work factor 18. A passphrase of fewer than 16 characters is
// [key.ErrPassphraseShort].
func PassphraseHolder(name, passphrase string, postQuantum bool) (NewHolder, error) {
	if err := key.CheckPassphrase(passphrase); err != nil {
		return NewHolder{}, err
	}
	h, pair, err := generatedHolder(name, roster.KindPassphrase, postQuantum)
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
	h, pair, err := generatedHolder(name, roster.KindPaper, postQuantum)
	if err != nil {
		return NewHolder{}, "", err
	}
	return h, pair.Secret(), nil
}

// DeviceHolder makes a holder with a new key that will lie on this PC. The
// identity it returns is the secret itself, for the caller to keep.
func DeviceHolder(name string, postQuantum bool) (h NewHolder, identity string, err error) {
	h, pair, err := generatedHolder(name, roster.KindKey, postQuantum)
	if err != nil {
		return NewHolder{}, "", err
	}
	return h.KeptAt(roster.KeptThisPC), pair.Secret(), nil
}

func generatedHolder(name string, kind roster.Kind, postQuantum bool) (NewHolder, *key.Pair, error) {
	pair, err := key.Generate(postQuantum)
	if err != nil {
		return NewHolder{}, nil, err
	}
	h, err := newHolder(name, kind, pair.Recipient(), pair.Public())
	return h, pair, err
}

func newHolder(name string, kind roster.Kind, to age.Recipient, text string) (NewHolder, error) {
	if err := CheckName(name); err != nil {
		return NewHolder{}, err
	}
	return NewHolder{holder: roster.Holder{ID: format.NewID(), Name: name, Kind: kind, Recipient: text}, to: to}, nil
}

// PluginHolder makes a holder of an age plugin's recipient, as [KeyHolder] does of
// the others, with [key.PluginRecipient]'s warning.
func PluginHolder(name, recipientText string, ask key.Asker) (NewHolder, error) {
	r, text, err := key.PluginRecipient(recipientText, ask)
	if err != nil {
		return NewHolder{}, err
	}
	return newHolder(name, roster.KindKey, r, text)
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
	h, pair, err := generatedHolder(name, roster.KindQuorum, postQuantum)
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
	if err := h.holder.CheckRoom(); err != nil {
		return NewHolder{}, nil, err
	}
	shares, err := key.Split(h.holder.ID, pair, m, canonical)
	if err != nil {
		return NewHolder{}, nil, err
	}
	return h.shared(shares, to)
}

// shared gives the holder its share files, and returns the shares that have none.
func (h NewHolder) shared(shares []key.Share, to []age.Recipient) (NewHolder, []key.Share, error) {
	var paper []key.Share
	for i, share := range shares {
		if to[i] == nil {
			paper = append(paper, share)
			continue
		}
		file, err := share.EncryptForVault(to[i])
		if err != nil {
			return NewHolder{}, nil, err
		}
		h.own = append(h.own, ownFile{"share-" + share.Member() + "-", file})
	}
	return h, paper, nil
}

// placed is a file on its way into an epoch's folder.
type placed struct {
	rel  string
	data []byte
}

// files gives all that a holder is in an epoch: its slot, what its secret key
// comes out of, and the record, which names these and so comes last.
func (h NewHolder) files(key *vaultkey.Key, pin Pin) ([]placed, error) {
	slot, err := encryptSlot(h.to, key)
	if err != nil {
		return nil, err
	}
	holder, dir := h.holder, "holders/"+h.holder.Name+"/"
	holder.Files = nil
	var files []placed
	for _, f := range append([]ownFile{{"slot-", slot}}, h.own...) {
		hash := format.Hash(format.Sum(f.data))
		files = append(files, placed{dir + f.prefix + hash + ".age", f.data})
		holder.Files = append(holder.Files, hash)
	}
	if h.sheet != nil {
		holder.Sheets = append(slices.Clone(holder.Sheets), h.sheet(pin))
	}
	plain, err := roster.DropOldProofs(holder.RecordOn(h.kept)).Marshal()
	if err != nil {
		return nil, err
	}
	record, err := key.Encrypt(plain)
	if err != nil {
		return nil, err
	}
	return append(files, placed{"roster/" + format.Hash(format.Sum(record)) + ".age", record}), nil
}

// encryptSlot encrypts the vault identity, as an identity file, to a holder.
func encryptSlot(to age.Recipient, k *vaultkey.Key) ([]byte, error) {
	return key.Encrypt(to, []byte(k.Secret()+"\n"))
}
