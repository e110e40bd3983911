package format

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"seedvault/escrow/internal/sshsig"
)

// Descriptor is vault.txt: what identifies one epoch, in clear. It holds the
// hash of the vault recipient and not the recipient, so that who holds only the
// copies can neither swap it nor encrypt to it.
type Descriptor struct {
	Epoch        int
	Signer       string // "ssh-ed25519 AAAA...", or a key of another type
	Unverified   bool   // the signer is of a type that this program cannot verify
	RecipientSum [32]byte
	Previous     Fingerprint // zero for the first epoch
	Extra        []string    // x- lines, kept and not understood
}

// Version is the version that this package writes and the only one that
// it reads.
const Version = 1

// NewerError reports that a newer seedvault wrote what was met. Nothing but
// reading, and where the format allows it depositing, goes on.
type NewerError struct {
	Path    string
	Version int // of the format; 0 for a seal with a word that is not known here
}

// Error says that a newer program wrote the file, which is not damaged.
func (e *NewerError) Error() string {
	if e.Version == 0 {
		return fmt.Sprintf("failed to read all of %s: a newer seedvault wrote it", e.Path)
	}
	return fmt.Sprintf("failed to read %s: format %d, written by a newer seedvault (this one knows format %d)", e.Path, e.Version, Version)
}

// ErrDescriptor is returned for a vault.txt that does not have its form.
var ErrDescriptor = errors.New("invalid vault.txt")

// Marshal gives the file's bytes, of [Version] 1: the only ones that [ParseDescriptor]
// accepts for what the descriptor says.
func (d Descriptor) Marshal() []byte {
	previous := "-"
	if !d.Previous.IsZero() {
		previous = d.Previous.Hex()
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "seedvault %d\nepoch %d\nsigner %s\nrecipient-sha256 %x\nprevious %s\n",
		Version, d.Epoch, d.Signer, d.RecipientSum, previous)
	for _, line := range d.Extra {
		b.WriteString(line + "\n")
	}
	return b.Bytes()
}

// ParseDescriptor reads vault.txt. The first line alone decides the version, so
// that a newer format can be named whatever follows it: that is a [*NewerError], and
// any other error [ErrDescriptor].
func ParseDescriptor(data []byte) (Descriptor, error) {
	var d Descriptor
	lines := strings.Split(string(data), "\n")
	if v, ok := strings.CutPrefix(lines[0], "seedvault "); ok {
		if n, err := strconv.Atoi(v); err == nil && n > Version && n <= MaxNumber && strconv.Itoa(n) == v {
			return d, &NewerError{Path: "vault.txt", Version: n}
		}
	}
	if len(lines) < 6 || lines[0] != "seedvault 1" || !utf8.Valid(data) {
		return d, ErrDescriptor
	}
	if err := d.parseLines(lines[1:5]); err != nil {
		return d, err
	}
	for _, line := range lines[5 : len(lines)-1] {
		if !isExtraLine(line) {
			return d, ErrDescriptor
		}
		d.Extra = append(d.Extra, line)
	}
	if !bytes.Equal(d.Marshal(), data) {
		return Descriptor{}, ErrDescriptor
	}
	return d, nil
}

func (d *Descriptor) parseLines(lines []string) error {
	values := make([]string, 4)
	for i, key := range []string{"epoch ", "signer ", "recipient-sha256 ", "previous "} {
		v, ok := strings.CutPrefix(lines[i], key)
		if !ok {
			return ErrDescriptor
		}
		values[i] = v
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || n < 1 || n > MaxNumber {
		return ErrDescriptor
	}
	if _, err := sshsig.ParsePublicKey(values[1]); err != nil {
		if !isOtherKey(values[1]) {
			return ErrDescriptor
		}
		d.Unverified = true
	}
	sum, ok := parseSum(values[2])
	if !ok {
		return ErrDescriptor
	}
	d.Epoch, d.Signer, d.RecipientSum = n, values[1], sum
	if values[3] != "-" {
		if d.Previous, err = ParseFingerprint(values[3]); err != nil || d.Previous.IsZero() {
			return ErrDescriptor
		}
	}
	return nil
}

// isOtherKey reports whether a text has the form of an OpenSSH public key of another type
// than ssh-ed25519. Since this program cannot verify with it, nothing more is asked.
func isOtherKey(text string) bool {
	return isPublicKey(text) && !strings.HasPrefix(text, "ssh-ed25519 ")
}
