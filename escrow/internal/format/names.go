package format

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"seedvault/escrow/internal/holdername"
)

// ErrName is returned for a holder's name that does not have the form of one.
var ErrName = holdername.Err

// IsTemp reports whether a file or folder of that name, without those above it, is an
// unfinished one.
func IsTemp(base string) bool { return strings.HasPrefix(base, ".tmp-") }

// CheckName returns [ErrName] unless name may be a holder's or a member's name.
// The rule keeps a name one and the same folder on every file system.
func CheckName(name string) error { return holdername.Check(name) }

// IsHash reports whether a text has the form of HASH.
func IsHash(s string) bool { return consists(s, 32, 32, isHashLetter) }

// IsOlderFormat reports whether a folder's name is that of an epoch that was
// written before this format.
func IsOlderFormat(name string) bool {
	_, _, ok := isNumbered(name, 8)
	return ok
}

// ParseEpochFolder takes an epoch's folder name, such as 1-9f86d081884c7d65, apart.
func ParseEpochFolder(name string) (number int, fp16 string, ok bool) {
	count, fp16, ok := isNumbered(name, 16)
	if !ok {
		return 0, "", false
	}
	number, err := strconv.Atoi(count)
	return number, fp16, err == nil
}

// EpochFolder is the name of an epoch's folder.
func EpochFolder(number int, fp Fingerprint) string {
	return fmt.Sprintf("%d-%s", number, fp.Short())
}

// Kind is what a file is by its place and name.
type Kind int

// The kinds of files. KindUnknown is what the format has no place for.
const (
	KindUnknown Kind = iota
	KindTemp
	KindDescriptor
	KindDescriptorSig
	KindEpochSig // vault.txt.sig-FOLDER
	KindOldKeys
	KindOlderList
	KindSlot
	KindKey
	KindShare
	KindHolderOther // WORD-HASH.age, reserved
	KindRecord      // of the roster
	KindSeed
	KindSeal
	KindSealSig
	KindOtherSig // .sig-WORD beside a seal or vault.txt, reserved
)

// Limit is how many bytes of a file of this kind are read: more is damage. For what a seal
// lists see [LimitOf].
func (k Kind) Limit() int64 {
	switch k {
	case KindSeal, KindOlderList:
		return 16 << 20
	default:
		return 64 << 10
	}
}

// IsText reports whether line ends are undone in files of this kind before anything is made
// of them: a tool may have changed them (F9).
func (k Kind) IsText() bool {
	switch k {
	case KindDescriptor, KindDescriptorSig, KindEpochSig, KindOlderList, KindSeal, KindSealSig:
		return true
	}
	return false
}

// UndoCRLF turns the line ends that a tool has changed back into LF, and reports whether
// there were any.
func UndoCRLF(data []byte) ([]byte, bool) {
	if !bytes.Contains(data, []byte("\r\n")) {
		return data, false
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), true
}

// PlaceKind says what every file of a folder inside an epoch's is taken for, whatever its
// name has become: sync tools rename what they cannot merge. It is KindUnknown for a
// folder in which names count.
func PlaceKind(dir string) Kind {
	switch {
	case dir == "seeds":
		return KindSeed
	case dir == "roster":
		return KindRecord
	}
	return KindUnknown
}

// OddKind is what a file may be whose name [Classify] does not know: in seeds and roster
// anything, of a holder's files what begins like a slot's or a key's. Sync tools put
// their marks after the stem, behind the whole name, or before it.
func OddKind(dir, base string) Kind {
	if k := PlaceKind(dir); k != KindUnknown {
		return k
	}
	if strings.HasPrefix(dir, "holders/") {
		switch {
		case strings.HasPrefix(base, "slot-"):
			return KindSlot
		case strings.HasPrefix(base, "key-"):
			return KindKey
		}
	}
	return KindUnknown
}

// ReadmeName is the file beside the epochs that says how to open the vault by hand.
const ReadmeName = "README.txt"

// ReadsAsLF reports whether CR LF is read as LF in the file at a path of the vault (F9).
// Anything else is what its bytes are: a page with other line ends is not the one that was
// released.
func ReadsAsLF(p string) bool {
	folder, rel, _ := strings.Cut(p, "/")
	_, _, inEpoch := ParseEpochFolder(folder)
	kind, _ := Classify(rel)
	return inEpoch && kind.IsText() || p == ReadmeName
}

// LimitOf is how many bytes of a file that a seal lists are read, by its name alone (F8): a
// path may be one that the format has no place for.
func LimitOf(p string) int64 {
	base := path.Base(p)
	if strings.HasSuffix(base, ".age") || strings.HasSuffix(base, ".sig") || strings.Contains(base, ".sig-") || base == "vault.txt" && base != p {
		return KindSlot.Limit()
	}
	return KindSeal.Limit()
}

