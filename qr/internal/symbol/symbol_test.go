package symbol

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common/reedsolomon"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/skip2/go-qrcode"
)

// theirs are the levels as another reader has them.
var theirs = map[Level]decoder.ErrorCorrectionLevel{
	Low: decoder.ErrorCorrectionLevel_L, Medium: decoder.ErrorCorrectionLevel_M,
	Quarter: decoder.ErrorCorrectionLevel_Q, High: decoder.ErrorCorrectionLevel_H,
}

// TestBlocks holds the tables against another reader's, and the places of codewords
// against their number.
func TestBlocks(t *testing.T) {
	for version := 1; version <= MostVersion; version++ {
		v, err := decoder.Version_GetVersionForNumber(version)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(placesOf(version)) / 8; got != v.GetTotalCodewords() {
			t.Errorf("version %d: %d codewords, want %d", version, got, v.GetTotalCodewords())
		}
		for level, other := range theirs {
			want := v.GetECBlocksForLevel(other)
			check, blocks := CheckedBy(version, level)
			if check != want.GetECCodewordsPerBlock() || blocks != want.GetNumBlocks() {
				t.Errorf("version %d, level %d: %d blocks checked by %d, want %d by %d", version, level, blocks, check, want.GetNumBlocks(), want.GetECCodewordsPerBlock())
			}
			dealt := blocksOf(version, level, make([]byte, v.GetTotalCodewords()))
			at := 0
			for _, kind := range want.GetECBlocks() {
				for range kind.GetCount() {
					if got := len(dealt[at].codewords); got != kind.GetDataCodewords()+check {
						t.Errorf("version %d, level %d: block %d has %d codewords", version, level, at, got)
					}
					at++
				}
			}
		}
	}
}

func matrixOf(t testing.TB, text string, version int, level qrcode.RecoveryLevel) *Matrix {
	t.Helper()
	code, err := qrcode.NewWithForcedVersion(text, version, level)
	if err != nil {
		t.Fatal(err)
	}
	code.DisableBorder = true
	rows := code.Bitmap()
	m := NewMatrix(len(rows))
	for y, row := range rows {
		for x, dark := range row {
			m.Set(x, y, dark)
		}
	}
	return m
}

// byAnother returns what another reader makes of a matrix: version, format and codewords, the
// errors not corrected, as they are or mirrored.
func byAnother(m *Matrix) (version int, level decoder.ErrorCorrectionLevel, codewords []byte, ok bool) {
	bits, err := gozxing.NewSquareBitMatrix(m.Side())
	if err != nil {
		return
	}
	for y := range m.Side() {
		for x := range m.Side() {
			if m.Dark(x, y) {
				bits.Set(x, y)
			}
		}
	}
	parser, err := decoder.NewBitMatrixParser(bits)
	if err != nil {
		return
	}
	v, err := parser.ReadVersion()
	if err != nil {
		return
	}
	format, err := parser.ReadFormatInformation()
	if err != nil {
		return
	}
	codewords, err = parser.ReadCodewords()
	return v.GetVersionNumber(), format.GetErrorCorrectionLevel(), codewords, err == nil
}

