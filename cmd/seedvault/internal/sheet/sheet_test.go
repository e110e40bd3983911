package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// testKey is made up.
const testKey = "AGE-SECRET-KEY-1GUTZ4RX9HH78S09Y037AYEJKQ4MKX2Q4847RFYM3YNNU30MTXALQN72GGA"

var testPin = escrow.Pin{
	Fingerprint: escrow.Fingerprint{0x1a, 0x2b, 0x3c, 0x4d, 0x5e, 0x6f, 0x70, 0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8, 0x09, 0x10},
	Recipient:   "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
}

// testFacts have what a sheet can have at most, in reason.
var testFacts = Facts{
	Holder: "drawer", Pin: testPin, Vault: "/home/alice/.local/share/seedvault",
	Places: []Place{
		{"stick", "office", "/media/alice/STICK/seedvault"},
		{"cloud", "synced folder", "/home/alice/Nextcloud/seedvault"},
		{"father", "with <dave> & \"family\"", ""},
	},
	Seal: "0007-b3vmnqlz",
	Date: time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC),
	Page: "5c0ffee15c0ffee25c0ffee35c0ffee4" + strings.Repeat("0", 32),
}

func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func htmlOf(t *testing.T, s Sheet) string {
	t.Helper()
	return written(t, func(b *bytes.Buffer) error { return s.HTML(b) })
}

func textOf(t *testing.T, s Sheet) string {
	t.Helper()
	return written(t, func(b *bytes.Buffer) error { return s.Text(b) })
}

func keySheet(t *testing.T, key string, f Facts) Sheet {
	t.Helper()
	s, err := Key(key, f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shareSheet returns the sheet of a member of a quorum of two out of three.
func shareSheet(t *testing.T, f Facts) (Sheet, key.Share) {
	t.Helper()
	members := []key.Member{{Name: "alice", Recipient: testPin.Recipient}, {Name: "bob", Recipient: key.OnPaper}, {Name: "carol", Recipient: key.OnPaper}}
	_, shares, err := escrow.QuorumHolder("board", 2, members, false, nil)
	if err != nil || len(shares) != 2 {
		t.Fatal(err)
	}
	f.Holder = "board"
	return Share(shares[0], Quorum{Member: "bob", Threshold: 2, Members: []string{"alice", "bob", "carol"}}, f), shares[0]
}

// forms writes a sheet in both forms, the page as it is read: a line to type is one
// text.
func forms(t *testing.T, s Sheet) map[string]string {
	asRead := strings.NewReplacer("<span>", "", "</span>", "")
	return map[string]string{"html": asRead.Replace(htmlOf(t, s)), "text": textOf(t, s)}
}

// TestParts: both forms have every part, and each sentence in both languages, the
// person's first.
func TestParts(t *testing.T) {
	en := testFacts
	en.Services = []string{"ACME anna"}
	ja := en
	ja.Voice.Lang = words.Japanese
	for _, f := range []Facts{en, ja} {
		key := keySheet(t, testKey, f)
		share, secret := shareSheet(t, f)
		lines := secret.Paper()
		for what, c := range map[string]struct {
			s    Sheet
			want []string
		}{
			"key":   {key, []string{"drawer", "YEJK Q4MK", "NTUA", "/my.key", "qrencode -t ansiutf8", "mktemp -d /dev/shm/key.XXXXXX", "5c0f fee1 5c0f fee2 5c0f fee3 5c0f fee4", "sha256sum"}},
			"share": {share, []string{"bob · board", "alice", "carol", lines[1][:24], lines[1][len(lines[1])-4:]}},
		} {
			for form, got := range forms(t, c.s) {
				for _, want := range append(c.want, "2026-11-23", testPin.Fingerprint.String(), testPin.Recipient, "0007-b3vmnqlz", "/home/alice/Nextcloud/seedvault", "synced folder", "seedvault open FOLDER", "seedvault restore", "ACME anna") {
					if !strings.Contains(got, want) {
						t.Errorf("%s, %s: no %s", what, form, want)
					}
				}
			}
			everySentence(t, what, c.s, f.Voice.Lang)
		}
	}
}

// TestSheetWithoutPage: what stands on a sheet of a vault that has no page, or of a
// share, which the page does not take, speaks of none.
func TestSheetWithoutPage(t *testing.T) {
	none := testFacts
	none.Page = ""
	share, _ := shareSheet(t, testFacts)
	for _, s := range []Sheet{keySheet(t, testKey, none), share} {
		for form, got := range forms(t, s) {
			if strings.Contains(got, "open-1.html") || strings.Contains(got, "5c0f") {
				t.Errorf("%s: a page", form)
			}
		}
	}
}

// everySentence wants each in both languages in both forms, one behind the other.
func everySentence(t *testing.T, what string, s Sheet, first words.Language) {
	t.Helper()
	p := s.page()
	all := append([]said{p.Title, p.What, p.Type, p.Called, p.Open, p.Browser, p.PageTitle, p.ByHand, p.Then, p.SealTitle, p.PlacesTitle, p.ServicesTitle, p.MembersTitle}, append(p.CalledSteps, p.Blanks...)...)
	for _, shell := range p.Shells {
		all = append(all, shell.Title)
	}
	sentences := 0
	for form, got := range forms(t, s) {
		flat := flatten(got)
		for _, one := range all {
			if one == nil {
				continue
			}
			sentences++
			if len(one) != 2 || one[0].Lang != codeOf(first) || one[0].Lang == one[1].Lang {
				t.Fatalf("%s: %v", what, one)
			}
			a, b := strings.Index(flat, flatten(one[0].Text)), strings.Index(flat, flatten(one[1].Text))
			if a < 0 || b < 0 || a > b && one[0].Text != one[1].Text {
				t.Errorf("%s, %s: %q at %d, %q at %d", what, form, one[0].Text, a, one[1].Text, b)
			}
		}
	}
	if sentences < 20 {
		t.Errorf("%s: only %d sentences", what, sentences)
	}
}

// flatten takes out of a text what a form may put between its words.
func flatten(s string) string {
	s = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""))
	return regexp.MustCompile(`[\s#]+`).ReplaceAllString(s, "")
}

