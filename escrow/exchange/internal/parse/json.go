package parse

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"
)

// Node is a value inside a JSON text that is known to be valid. It is a piece of
// that text and is taken apart only where somebody looks, so that no text, however
// it is made, takes more memory than its own length.
type Node string

// JSON returns the value that a text is, and reports whether it is one: all of the text is
// checked.
func JSON(text string) (Node, bool) {
	text = strings.Trim(text, jsonSpace)
	return Node(text), checkJSON(text)
}

// IsObject reports whether the value is an object.
func (n Node) IsObject() bool { return strings.HasPrefix(string(n), "{") }

// IsArray reports whether the value is an array.
func (n Node) IsArray() bool { return strings.HasPrefix(string(n), "[") }

// IsString reports whether the value is a text in quotes.
func (n Node) IsString() bool { return strings.HasPrefix(string(n), `"`) }

// IsNone reports whether the value is absent, null or empty.
func (n Node) IsNone() bool {
	switch n {
	case "", "null", `""`, "[]", "{}":
		return true
	}
	return false
}

// IsAbsent reports whether there is no value: one that is empty is there, and meant.
func (n Node) IsAbsent() bool { return n == "" || n == "null" }

// cutValue returns the value that the text begins with, and the rest.
func cutValue(s string) (value Node, rest string) {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			if quoted = !quoted; !quoted && depth == 0 {
				return Node(s[:i+1]), s[i+1:]
			}
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 { // the end of a number, and of what it stands in
				return Node(strings.TrimRight(s[:i], jsonSpace)), s[i:]
			}
			if depth--; depth == 0 {
				return Node(s[:i+1]), s[i+1:]
			}
		case depth == 0 && c == ',':
			return Node(strings.TrimRight(s[:i], jsonSpace)), s[i:]
		}
	}
	return Node(strings.TrimRight(s, jsonSpace)), ""
}

// skipSpace skips what stands between values.
func skipSpace(s string) string {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\r', '\n', ',', ':':
		default:
			return s[i:]
		}
	}
	return ""
}

// Members returns the names and values of an object, in order; of another value none.
func (n Node) Members() iter.Seq2[string, Node] {
	return func(yield func(string, Node) bool) {
		if !n.IsObject() {
			return
		}
		for s := skipSpace(string(n[1:])); s != "" && s[0] != '}'; s = skipSpace(s) {
			var name, value Node
			name, s = cutValue(s)
			value, s = cutValue(skipSpace(s))
			if !yield(name.Text(), value) {
				return
			}
		}
	}
}

// Elements returns the values of an array with their numbers from 1.
func (n Node) Elements() iter.Seq2[int, Node] {
	return func(yield func(int, Node) bool) {
		if !n.IsArray() {
			return
		}
		i := 0
		for s := skipSpace(string(n[1:])); s != "" && s[0] != ']'; s = skipSpace(s) {
			var value Node
			value, s = cutValue(s)
			if i++; !yield(i, value) {
				return
			}
		}
	}
}

// Get returns the value under a path of names, the last one where a name is given
// twice, as most programs take it, "" for none.
func (n Node) Get(path ...string) Node {
	for _, name := range path {
		var found Node
		for have, v := range n.Members() {
			if have == name {
				found = v
			}
		}
		n = found
	}
	return n
}

// Has reports whether an object has all these names.
func (n Node) Has(names ...string) bool {
	for _, name := range names {
		if n.Get(name) == "" {
			return false
		}
	}
	return true
}

// Text returns a string's content, and numbers, true and false as they are
// written. It is "" for null, and for what is no single value.
func (n Node) Text() string {
	if !n.IsString() {
		if n.IsObject() || n.IsArray() || n == "null" {
			return ""
		}
		return string(n)
	}
	if inner := n[1 : len(n)-1]; strings.IndexByte(string(inner), '\\') < 0 {
		return strings.ToValidUTF8(string(inner), "\uFFFD")
	}
	var s string
	if json.Unmarshal([]byte(n), &s) != nil {
		return ""
	}
	return s
}

// Str returns the text under a path.
func (n Node) Str(path ...string) string { return n.Get(path...).Text() }

// First returns the first element of an array, "" for none.
func (n Node) First() Node {
	for _, v := range n.Elements() {
		return v
	}
	return ""
}

// Int returns a whole number, written as one or as a text, or -1 for a negative one and for
// what is none.
func (n Node) Int() int64 {
	i, err := strconv.ParseInt(TrimFraction(strings.TrimSpace(n.Text())), 10, 64)
	if err != nil || i < 0 {
		return -1
	}
	return i
}

// Texts returns the texts of the array under a name, up to a thousand.
func (n Node) Texts(name string) (list []string) {
	for i, v := range n.Get(name).Elements() {
		if i > 1000 {
			break
		}
		list = append(list, v.Text())
	}
	return list
}

// AnyOf returns the first text that is there under one of several names.
func (n Node) AnyOf(names ...string) string {
	for _, name := range names {
		if s := n.Str(name); s != "" {
			return s
		}
	}
	return ""
}
