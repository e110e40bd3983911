package page

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestKit puts files into a kit and takes them out again.
func TestKit(t *testing.T) {
	files := map[string][]byte{
		"1-e503a3b21e366b7c/vault.txt":                []byte("seedvault 1\n"),
		"1-e503a3b21e366b7c/seeds/" + "</script>.age": {0, 1, 2, 255},
		"README.txt": nil,
		"1-e503a3b21e366b7c/holders/\u202e日本/slot.age": bytes.Repeat([]byte("x"), 1000),
	}
	kit, err := Kit(files)
	must(t, err)
	c, err := ReadKit(kit)
	must(t, err)
	if !bytes.Equal(c.Files[Name(Current)], Page()) || c.Version != Current || c.Page != Hash() {
		t.Errorf("the page of a kit is version %d, %s", c.Version, c.Page)
	}
	delete(c.Files, Name(Current))
	if !maps.EqualFunc(c.Files, files, bytes.Equal) {
		t.Errorf("a kit of %v gives %v", slices.Collect(maps.Keys(files)), slices.Collect(maps.Keys(c.Files)))
	}
	if strings.Count(string(kit), "</script>") != strings.Count(string(Page()), "</script>") {
		t.Error("a path ends the element that it stands in")
	}
	withPage := maps.Clone(files)
	withPage[Name(Current)] = Page()
	if again, err := Kit(withPage); err != nil || !bytes.Equal(again, kit) {
		t.Error("a kit with the page among its files is another kit")
	}
}

// TestKitOfAnotherPage shows that a changed page is told from a released one, and that
// its files are taken all the same.
func TestKitOfAnotherPage(t *testing.T) {
	kit, err := Kit(map[string][]byte{"1-e503a3b21e366b7c/vault.txt": []byte("x")})
	must(t, err)
	changed := bytes.Replace(kit, []byte("connect"), []byte("c0nnect"), 1)
	if bytes.Equal(changed, kit) {
		changed = bytes.Replace(kit, []byte("<title>seedvault"), []byte("<title>Seedvault"), 1)
	}
	c, err := ReadKit(changed)
	must(t, err)
	if c.Version != 0 || c.Page == Hash() || len(c.Files) != 1 {
		t.Errorf("a changed page is version %d with %d files", c.Version, len(c.Files))
	}
	if Version(Hash()) != Current || Version(strings.Repeat("0", 64)) != 0 {
		t.Error("the carried page is not known, or an unknown one is")
	}
}

// TestKitsThatAreNone refuses what is no kit, or not a whole one.
func TestKitsThatAreNone(t *testing.T) {
	kit, err := Kit(map[string][]byte{"1-e503a3b21e366b7c/vault.txt": []byte("some text"), "README.txt": []byte("x")})
	must(t, err)
	end := bytes.Index(kit, []byte(dataStart)) + len(dataStart)
	with := func(data string) []byte { return slices.Concat(kit[:end], []byte(data), []byte("</script>")) }
	for what, c := range map[string]struct {
		kit  []byte
		want error
	}{
		"a page without files":     {Page(), ErrNoKit},
		"another file":             {[]byte("<!doctype html>"), ErrNoKit},
		"nothing":                  {nil, ErrNoKit},
		"two places for data":      {append(bytes.Clone(kit), dataStart...), ErrNoKit},
		"cut in the data":          {kit[:end+40], ErrCut},
		"cut before the last file": {with(`{"a":"eHg=",`), ErrCut},
		"not JSON":                 {with("hello"), ErrCut},
		"a list":                   {with(`["a"]`), ErrCut},
		"a number":                 {with(`{"a":1}`), ErrCut},
		"something behind it":      {with(`{"a":"eHg="} x`), ErrCut},
		"not base64":               {with(`{"a":"!"}`), ErrCut},
		"base64 with a line end":   {with(`{"a":"eH\ng="}`), ErrCut},
		"a path twice":             {with(`{"a":"eHg=","a":"eHg="}`), ErrCut},
		"a path upwards":           {with(`{"../a":"eHg="}`), ErrCut},
		"an absolute path":         {with(`{"/a":"eHg="}`), ErrCut},
		"a drive":                  {with(`{"c:/a":"eHg="}`), ErrCut},
		"a backslash":              {with(`{"a\\b":"eHg="}`), ErrCut},
		"a control character":      {with(`{"a\u0000":"eHg="}`), ErrCut},
		"a file that is too long":  {with(`{"a":"` + strings.Repeat("AAAA", kitFileLimit/3+4) + `"}`), ErrKitSize},
	} {
		if _, err := ReadKit(c.kit); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
	for n := range bytes.LastIndex(kit, []byte(dataEnd)) + len(dataEnd) - end {
		if _, err := ReadKit(kit[:end+n]); !errors.Is(err, ErrCut) {
			t.Fatalf("a kit cut after %d bytes: %v", end+n, err)
		}
	}
	if _, err := Kit(map[string][]byte{"../x": nil}); err == nil {
		t.Error("a path upwards goes into a kit")
	}
	if _, err := Kit(map[string][]byte{"x": make([]byte, kitFileLimit+1)}); !errors.Is(err, ErrKitSize) {
		t.Errorf("a file that no reader takes goes into a kit: %v", err)
	}
}

func FuzzReadKit(f *testing.F) {
	kit, err := Kit(map[string][]byte{"1-e503a3b21e366b7c/vault.txt": []byte("x")})
	if err != nil {
		f.Fatal(err)
	}
	at := bytes.Index(kit, []byte(dataStart))
	f.Add(kit[at:])
	f.Add([]byte(dataStart + `{"a":"eHg="}` + dataEnd))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ReadKit(text)
		if err != nil {
			return
		}
		for path := range c.Files {
			if !validPath(path) {
				t.Errorf("a path %q comes out of a kit", path)
			}
		}
	})
}
