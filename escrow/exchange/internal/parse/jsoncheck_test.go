package parse

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzJSON holds the JSON reader against encoding/json: what is valid, what stands
// where.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-0.5e+3,true,false,null,"x\"\\\u00e9\n"],"b":{"c":{}}}`, ` [ ] `, `{"a":1,"a":2}`, `01`, `1.`, `"\x"`, `{"a" : 1 , }`, "\"\t\"", `-`, `{"a":{"b":[{"c":"d"}]},"e":"]}"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := JSON(s)
		if want := json.Valid([]byte(s)); ok != want && !(want && strings.Count(s, "[")+strings.Count(s, "{") > maxJSONDepth) && !(want && strings.Count(s, ",") >= maxJSONMembers) {
			t.Fatalf("valid: %v, encoding/json says %v", ok, want)
		}
		if ok && utf8.ValidString(s) {
			sameJSON(t, n)
		}
	})
}

// sameJSON compares a value, and all below it, with what encoding/json makes of it.
func sameJSON(t *testing.T, n Node) {
	var v any
	d := json.NewDecoder(strings.NewReader(string(n)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("a piece that is no JSON: %v", err)
	}
	switch v := v.(type) {
	case string:
		if n.Text() != v {
			t.Fatalf("%q, want %q", n.Text(), v)
		}
	case json.Number:
		if n.Text() != v.String() {
			t.Fatalf("%q, want %q", n.Text(), v)
		}
	case []any:
		count := 0
		for i, e := range n.Elements() {
			if count++; i != count {
				t.Fatal("miscounted")
			}
			sameJSON(t, e)
		}
		if count != len(v) {
			t.Fatalf("%d elements, want %d", count, len(v))
		}
	case map[string]any:
		names := map[string]bool{}
		for name, e := range n.Members() {
			names[name] = true
			sameJSON(t, e)
		}
		if len(names) != len(v) {
			t.Fatalf("%d members, want %d", len(names), len(v))
		}
	}
}