// Classify tells what the file at a path inside an epoch's folder is, and the
// HASH that its name claims ("" where the name holds none).
func Classify(rel string) (kind Kind, hash string) {
	dir, base := path.Split(rel)
	dir = strings.TrimSuffix(dir, "/")
	if IsTemp(base) {
		return KindTemp, ""
	}
	switch {
	case rel == "vault.txt":
		return KindDescriptor, ""
	case rel == "vault.txt.sig":
		return KindDescriptorSig, ""
	case strings.HasPrefix(rel, "vault.txt.sig-"):
		return classifyOtherSig(strings.TrimPrefix(rel, "vault.txt.sig-")), ""
	case rel == "old.age":
		return KindOldKeys, ""
	case dir == "seeds":
		return named(base, "", ".age", KindSeed)
	case dir == "roster":
		return named(base, "", ".age", KindRecord)
	case dir == "older":
		return named(base, "", ".txt", KindOlderList)
	case dir == "seals":
		return classifySeal(base)
	case strings.HasPrefix(dir, "holders/") && CheckName(strings.TrimPrefix(dir, "holders/")) == nil:
		return classifyHolderFile(base)
	}
	return KindUnknown, ""
}

// classifyOtherSig tells what vault.txt.sig-BY is.
func classifyOtherSig(by string) Kind {
	if _, _, ok := ParseEpochFolder(by); ok {
		return KindEpochSig
	}
	if isWord(by) {
		return KindOtherSig
	}
	return KindUnknown
}

func classifySeal(base string) (Kind, string) {
	if text, by, ok := strings.Cut(base, ".sig-"); ok {
		if _, hash, ok := ParseSealName(text); ok && isWord(by) {
			return KindOtherSig, hash
		}
		return KindUnknown, ""
	}
	if text, ok := strings.CutSuffix(base, ".sig"); ok {
		if _, hash, ok := ParseSealName(text); ok {
			return KindSealSig, hash
		}
	} else if _, hash, ok := ParseSealName(base); ok {
		return KindSeal, hash
	}
	return KindUnknown, ""
}

func classifyHolderFile(base string) (Kind, string) {
	if k, h := named(base, "slot-", ".age", KindSlot); k != KindUnknown {
		return k, h
	}
	if k, h := named(base, "key-", ".age", KindKey); k != KindUnknown {
		return k, h
	}
	if rest, ok := strings.CutPrefix(base, "share-"); ok && len(rest) > hashLen+5 {
		member, tail := rest[:len(rest)-hashLen-5], rest[len(rest)-hashLen-5:]
		if CheckName(member) == nil {
			return named(tail, "-", ".age", KindShare)
		}
	}
	if stem, ok := strings.CutSuffix(base, ".age"); ok && len(stem) > hashLen+1 {
		by, tail := stem[:len(stem)-hashLen-1], stem[len(stem)-hashLen-1:]
		if isWord(by) && !reservedWord[by] {
			return named(tail+".age", "-", ".age", KindHolderOther)
		}
	}
	return KindUnknown, ""
}

// reservedWord are the words with which the format's own names of a holder's files begin.
var reservedWord = map[string]bool{"slot": true, "key": true, "share": true}

func named(base, prefix, suffix string, k Kind) (Kind, string) {
	hash, ok := strings.CutPrefix(base, prefix)
	if !ok {
		return KindUnknown, ""
	}
	if hash, ok = strings.CutSuffix(hash, suffix); !ok || !IsHash(hash) {
		return KindUnknown, ""
	}
	return k, hash
}

// HolderFile takes the kind and the HASH out of the path of a holder's file, from the
// vault's folder on. ok is false for any other path.
func HolderFile(p string) (kind Kind, hash string, ok bool) {
	_, rel, _ := strings.Cut(p, "/")
	if !strings.HasPrefix(rel, "holders/") {
		return KindUnknown, "", false
	}
	kind, hash = Classify(rel)
	return kind, hash, hash != ""
}

// IsFolder reports whether a path inside an epoch's folder is that of a folder that the
// format has a place for.
func IsFolder(rel string) bool {
	if name, ok := strings.CutPrefix(rel, "holders/"); ok {
		return CheckName(name) == nil
	}
	return slices.Contains([]string{"holders", "roster", "seeds", "seals", "older"}, rel)
}

// ParseSealName reads NNNN-HASH.txt, the name of a seal's text.
func ParseSealName(base string) (number int, hash string, ok bool) {
	stem, ok := strings.CutSuffix(base, ".txt")
	if !ok || len(stem) < hashLen+5 || stem[len(stem)-hashLen-1] != '-' {
		return 0, "", false
	}
	digits, hash := stem[:len(stem)-hashLen-1], stem[len(stem)-hashLen:]
	number, ok = parseSealNumber(digits)
	return number, hash, ok && IsHash(hash)
}

// MaxNumber is the highest number of an epoch and of a seal: nine digits.
const MaxNumber = 999_999_999

// parseSealNumber reads four or more digits, without a zero that is not needed
// to make four.
func parseSealNumber(digits string) (int, bool) {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > MaxNumber || fmt.Sprintf("%04d", n) != digits {
		return 0, false
	}
	return n, true
}

// SealName is how a person is shown a seal: NNNN-HASH8.
func SealName(number int, hash string) string {
	return fmt.Sprintf("%04d-%s", number, hash[:min(8, len(hash))])
}

// SealFile is the name of a seal's text.
func SealFile(number int, hash string) string { return fmt.Sprintf("%04d-%s.txt", number, hash) }
