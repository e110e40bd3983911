package format

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// forms are the forms that FORMAT.md gives, as regular expressions, beside what judges
// them here.
var forms = []struct {
	name, form string
	is         func(string) bool
	near       string // texts that are of the form or almost
}{
	{"hash", `^[a-z2-7]{32}$`, IsHash, `[a-z2-7]{31}[a-z0-9]{0,2}`},
	{"word", `^[a-z][a-z0-9-]{0,31}$`, isWord, `[a-z0-9-]?[a-z0-9-]{0,33}`},
	{"record's key", `^[a-z0-9-]+$`, isRecordKey, `[a-z0-9-]{0,9}[A-Z_ ]?`},
	{"epoch's folder", `^([1-9][0-9]{0,8})-([0-9a-f]{16})$`, func(s string) bool { _, _, ok := ParseEpochFolder(s); return ok }, `[0-9]{0,10}-?-[0-9a-g]{16}[0-9a-f]?`},
	{"older folder", `^[1-9][0-9]{0,8}-[0-9a-f]{8}$`, IsOlderFormat, `[0-9]{0,10}-[0-9a-g]{7}[0-9a-f]{0,2}`},
	{"extra line", `^x-[a-z][a-z0-9-]{0,31} [^\x00-\x1f\x7f]*$`, isExtraLine, `x?-[a-z0-9-]{0,33} ?[ a-zé\x00\x1f\x7f]{0,3}`},
	{"keyword", `^# (x-)?[a-z][a-z0-9-]{0,31}( [^\x00-\x1f\x7f]*)?$`, isKeywordLine, `#? (x-)?[a-z0-9-]{0,34} ?[ a-zé\x00\x1f\x7f]{0,3}`},
	{"title", `^# seedvault seal ([0-9]{4,9}) epoch ([1-9][0-9]{0,8}) ([0-9TZ:-]{20}) by ([a-z0-9-]{1,32})$`,
		func(s string) bool { _, _, _, _, ok := sealTitle(s); return ok },
		`# seedvault seals? [0-9]{3,10} epoch [0-9]{1,10} ?[0-9TZ:-]{20}[0-9 ]? by [a-z0-9-]{0,33}`},
	{"public key", `^[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}$`, isPublicKey, `[a-zA@.-]{0,3} ?[A-Za-z0-9+/]{0,3}={0,3}[a ]?`},
}

// TestForms holds each form against its regular expression, over texts that are of the
// form or one letter away.
func TestForms(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			form := regexp.MustCompile(f.form)
			texts := rapid.OneOf(rapid.StringMatching(strings.Trim(f.form, "^$")), rapid.StringMatching(f.near))
			seen := map[bool]int{}
			rapid.Check(t, func(t *rapid.T) {
				s := texts.Draw(t, "text")
				seen[f.is(s)]++
				if f.is(s) != form.MatchString(s) {
					t.Fatalf("%q is of the form: %v", s, f.is(s))
				}
			})
			if seen[true] == 0 || seen[false] == 0 {
				t.Errorf("%d are of the form, %d are not", seen[true], seen[false])
			}
		})
	}
}
