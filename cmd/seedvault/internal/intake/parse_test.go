package intake

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
)

const (
	anna = "otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	same = "otpauth://totp/ACME:anna?issuer=ACME&digits=6&secret=jbswy3dpehpk3pxp" // in another spelling
	bob  = "otpauth://totp/ACME:bob?secret=GEZDGNBVGY3TQOJQ"
)

// items are lines of an input.
func items(lines ...string) (list []Item) {
	for n, line := range lines {
		list = append(list, Item{Source: fmt.Sprintf("line %d", n+1), text: line})
	}
	return list
}

// googleOf returns an export code of some keys.
func googleOf(t *testing.T, lines ...string) string {
	t.Helper()
	var keys []otpauth.Key
	for _, line := range lines {
		k, err := otpauth.Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	parts, refused := google.Build(keys, google.Limit)
	if len(parts) != 1 || len(refused) > 0 {
		t.Fatalf("%d parts, %d refused", len(parts), len(refused))
	}
	return parts[0].URI()
}

// TestParse: one seed in two spellings is one seed, what is none costs the others nothing,
// and an export code is as many seeds as it holds.
func TestParse(t *testing.T) {
	door := func(n int) string {
		return fmt.Sprintf("otpauth://hotp/Door:anna?secret=JBSWY3DPEHPK3PXP&counter=%d", n)
	}
	unread := Item{Source: "photo.png", err: errors.New("unread")}
	export := googleOf(t, anna, bob)
	for _, c := range []struct {
		about          string
		found          []Item
		want           []string
		refused, again int
	}{
		{"two seeds", items(anna, bob), []string{"ACME anna", "ACME bob"}, 0, 0},
		{"one twice", items(anna, same), []string{"ACME anna"}, 0, 1},
		{"one of two is none", items("https://example.com", bob), []string{"ACME bob"}, 1, 0},
		{"a picture that shows none", append(items(bob), unread), []string{"ACME bob"}, 1, 0},
		{"an export", items(export), []string{"ACME anna", "ACME bob"}, 0, 0},
		{"an export twice", items(export, export), []string{"ACME anna", "ACME bob"}, 0, 2},
		{"an export, and one of it", items(export, same), []string{"ACME anna", "ACME bob"}, 0, 1},
		{"a counter that went on", items(door(3), door(9), door(5)), []string{"Door anna"}, 0, 2},
	} {
		var said bytes.Buffer
		got, err := Parse(say.Voice{Out: &said, Err: &said}, c.found, escrow.Details{})
		var titles []string
		for _, s := range got.Seeds {
			titles = append(titles, seedlist.TitleOfSeed(s, escrow.Receipt{}))
		}
		if err != nil || !slices.Equal(titles, c.want) || got.Refused != c.refused || got.Again != c.again {
			t.Errorf("%s: %q, refused %d, again %d, %v", c.about, titles, got.Refused, got.Again, err)
		}
		if strings.Contains(strings.ToUpper(said.String()), "JBSWY3DPEHPK3PXP") {
			t.Errorf("%s: the secret is said", c.about)
		}
		if c.about == "a counter that went on" {
			if key, err := got.Seeds[0].Key(); err != nil || key.Counter() != 9 {
				t.Errorf("%s: counter %d, %v", c.about, key.Counter(), err)
			}
		}
	}
}

// TestParseAlone: of a single thing a refusal is the end, and says where it stood and
// nothing of it.
func TestParseAlone(t *testing.T) {
	const wrong = "otpauth://totp/ACME:anna?secret=JBSWY3DP!HPK3PXP"
	_, err := Parse(say.Voice{Out: new(bytes.Buffer), Err: new(bytes.Buffer)}, items(wrong), escrow.Details{})
	var e *say.Error
	if !errors.As(err, &e) || !strings.HasPrefix(e.Error(), "line 1: ") || e.Hint == (words.Message{}) || strings.Contains(e.Error(), "JBSWY3DP") {
		t.Errorf("%v", err)
	}
}

// TestInClear: what seeds came from is remembered once, and only where a seed came of it.
func TestInClear(t *testing.T) {
	found := []Item{
		{Source: "a", text: anna, lies: place{file: "/p/a.png"}}, {Source: "a", text: bob, lies: place{file: "/p/a.png"}},
		{Source: "b", text: "no seed", lies: place{file: "/p/b.png"}}, {Source: "c", text: same, lies: place{clipboard: true}},
	}
	got, err := Parse(say.Voice{Out: new(bytes.Buffer), Err: new(bytes.Buffer)}, found, escrow.Details{})
	if err != nil || !slices.Equal(got.InClear.pictures, []string{"/p/a.png"}) || !got.InClear.clipboard || got.InClear.pasted || got.InClear.Nowhere() {
		t.Errorf("%+v, %v", got.InClear, err)
	}
	if none, _ := Parse(say.Voice{Out: new(bytes.Buffer), Err: new(bytes.Buffer)}, items(anna), escrow.Details{}); !none.InClear.Nowhere() {
		t.Errorf("a line lies somewhere: %+v", none.InClear)
	}
}

// TestItemsPrintNothing: no verb of fmt shows what was found.
func TestItemsPrintNothing(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if text := fmt.Sprintf(verb, items(anna)); strings.Contains(text, "JBSWY3DP") || strings.Contains(text, fmt.Sprintf("%x", "JBSWY3DP")) {
			t.Errorf("%s: %s", verb, text)
		}
	}
}

