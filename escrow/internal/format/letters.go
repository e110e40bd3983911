package format

import "strings"

// The letters that names and lines are made of. They are looked at one by one, for
// each of ten thousand names: a regular expression takes ten times as long, and has to
// be made before the program begins.

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isHashLetter(c byte) bool { return isLower(c) || c >= '2' && c <= '7' }
func isHexDigit(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' }
func isNameLetter(c byte) bool { return isLower(c) || isDigit(c) || c == '-' }
func isTimeLetter(c byte) bool { return isDigit(c) || c == 'T' || c == 'Z' || c == ':' || c == '-' }
func isKeyType(c byte) bool    { return isNameLetter(c) || c == '@' || c == '.' }
func isBase64(c byte) bool {
	return isLower(c) || isUpper(c) || isDigit(c) || c == '+' || c == '/'
}
func isPrintable(c byte) bool { return c > 0x1f && c != 0x7f }

// consists reports whether a text has from least to most bytes, all of one kind.
func consists(s string, least, most int, kind func(byte) bool) bool {
	if len(s) < least || len(s) > most {
		return false
	}
	for i := range len(s) {
		if !kind(s[i]) {
			return false
		}
	}
	return true
}

// isWord reports whether a text is a WORD: a keyword of seals, or another one that the
// format knows or may know some day.
func isWord(s string) bool { return consists(s, 1, 32, isNameLetter) && isLower(s[0]) }

// isCount reports whether a text is a number from 1 to 999,999,999 as the format writes
// it.
func isCount(s string) bool { return consists(s, 1, 9, isDigit) && s[0] != '0' }

// isRecordKey reports whether a text may be the key of a record's line.
func isRecordKey(s string) bool { return consists(s, 1, len(s), isNameLetter) }

// isNumbered takes a folder's name apart at its first hyphen, and reports whether it is of a
// number and so many hexadecimal digits.
func isNumbered(name string, digits int) (number, hex string, ok bool) {
	number, hex, _ = strings.Cut(name, "-")
	return number, hex, isCount(number) && consists(hex, digits, digits, isHexDigit)
}

// isExtraLine reports whether a line is `x-WORD VALUE`, as vault.txt may have it.
func isExtraLine(line string) bool {
	word, value, ok := strings.Cut(strings.TrimPrefix(line, "x-"), " ")
	return ok && strings.HasPrefix(line, "x-") && isWord(word) && consists(value, 0, len(value), isPrintable)
}

// isKeywordLine reports whether a line is `# KEYWORD` or `# KEYWORD VALUE`, as a seal has
// it.
func isKeywordLine(line string) bool {
	text, ok := strings.CutPrefix(line, "# ")
	word, value, _ := strings.Cut(text, " ")
	return ok && (isWord(word) || isWord(strings.TrimPrefix(word, "x-"))) && consists(value, 0, len(value), isPrintable)
}

// sealTitle takes a seal's first line apart. Its parts have the right letters then, and need
// not be a number, a time or a name yet.
func sealTitle(line string) (number, epoch, time, by string, ok bool) {
	f := strings.Split(line, " ")
	if len(f) != 9 {
		return
	}
	number, epoch, time, by = f[3], f[5], f[6], f[8]
	f[3], f[5], f[6], f[8] = "", "", "", ""
	return number, epoch, time, by, strings.Join(f, " ") == "# seedvault seal  epoch   by " &&
		consists(number, 4, 9, isDigit) && isCount(epoch) && consists(time, 20, 20, isTimeLetter) && consists(by, 1, 32, isNameLetter)
}

// isPublicKey reports whether a text has the form of an OpenSSH public key.
func isPublicKey(text string) bool {
	kind, key, ok := strings.Cut(text, " ")
	body := strings.TrimRight(key, "=")
	return ok && consists(kind, 1, len(kind), isKeyType) && consists(body, 1, len(body), isBase64) && len(key)-len(body) <= 2
}