// TestPageStandsAlone: it loads nothing and runs nothing.
func TestPageStandsAlone(t *testing.T) {
	share, _ := shareSheet(t, testFacts)
	for _, s := range []Sheet{keySheet(t, testKey, testFacts), share} {
		page := strings.Replace(htmlOf(t, s), `xmlns="http://www.w3.org/2000/svg"`, "", 1) // a name, and no address
		for _, wrong := range []string{"<script", "<link", "<img", "<iframe", "<object", "<base", "href", "src=", "srcset", "@import", "url(", "http:", "https:", "onload", "onerror", "javascript:", "%!"} {
			if strings.Contains(strings.ToLower(page), wrong) {
				t.Errorf("the page has %s", wrong)
			}
		}
		if !strings.Contains(page, "@media print") || !strings.Contains(page, "@page") {
			t.Error("the page has no style for printing")
		}
	}
}

// TestNamesAreText: what people call their places does nothing on the page, and
// makes no line of its own in the text.
func TestNamesAreText(t *testing.T) {
	f := testFacts
	f.Vault = "/home/<b>alice</b>"
	f.Places = []Place{{"<script>alert(1)</script>", "a\"b'c & <i>", "x\nAGE-SECRET-KEY-1FALSE\n\u202e"}}
	f.Services = []string{"<img src=x onerror=alert(1)>"}
	page, text := htmlOf(t, keySheet(t, testKey, f)), textOf(t, keySheet(t, testKey, f))
	for _, wrong := range []string{"<script", "<i>", "<b>alice", "<img", "\u202e"} {
		if strings.Contains(page, wrong) {
			t.Errorf("the page has %q", wrong)
		}
	}
	for _, want := range []string{"&lt;script&gt;alert(1)", "&lt;b&gt;alice", "&lt;img"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") && line != testKey+"\n" {
			t.Errorf("a line of its own: %q", line)
		}
	}
	if strings.Contains(text, "\u202e") {
		t.Error("the text turns round")
	}
	f.Holder = "$(rm -rf ~)"
	if _, err := Key(testKey, f); !errors.Is(err, escrow.ErrName) {
		t.Errorf("a name that a shell would run: %v", err)
	}
	if _, err := Key("AGE-SECRET-KEY-1", testFacts); !errors.Is(err, key.ErrIdentity) {
		t.Errorf("no key: %v", err)
	}
}

// TestTextIsAKeyFile: age reads the sheet of a paper key as it is.
func TestTextIsAKeyFile(t *testing.T) {
	ids, err := key.ParseIdentities(strings.NewReader(textOf(t, keySheet(t, testKey, testFacts))), nil)
	if err != nil || len(ids) != 1 {
		t.Errorf("%d keys: %v", len(ids), err)
	}
}

// TestNothingIsNamedThatIsNotThere: without copies the sheet says so and leaves room.
func TestNothingIsNamedThatIsNotThere(t *testing.T) {
	f := testFacts
	f.Places, f.Vault = nil, ""
	for form, got := range forms(t, keySheet(t, testKey, f)) {
		if !strings.Contains(flatten(got), flatten("No copy elsewhere was known")) || strings.Contains(got, "the PC that made this sheet") {
			t.Errorf("%s: %s", form, got)
		}
	}
}

// TestNoVerbShowsTheSecret prints a sheet in every way.
func TestNoVerbShowsTheSecret(t *testing.T) {
	s := keySheet(t, testKey, testFacts)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, value := range []any{s, &s, struct{ s Sheet }{s}, []Sheet{s}} {
			if got := fmt.Sprintf(verb, value); strings.Contains(got, testKey[:30]) || strings.Contains(got, "YEJK") {
				t.Errorf("%s of %T shows it", verb, value)
			}
		}
	}
}
