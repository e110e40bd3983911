package scan

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// ecis are the character sets by the number that a symbol declares (AIM, Extended Channel
// Interpretations, part 3). UTF-8 and ASCII stay as they are.
var ecis = map[int]encoding.Encoding{
	0: charmap.CodePage437, 1: charmap.ISO8859_1, 2: charmap.CodePage437, 3: charmap.ISO8859_1,
	4: charmap.ISO8859_2, 5: charmap.ISO8859_3, 6: charmap.ISO8859_4, 7: charmap.ISO8859_5,
	8: charmap.ISO8859_6, 9: charmap.ISO8859_7, 10: charmap.ISO8859_8, 11: charmap.ISO8859_9,
	12: charmap.ISO8859_10, 13: charmap.Windows874, 15: charmap.ISO8859_13, 16: charmap.ISO8859_14,
	17: charmap.ISO8859_15, 18: charmap.ISO8859_16, 20: japanese.ShiftJIS,
	21: charmap.Windows1250, 22: charmap.Windows1251, 23: charmap.Windows1252, 24: charmap.Windows1256,
	25: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 28: traditionalchinese.Big5,
	29: simplifiedchinese.GBK, 30: korean.EUCKR, 31: simplifiedchinese.GBK, 32: simplifiedchinese.GB18030,
	33: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
}

// textOf returns what segments say, in UTF-8. Bytes that declare nothing are UTF-8 if they are
// that, else Shift JIS if they are that, else ISO 8859-1, the standard's default; all such bytes of a
// text are read alike, while kanji, digits and declared bytes beside them stand for themselves.
func textOf(segments []segment) string {
	var loose []byte
	for _, s := range segments {
		if s.is == undeclared {
			loose = append(loose, s.bytes...)
		}
	}
	var as encoding.Encoding // nil leaves bytes as they are
	switch {
	case utf8.Valid(loose):
	case isShiftJIS(loose):
		as = japanese.ShiftJIS
	default:
		as = charmap.ISO8859_1
	}
	var text strings.Builder
	for _, s := range segments {
		switch s.is {
		case undeclared:
			text.WriteString(converted(s.bytes, as))
		case shiftJIS:
			text.WriteString(converted(s.bytes, japanese.ShiftJIS))
		case gb2312:
			text.WriteString(converted(s.bytes, simplifiedchinese.GBK))
		case declared:
			text.WriteString(converted(s.bytes, asDeclared(s)))
		default:
			text.Write(s.bytes)
		}
	}
	return text.String()
}

// asDeclared returns the character set of a declared segment. What declares to be UTF-8, ASCII,
// bytes without one, or a set that is not known here, and is not UTF-8, is the standard's default.
func asDeclared(s segment) encoding.Encoding {
	if as := ecis[s.number]; as != nil {
		return as
	}
	if utf8.Valid(s.bytes) {
		return nil
	}
	return charmap.ISO8859_1
}

func converted(bytes []byte, from encoding.Encoding) string {
	if from == nil {
		return string(bytes)
	}
	text, err := from.NewDecoder().Bytes(bytes)
	if err != nil || !utf8.Valid(text) {
		return strings.ToValidUTF8(string(bytes), "\ufffd")
	}
	return string(text)
}

// isShiftJIS reports whether bytes are Japanese in Shift JIS. That nothing in them is invalid does not
// say it: many words with accents in ISO 8859-1 pass. But its kana and common kanji begin with bytes that
// are control characters there, and its other characters come several in a row.
func isShiftJIS(bytes []byte) bool {
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(bytes)
	if err != nil || strings.ContainsFunc(string(text), notJapanese) {
		return false
	}
	longest, run := 0, 0
	for _, r := range string(text) {
		if run++; r < 0x80 {
			run = 0
		}
		longest = max(longest, run)
	}
	for _, b := range bytes {
		if b >= 0x80 && b <= 0x9f {
			return true
		}
	}
	return longest >= 3
}

// notJapanese reports whether a character is one that Shift JIS text does not have: the
// decoder's sign for invalid bytes, one for private use, or a control character.
func notJapanese(r rune) bool {
	return r == utf8.RuneError || r >= 0xe000 && r <= 0xf8ff || r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r < 0xa0
}
