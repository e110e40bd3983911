package escrow

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"seedvault/escrow/internal/holdername"
)

// hashLen is the length of HASH, the name of a file by its content: the first
// 160 bits of its SHA-256, in lower-case base32, which every file system keeps.
const hashLen = 32

// hashName returns HASH for a file's SHA-256.
func hashName(sum [32]byte) string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:20]))
}

var (
	hashPattern = regexp.MustCompile(`^[a-z2-7]{32}$`)
	epochFolder = regexp.MustCompile(`^([1-9][0-9]{0,8})-([0-9a-f]{8})$`)
)

// ErrName is returned for a holder's name that does not have the form of one.
var ErrName = holdername.Err

// CheckName returns [ErrName] unless name may be a holder's or a member's name.
// The rule keeps a name one and the same folder on every file system.
func CheckName(name string) error { return holdername.Check(name) }

// parseEpochFolder takes an epoch's folder name, such as 1-9f86d081, apart.
func parseEpochFolder(name string) (number int, fp8 string, ok bool) {
	m := epochFolder.FindStringSubmatch(name)
	if m == nil {
		return 0, "", false
	}
	n, err := strconv.Atoi(m[1])
	return n, m[2], err == nil
}

func epochFolderName(number int, fp Fingerprint) string {
	return fmt.Sprintf("%d-%s", number, fp.Short())
}

// fileKind is what a file is by its place and name.
type fileKind int

const (
	kindUnknown fileKind = iota
	kindTemp
	kindDescriptor
	kindDescriptorSig
	kindOldKeys
	kindOlderList
	kindSlot
	kindKey
	kindShare
	kindRecord // of the roster
	kindSeed
	kindSeal
	kindSealSig
)

// limit is how many bytes of a file of this kind are read: more is damage.
func (k fileKind) limit() int64 {
	switch k {
	case kindSeal, kindOlderList:
		return 16 << 20
	default:
		return 64 << 10
	}
}

// isText says that the bytes may have passed through a conversion of line ends.
func (k fileKind) isText() bool {
	return k == kindDescriptor || k == kindDescriptorSig || k == kindOlderList || k == kindSeal || k == kindSealSig
}

// placeKind says what every file of a folder is taken for, whatever its name has
// become: sync tools rename what they cannot merge.
func placeKind(dir string) fileKind {
	switch {
	case dir == "seeds":
		return kindSeed
	case dir == "roster":
		return kindRecord
	}
	return kindUnknown
}

// classify tells what the file at a path inside an epoch's folder is, and the
// HASH that its name claims ("" where the name holds none).
func classify(rel string) (kind fileKind, hash string) {
	dir, base := path.Split(rel)
	dir = strings.TrimSuffix(dir, "/")
	if isTemp(base) {
		return kindTemp, ""
	}
	switch {
	case rel == "vault.txt":
		return kindDescriptor, ""
	case rel == "vault.txt.sig":
		return kindDescriptorSig, ""
	case rel == "old.age":
		return kindOldKeys, ""
	case dir == "seeds":
		return named(base, "", ".age", kindSeed)
	case dir == "roster":
		return named(base, "", ".age", kindRecord)
	case dir == "older":
		return named(base, "", ".txt", kindOlderList)
	case dir == "seals":
		return classifySeal(base)
	case strings.HasPrefix(dir, "holders/") && CheckName(strings.TrimPrefix(dir, "holders/")) == nil:
		return classifyHolderFile(base)
	}
	return kindUnknown, ""
}

func classifySeal(base string) (fileKind, string) {
	if text, ok := strings.CutSuffix(base, ".sig"); ok {
		if _, hash, ok := parseSealName(text); ok {
			return kindSealSig, hash
		}
	} else if _, hash, ok := parseSealName(base); ok {
		return kindSeal, hash
	}
	return kindUnknown, ""
}

func classifyHolderFile(base string) (fileKind, string) {
	if k, h := named(base, "slot-", ".age", kindSlot); k != kindUnknown {
		return k, h
	}
	if k, h := named(base, "key-", ".age", kindKey); k != kindUnknown {
		return k, h
	}
	if rest, ok := strings.CutPrefix(base, "share-"); ok && len(rest) > hashLen+5 {
		member, tail := rest[:len(rest)-hashLen-5], rest[len(rest)-hashLen-5:]
		if CheckName(member) == nil {
			return named(tail, "-", ".age", kindShare)
		}
	}
	return kindUnknown, ""
}

func named(base, prefix, suffix string, k fileKind) (fileKind, string) {
	hash, ok := strings.CutPrefix(base, prefix)
	if !ok {
		return kindUnknown, ""
	}
	if hash, ok = strings.CutSuffix(hash, suffix); !ok || !hashPattern.MatchString(hash) {
		return kindUnknown, ""
	}
	return k, hash
}

// parseSealName reads NNNN-HASH.txt from the right.
func parseSealName(base string) (number int, hash string, ok bool) {
	stem, ok := strings.CutSuffix(base, ".txt")
	if !ok || len(stem) < hashLen+5 || stem[len(stem)-hashLen-1] != '-' {
		return 0, "", false
	}
	digits, hash := stem[:len(stem)-hashLen-1], stem[len(stem)-hashLen:]
	number, ok = parseSealNumber(digits)
	return number, hash, ok && hashPattern.MatchString(hash)
}

// maxNumber is the highest number of an epoch and of a seal: nine digits.
const maxNumber = 999_999_999

// parseSealNumber reads four or more digits, without a zero that is not needed
// to make four.
func parseSealNumber(digits string) (int, bool) {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > maxNumber || fmt.Sprintf("%04d", n) != digits {
		return 0, false
	}
	return n, true
}

func sealName(number int, sum [32]byte) string {
	return fmt.Sprintf("%04d-%s.txt", number, hashName(sum))
}

func sum256(data []byte) [32]byte { return sha256.Sum256(data) }