// TestAsAnother: of symbols of all versions and levels, whole and damaged, this reader
// takes the same codewords as another one.
func TestAsAnother(t *testing.T) {
	r := rand.New(rand.NewPCG(18004, 7))
	seen := map[bool]int{}
	for version := 1; version <= MostVersion; version++ {
		for level := range theirs {
			m := matrixOf(t, "7", version, qrcode.RecoveryLevel(level))
			for round := range 4 {
				for range round * m.side / 3 {
					x, y := r.IntN(m.side), r.IntN(m.side)
					if round > 1 { // where the format stands
						x = 8
					}
					m.Set(x, y, !m.Dark(x, y))
					if round > 2 {
						m.Set(y, x, !m.Dark(y, x))
					}
				}
				wantVersion, wantLevel, want, ok := byAnother(m)
				v, haveVersion := m.version()
				l, mask, haveFormat := m.format()
				seen[ok]++
				switch {
				case ok != (haveVersion && haveFormat):
					t.Fatalf("version %d, level %d: read %v, by another %v", version, level, haveVersion && haveFormat, ok)
				case !ok:
				case v != wantVersion || theirs[l] != wantLevel || !bytes.Equal(m.codewords(v, mask), want):
					t.Fatalf("version %d, level %d: other codewords than another reader's", version, level)
				}
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("%d were read, %d not", seen[true], seen[false])
	}
}

// TestMirrored: a symbol seen from behind holds the same.
func TestMirrored(t *testing.T) {
	for _, version := range []int{1, 6, 7, 25} {
		m := matrixOf(t, "otpauth", version, qrcode.Low)
		plain, err := Read(m)
		behind, e := Read(m.transposed())
		if err != nil || e != nil || plain.Mirrored || !behind.Mirrored || !bytes.Equal(plain.Data, behind.Data) {
			t.Errorf("version %d: %v, %v, mirrored %v and %v", version, err, e, plain.Mirrored, behind.Mirrored)
		}
	}
}

// TestNoMatrix: a size that no symbol has is no symbol.
func TestNoMatrix(t *testing.T) {
	for _, side := range []int{0, 1, 17, 20, 22, 179, 181} {
		if _, err := Read(NewMatrix(side)); err != ErrForm {
			t.Errorf("%d modules a side: %v", side, err)
		}
	}
}

// checked are codewords of which the last ones check the others.
func checked(t *testing.T, r *rand.Rand, data, check int) []byte {
	t.Helper()
	numbers := make([]int, data+check)
	for i := range data {
		numbers[i] = r.IntN(256)
	}
	if err := reedsolomon.NewReedSolomonEncoder(reedsolomon.GenericGF_QR_CODE_FIELD_256).Encode(numbers, check); err != nil {
		t.Fatal(err)
	}
	codewords := make([]byte, len(numbers))
	for i, n := range numbers {
		codewords[i] = byte(n)
	}
	return codewords
}

// TestCorrect: what may be mended is, and of what is beyond that another decoder thinks
// the same.
func TestCorrect(t *testing.T) {
	r := rand.New(rand.NewPCG(30, 15))
	another := reedsolomon.NewReedSolomonDecoder(reedsolomon.GenericGF_QR_CODE_FIELD_256)
	beyond := map[bool]int{}
	for range 4000 {
		data, check := 1+r.IntN(123), 4+r.IntN(27)
		whole := checked(t, r, data, check)
		have := bytes.Clone(whole)
		wrong := r.IntN(min(check/2+4, len(have)))
		for _, at := range r.Perm(len(have))[:wrong] {
			have[at] ^= byte(1 + r.IntN(255))
		}
		before := bytes.Clone(have)
		mended, ok := correct(have, check)
		if wrong <= check/2 {
			if !ok || mended != wrong || !bytes.Equal(have, whole) {
				t.Fatalf("%d of %d wrong, %d check: mended %d, %v", wrong, len(have), check, mended, ok)
			}
			continue
		}
		numbers := make([]int, len(before))
		for i, c := range before {
			numbers[i] = int(c)
		}
		theirs := another.Decode(numbers, check) == nil
		after := make([]byte, len(numbers))
		for i, n := range numbers {
			after[i] = byte(n)
		}
		if _, whole := syndromesOf(after, check); theirs && !whole {
			theirs = false // it mended into what its checks do not fit
		}
		beyond[ok]++
		if check%2 == 0 && ok != theirs || !ok && !bytes.Equal(have, before) { // with an odd number the other one may mend one more
			t.Fatalf("%d of %d wrong, %d check: %v, by another %v", wrong, len(have), check, ok, theirs)
		}
	}
	if beyond[false] == 0 {
		t.Error("nothing was beyond mending")
	}
}

// What the smallest symbols set aside against misreading is not used to mend: the numbers are those
// of ISO/IEC 18004, table 9.
func TestNoMoreIsMendedThanTheStandardAllows(t *testing.T) {
	for _, tt := range []struct {
		version int
		level   Level
		most    int
	}{
		{1, Low, 2}, {1, Medium, 4}, {1, Quarter, 6}, {1, High, 8},
		{2, Low, 4}, {2, Medium, 8}, {3, Low, 7}, {3, Medium, 13}, {5, Low, 13},
	} {
		check, _ := CheckedBy(tt.version, tt.level)
		if got := MostErrors(tt.version, tt.level, check); got != tt.most {
			t.Errorf("version %d, level %v: %d errors may be mended, want %d", tt.version, tt.level, got, tt.most)
		}
	}
	for wrong := range 6 {
		m := matrixOf(t, "7", 1, qrcode.Low)
		places := placesOf(1)
		for i := range wrong { // one module of each of so many codewords
			p := places[8*i]
			m.Set(int(p.x), int(p.y), !m.Dark(int(p.x), int(p.y)))
		}
		msg, err := Read(m)
		if ok := wrong <= 2; ok != (err == nil) || ok && msg.Mended != wrong {
			t.Errorf("%d wrong codewords: %d mended, %v", wrong, msg.Mended, err)
		}
	}
}

// FuzzRead looks for a matrix that the reader does not survive.
func FuzzRead(f *testing.F) {
	f.Add(uint8(0), []byte("x"))
	f.Fuzz(func(t *testing.T, size uint8, dark []byte) {
		m := NewMatrix(17 + int(size)%180)
		for i := range m.dark {
			m.dark[i] = len(dark) > 0 && dark[i/8%len(dark)]>>(i%8)&1 == 1
		}
		if msg, err := Read(m); err == nil && len(msg.Data) == 0 {
			t.Errorf("%s: nothing was read, and no error", fmt.Sprint(m.side))
		}
	})
}