// TestParameters: what a site shows beside a key is read as people type it, and what is none
// of it is named.
func TestParameters(t *testing.T) {
	for typed, want := range map[string]otpauth.Params{
		"":                         {},
		"digits=8 period=60s":      {Digits: 8, Period: 60},
		"ＤＩＧＩＴＳ＝８":                 {Digits: 8},
		"algorithm=sha256":         {Algorithm: "sha256"},
		"type=Steam":               {Type: "steam"},
		"counter=0":                {Type: otpauth.HOTP},
		"Counter=7 algorithm=SHA1": {Type: otpauth.HOTP, Counter: 7, Algorithm: "SHA1"},
	} {
		var got otpauth.Params
		if err := parameters(&got, typed); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"8", "digits=", "digits=-1", "digits=eight", "colour=red", "digits=8 x"} {
		var e *say.Error
		if err := parameters(new(otpauth.Params), typed); !errors.As(err, &e) || e.Message != words.BadParameter {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// TestNameKeys: a bare key gets the name that was given, and anything else keeps its own;
// where nobody can be asked it stays bare.
func TestNameKeys(t *testing.T) {
	w := &world.World{
		Voice: say.Voice{Out: new(bytes.Buffer), Err: new(bytes.Buffer)}, In: strings.NewReader(""), Getenv: func(string) string { return "" },
		Terminal: func() (*console.Terminal, error) { return nil, console.ErrNoTerminal },
	}
	for name, want := range map[string][]string{
		"Shop": {"otpauth://totp/Shop:?issuer=Shop&secret=JBSWY3DPEHPK3PXP", anna},
		"":     {"JBSW Y3DP EHPK 3PXP", anna},
	} {
		found := items("JBSW Y3DP EHPK 3PXP", anna)
		if err := NameKeys(w, found, name); err != nil {
			t.Fatal(err)
		}
		for i := range want {
			a, err1 := otpauth.Parse(found[i].text)
			b, err2 := otpauth.Parse(want[i])
			if (err1 == nil) != (err2 == nil) || err1 == nil && (!a.SameSeed(b) || a.Issuer() != b.Issuer()) {
				t.Errorf("called %q, line %d is %v, %v", name, i+1, a, err1)
			}
		}
	}
}

// TestFolderTooFull: a folder with more files than are read is said to be one.
func TestFolderTooFull(t *testing.T) {
	dir := t.TempDir()
	w := &world.World{Voice: say.Voice{Out: new(bytes.Buffer), Err: new(bytes.Buffer)}}
	fill := func(from, to int) {
		for n := from; n < to; n++ {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.png", n)), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tooFull := func(found []Item) bool {
		var e *say.Error
		return errors.As(found[len(found)-1].err, &e) && e.Message == words.FolderTooFull
	}
	fill(0, folderLimit)
	if found := readFolder(t.Context(), w, picture.How{}, dir); tooFull(found) || len(found) != folderLimit {
		t.Errorf("of %d files %d are read, too many: %t", folderLimit, len(found), tooFull(found))
	}
	fill(folderLimit, folderLimit+1)
	if found := readFolder(t.Context(), w, picture.How{}, dir); !tooFull(found) {
		t.Error("the file beyond the limit is left out and not said")
	}
}

// TestIsOther: only what can be read and is no picture is another app's file.
func TestIsOther(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content string
		want    bool
	}{"export.json": {`{"version": 1}`, true}, "photo.png": {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", false}, "empty": {"", false}} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := isOther(path); got != c.want {
			t.Errorf("%s is another's: %t", name, got)
		}
	}
	if !isOther(dir) || isOther(filepath.Join(dir, "gone")) {
		t.Error("a folder is none, or what is not there is one")
	}
}
