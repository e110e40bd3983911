// Package page is open-1.html, the page that opens a vault in any browser, and the text of a
// kit: the same page with a vault's files inside. The kit as a file that copies are written to is
// package kit.
//
// Start with [Page], whose text lies at a vault's root under [Name]; [Kit] puts a
// vault's files into it, and [ReadKit] takes them out of any kit as data, without
// running anything. [Hash] and [Version] tell a released page from a changed one.
//
// Whoever can write to a page can make it tell them the passphrase: what it does then
// no policy inside it prevents. So a page is worth something only where its hash was
// compared. Of a kit that is the hash of its page alone: of what is left of the file when the
// vault's files are cut out of it.
//
// The page is built of src, page.html and page.css by the program in build, which CI
// runs again and compares. The package opens no vault and knows no formats but the
// kit's own.
package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
)

//go:embed open-1.html
var current []byte

// Current is the number of the page that this program carries.
const Current = 1

// released are the SHA-256 of every page that was released, by number: one content
// for each. The one that this program carries is added to it.
var released map[int]string

// Page returns the text of the page that this program carries, the same bytes each
// time.
func Page() []byte { return append([]byte(nil), current...) }

// Name returns what a page of that number is called in a vault's folder.
func Name(version int) string { return fmt.Sprintf("open-%d.html", version) }

// Hash returns the SHA-256 of the page that this program carries, in lower-case hex:
// what a sheet shows of it.
func Hash() string { return sum(current) }

// Version returns the number of the released page with that SHA-256 in hex, or 0 if
// there is none.
func Version(hash string) int {
	if hash == Hash() {
		return Current
	}
	for version, known := range released {
		if hash == known {
			return version
		}
	}
	return 0
}

// Sums returns the SHA-256 of every released page, by the name that it has in a vault.
func Sums() map[string][32]byte {
	sums := map[string][32]byte{Name(Current): sha256.Sum256(current)}
	for version, known := range released {
		sum, err := hex.DecodeString(known)
		if err == nil && len(sum) == sha256.Size {
			sums[Name(version)] = [32]byte(sum)
		}
	}
	return sums
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
