package recheck

import (
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// The secret of RFC 4226 and RFC 6238, in Base32.
const rfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func entry(t *testing.T, line string) escrow.Entry {
	t.Helper()
	s, err := escrow.NewSeed(line, escrow.Details{})
	if err != nil {
		t.Fatal(err)
	}
	return escrow.Entry{Seed: s, Status: escrow.Accepted, Receipts: []escrow.Receipt{{Path: "1-0/seeds/a.age"}}}
}

// TestCompare: a code tells whether the phone has the seed, and if not what it has instead.
// The codes are those of RFC 4226, Appendix D, whose counters are the steps of 30 seconds
// of RFC 6238.
func TestCompare(t *testing.T) {
	rfc := entry(t, "otpauth://totp/ACME:anna?secret="+rfcSecret)
	eight := entry(t, "otpauth://totp/ACME:anna?digits=8&secret="+rfcSecret)
	door := entry(t, "otpauth://hotp/Door:anna?counter=0&secret="+rfcSecret)
	other := entry(t, "otpauth://totp/Other:me?secret=JBSWY3DPEHPK3PXP")
	at := time.Unix(165, 0) // step 5, whose code is 254676
	for _, c := range []struct {
		about          string
		code           string
		wanted, others []escrow.Entry
		entry          int
		match, clock   bool
		said           words.Message
		blank          any // the first, nil for none
	}{
		{"its own", "254676", []escrow.Entry{rfc}, nil, 0, true, false, words.PhoneMatches, nil},
		{"the code before", "338314", []escrow.Entry{rfc}, nil, 0, true, false, words.PhoneMatches, nil},
		{"the code after", "287922", []escrow.Entry{rfc}, nil, 0, true, false, words.PhoneMatches, nil},
		{"a clock 90 s ahead", "399871", []escrow.Entry{rfc}, nil, 0, false, true, words.PhoneAhead, 90},
		{"a clock 90 s behind", "359152", []escrow.Entry{rfc}, nil, 0, false, true, words.PhoneBehind, 90},
		{"of eight digits six", "254676", []escrow.Entry{eight}, nil, 0, false, false, words.PhoneDiffers, nil},
		{"a counter", "520489", []escrow.Entry{door}, nil, 0, true, false, words.PhoneCounts, uint64(9)},
		{"the second of two", "254676", []escrow.Entry{other, rfc}, nil, 1, true, false, words.PhoneMatches, nil},
		{"another seed of the vault", "254676", []escrow.Entry{other}, []escrow.Entry{other, rfc}, -1, false, false, words.PhoneOfAnother, "ACME anna"},
		{"another's of another time", "359152", []escrow.Entry{other}, []escrow.Entry{rfc}, -1, false, false, words.PhoneUnknown, nil},
		{"nobody's", "000000", []escrow.Entry{rfc, other}, []escrow.Entry{rfc, other}, -1, false, false, words.PhoneUnknown, nil},
	} {
		got := Compare(c.code, c.wanted, c.others, at)
		if got.Entry != c.entry || got.Match != c.match || got.Clock != c.clock || got.Said != c.said {
			t.Errorf("%s: entry %d, match %t, clock %t: %s", c.about, got.Entry, got.Match, got.Clock, got.Said.En)
		}
		if c.blank != nil && (len(got.About) == 0 || got.About[0] != c.blank) {
			t.Errorf("%s: %v, want %v", c.about, got.About, c.blank)
		}
	}
}

// TestDifferences: of what an app got wrong everything is named.
func TestDifferences(t *testing.T) {
	eight := entry(t, "otpauth://totp/ACME:anna?digits=8&secret="+rfcSecret)
	got := Compare("254676", []escrow.Entry{eight}, nil, time.Unix(165, 0))
	if len(got.About) != 1 {
		t.Fatalf("%v", got.About)
	}
	if p, is := got.About[0].(words.Phrase); !is || p.Message != words.DiffersInDigits || p.Args[0] != 6 || p.Args[1] != 8 {
		t.Errorf("%v", got.About[0])
	}
}

// TestNormalizeCode: what people type for a code is one, in whatever width and groups.
func TestNormalizeCode(t *testing.T) {
	for typed, want := range map[string]string{"123456": "123456", "123 456": "123456", "１２３　４５６": "123456", "12-34-56": "123456", "kx7fg": "KX7FG", "": ""} {
		if got := NormalizeCode(typed); got != want {
			t.Errorf("%q is taken for %q, want %q", typed, got, want)
		}
	}
}

// TestTooFew: fewer digits than any app shows are a slip, and no code to compare.
func TestTooFew(t *testing.T) {
	six, eight := entry(t, "otpauth://totp/ACME:anna?secret="+rfcSecret), entry(t, "otpauth://totp/ACME:anna?digits=8&secret="+rfcSecret)
	for _, c := range []struct {
		typed string
		of    escrow.Entry
		want  int
	}{{"25467", six, 6}, {"254676", six, 0}, {"25 46 7", six, 6}, {"2546a", six, 0}, {"25467", eight, 8}, {"254676", eight, 0}} {
		if got := tooFew(c.typed, c.of); got != c.want {
			t.Errorf("%q: %d, want %d", c.typed, got, c.want)
		}
	}
}
