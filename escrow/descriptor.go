package escrow

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"seedvault/escrow/internal/sshsig"
)

// descriptor is vault.txt: what identifies one epoch, in clear. It holds the
// hash of the vault recipient and not the recipient, so that who holds only the
// copies can neither swap it nor encrypt to it.
type descriptor struct {
	epoch        int
	signer       string // "ssh-ed25519 AAAA..."
	recipientSum [32]byte
	previous     Fingerprint // zero for the first epoch
	extra        []string    // x- lines, kept and not understood
}

// formatVersion is the version that this package writes and the only one that
// it reads.
const formatVersion = 1

// NewerError says that a newer seedvault wrote what was met. Nothing but
// reading, and where the format allows it depositing, goes on.
type NewerError struct {
	Path    string
	Version int // of the format; 0 for a seal with a word that is not known here
}

// Error says what to do: this program is too old, nothing is wrong.
func (e *NewerError) Error() string {
	if e.Version == 0 {
		return fmt.Sprintf("failed to read all of %s: a newer seedvault wrote it", e.Path)
	}
	return fmt.Sprintf("failed to read %s: format %d, written by a newer seedvault (this one knows format %d)", e.Path, e.Version, formatVersion)
}

var errDescriptor = errors.New("invalid vault.txt")

var extraLine = regexp.MustCompile(`^x-[a-z0-9-]+ [^\x00-\x1f\x7f]*$`)

// marshal gives the file's bytes; parseDescriptor accepts nothing else.
func (d descriptor) marshal() []byte {
	previous := "-"
	if !d.previous.IsZero() {
		previous = d.previous.Hex()
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "seedvault %d\nepoch %d\nsigner %s\nrecipient-sha256 %x\nprevious %s\n",
		formatVersion, d.epoch, d.signer, d.recipientSum, previous)
	for _, line := range d.extra {
		b.WriteString(line + "\n")
	}
	return b.Bytes()
}

// parseDescriptor reads vault.txt. The first line alone decides the version, so
// that a newer format can be named whatever follows it.
func parseDescriptor(data []byte) (descriptor, error) {
	var d descriptor
	lines := strings.Split(string(data), "\n")
	if v, ok := strings.CutPrefix(lines[0], "seedvault "); ok {
		if n, err := strconv.Atoi(v); err == nil && n > formatVersion && strconv.Itoa(n) == v {
			return d, &NewerError{Path: "vault.txt", Version: n}
		}
	}
	if len(lines) < 6 || lines[0] != "seedvault 1" {
		return d, errDescriptor
	}
	if err := d.parseLines(lines[1:5]); err != nil {
		return d, err
	}
	for _, line := range lines[5 : len(lines)-1] {
		if !extraLine.MatchString(line) {
			return d, errDescriptor
		}
		d.extra = append(d.extra, line)
	}
	if !bytes.Equal(d.marshal(), data) {
		return descriptor{}, errDescriptor
	}
	return d, nil
}

func (d *descriptor) parseLines(lines []string) error {
	values := make([]string, 4)
	for i, key := range []string{"epoch ", "signer ", "recipient-sha256 ", "previous "} {
		v, ok := strings.CutPrefix(lines[i], key)
		if !ok {
			return errDescriptor
		}
		values[i] = v
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || n < 1 || n > 999_999_999 {
		return errDescriptor
	}
	if _, err := sshsig.ParsePublicKey(values[1]); err != nil {
		return errDescriptor
	}
	sum, ok := parseSum(values[2])
	if !ok {
		return errDescriptor
	}
	d.epoch, d.signer, d.recipientSum = n, values[1], sum
	if values[3] != "-" {
		if d.previous, err = ParseFingerprint(values[3]); err != nil || d.previous.IsZero() {
			return errDescriptor
		}
	}
	return nil
}
