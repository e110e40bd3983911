package scan

import (
	"bytes"
	"errors"
	"testing"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"seedvault/qr/internal/symbol"
)

// bitWriter makes the data of a symbol.
type bitWriter struct {
	data []byte
	n    int
}

func (w *bitWriter) put(v, bits int) *bitWriter {
	for i := bits - 1; i >= 0; i-- {
		if w.n%8 == 0 {
			w.data = append(w.data, 0)
		}
		w.data[w.n/8] |= byte(v>>i&1) << (7 - w.n%8)
		w.n++
	}
	return w
}

func (w *bitWriter) bytes(s string) *bitWriter {
	w.put(modeBytes, 4).put(len(s), 8)
	for i := range len(s) {
		w.put(int(s[i]), 8)
	}
	return w
}

func (w *bitWriter) kanji(t *testing.T, s string) *bitWriter {
	t.Helper()
	w.put(modeKanji, 4).put(len([]rune(s)), 8)
	for _, r := range s {
		c, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(string(r)))
		if err != nil || len(c) != 2 {
			t.Fatalf("%q is no kanji: %v", r, err)
		}
		v := int(c[0])<<8 | int(c[1])
		if v >= 0xe040 {
			v -= 0xc140
		} else {
			v -= 0x8140
		}
		w.put(v>>8*0xc0+v&0xff, 13)
	}
	return w
}

func sjis(t *testing.T, s string) string {
	t.Helper()
	b, err := japanese.ShiftJIS.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCharacterSets(t *testing.T) {
	new := func() *bitWriter { return &bitWriter{} }
	eci := func(number int) *bitWriter { return new().put(modeECI, 4).put(number, 8) }
	gb, err := simplifiedchinese.GBK.NewEncoder().String("中文")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		data *bitWriter
		want string
	}{
		"digits":                         {new().put(modeDigits, 4).put(8, 10).put(12, 10).put(345, 10).put(67, 7), "01234567"},
		"capitals":                       {new().put(modeCapitals, 4).put(5, 9).put(10*45+12, 11).put(41*45+14, 11).put(4, 6), "AC-E4"},
		"ASCII bytes":                    {new().bytes("otpauth://totp/a"), "otpauth://totp/a"},
		"UTF-8, undeclared":              {new().bytes("Zürich 例 日本語"), "Zürich 例 日本語"},
		"UTF-8, two letters":             {new().bytes("ü"), "ü"},
		"Latin-1, undeclared":            {new().bytes("Z\xfcrich"), "Zürich"},
		"Latin-1, accents in a row":      {new().bytes("No\xebl \xe9\xe8 na\xefve"), "Noël éè naïve"},
		"Latin-1 that Shift JIS allows":  {new().bytes("caf\xe9s \xe0 midi"), "cafés à midi"},
		"Shift JIS, undeclared":          {new().bytes(sjis(t, "秘密の種 otpauth")), "秘密の種 otpauth"},
		"Shift JIS, one kanji":           {new().bytes(sjis(t, "林")), "林"},
		"Shift JIS, half-width":          {new().bytes(sjis(t, "ｱｶｳﾝﾄ")), "ｱｶｳﾝﾄ"},
		"kanji":                          {new().kanji(t, "日本語漢字テスト"), "日本語漢字テスト"},
		"kanji beside UTF-8":             {new().kanji(t, "銀行").bytes(":太郎@example.jp"), "銀行:太郎@example.jp"},
		"kanji beside Shift JIS":         {new().bytes(sjis(t, "のｱ")).kanji(t, "銀行").bytes(sjis(t, "へ")), "のｱ銀行へ"},
		"kanji beside Latin-1":           {new().kanji(t, "銀").bytes("\xfcber"), "銀über"},
		"UTF-8 cut between two segments": {new().bytes("Z\xc3").bytes("\xbcrich"), "Zürich"},
		"declared UTF-8":                 {eci(26).bytes("Zürich"), "Zürich"},
		"declared Latin-1":               {eci(3).bytes("Z\xfcrich"), "Zürich"},
		"declared Latin-1, valid UTF-8":  {eci(3).bytes("Z\xc3\xbcrich"), "ZÃ¼rich"},
		"declared Shift JIS":             {eci(20).bytes(sjis(t, "日本語")), "日本語"},
		"declared Cyrillic":              {eci(22).bytes("\xcf\xf0\xe8\xe2\xe5\xf2"), "Привет"},
		"declared UTF-16":                {eci(25).bytes("\x65\xe5\x67\x2c"), "日本"},
		"declared GB 18030":              {eci(29).bytes(gb), "中文"},
		"declared in two bytes":          {new().put(modeECI, 4).put(0x8000|170, 16).bytes("plain"), "plain"},
		"not known":                      {eci(77).bytes("Zürich"), "Zürich"},
		"declared, then another":         {eci(3).bytes("\xfc").put(modeECI, 4).put(26, 8).bytes("ü"), "üü"},
		"hanzi":                          {new().put(modeHanzi, 4).put(1, 4).put(2, 8).put((0xd6-0xa6)*0x60+0xd0-0xa1, 13).put((0xce-0xa6)*0x60+0xc4-0xa1, 13), "中文"},
		"FNC1":                           {new().put(modeFirstFNC1, 4).put(modeCapitals, 4).put(4, 9).put(10*45+38, 11).put(38*45+38, 11), "A%\x1d"},
		"ended":                          {new().bytes("a").put(modeEnd, 4).put(0xec11, 16), "a"},
	} {
		c, err := parse(symbol.Message{Version: 1, Data: tt.data.data})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := textOf(c.segments); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func TestDataThatDoNotFollowTheStandard(t *testing.T) {
	new := func() *bitWriter { return &bitWriter{} }
	for name, data := range map[string]*bitWriter{
		"more bytes than there are":    new().put(modeBytes, 4).put(5, 8).put('a', 8),
		"more kanji than there are":    new().put(modeKanji, 4).put(9, 8).put(0, 13),
		"three digits of 1000":         new().put(modeDigits, 4).put(3, 10).put(1000, 10),
		"a digit of 10":                new().put(modeDigits, 4).put(1, 10).put(10, 4).put(0, 4),
		"two capitals of 2025":         new().put(modeCapitals, 4).put(2, 9).put(2025, 11),
		"a capital of 45":              new().put(modeCapitals, 4).put(1, 9).put(45, 6).put(0, 4),
		"a mode that there is none of": new().put(14, 4).put(0, 12),
		"part 3 of 2":                  new().put(modeAppend, 4).put(2, 4).put(1, 4).put(0, 8),
		"an ECI of four bytes":         new().put(modeECI, 4).put(0xf0, 8).put(0, 24),
		"a length that is cut":         new().put(modeBytes, 4).put(0, 4),
	} {
		if _, err := parse(symbol.Message{Version: 1, Data: data.data}); !errors.Is(err, errSegments) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Lengths grow with the version.
func TestLengthsByVersion(t *testing.T) {
	text := bytes.Repeat([]byte("x"), 300)
	for _, version := range []int{10, 26, 27, 40} {
		w := (&bitWriter{}).put(modeBytes, 4).put(len(text), 16)
		for _, b := range text {
			w.put(int(b), 8)
		}
		c, err := parse(symbol.Message{Version: version, Data: w.data})
		if err != nil || textOf(c.segments) != string(text) {
			t.Errorf("version %d: %v", version, err)
		}
	}
}
