package exchange

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"
)

// node is a value inside a JSON text that is known to be valid. It is a piece of
// that text and is taken apart only where somebody looks, so that no text, however
// it is made, takes more memory than its own length.
type node string

// parseJSON checks a text whole.
func parseJSON(text string) (node, bool) {
	text = strings.Trim(text, jsonSpace)
	return node(text), checkJSON(text)
}

func (n node) isObject() bool { return strings.HasPrefix(string(n), "{") }
func (n node) isArray() bool  { return strings.HasPrefix(string(n), "[") }
func (n node) isString() bool { return strings.HasPrefix(string(n), `"`) }

// isNone reports whether the value is absent, null or empty.
func (n node) isNone() bool {
	switch n {
	case "", "null", `""`, "[]", "{}":
		return true
	}
	return false
}

// isAbsent reports whether there is no value: one that is empty is there, and meant.
func (n node) isAbsent() bool { return n == "" || n == "null" }

// cutValue returns the value that the text begins with, and the rest.
func cutValue(s string) (value node, rest string) {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			if quoted = !quoted; !quoted && depth == 0 {
				return node(s[:i+1]), s[i+1:]
			}
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 { // the end of a number, and of what it stands in
				return node(strings.TrimRight(s[:i], jsonSpace)), s[i:]
			}
			if depth--; depth == 0 {
				return node(s[:i+1]), s[i+1:]
			}
		case depth == 0 && c == ',':
			return node(strings.TrimRight(s[:i], jsonSpace)), s[i:]
		}
	}
	return node(strings.TrimRight(s, jsonSpace)), ""
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

// members are the names and values of an object, in order; of another value none.
func (n node) members() iter.Seq2[string, node] {
	return func(yield func(string, node) bool) {
		if !n.isObject() {
			return
		}
		for s := skipSpace(string(n[1:])); s != "" && s[0] != '}'; s = skipSpace(s) {
			var name, value node
			name, s = cutValue(s)
			value, s = cutValue(skipSpace(s))
			if !yield(name.text(), value) {
				return
			}
		}
	}
}

// elements are the values of an array with their numbers from 1.
func (n node) elements() iter.Seq2[int, node] {
	return func(yield func(int, node) bool) {
		if !n.isArray() {
			return
		}
		i := 0
		for s := skipSpace(string(n[1:])); s != "" && s[0] != ']'; s = skipSpace(s) {
			var value node
			value, s = cutValue(s)
			if i++; !yield(i, value) {
				return
			}
		}
	}
}

// get returns the value under a path of names, the last one where a name is given
// twice, as most programs take it.
func (n node) get(path ...string) node {
	for _, name := range path {
		var found node
		for have, v := range n.members() {
			if have == name {
				found = v
			}
		}
		n = found
	}
	return n
}

// has reports whether an object has all these names.
func (n node) has(names ...string) bool {
	for _, name := range names {
		if n.get(name) == "" {
			return false
		}
	}
	return true
}

// text returns a string's content, and numbers, true and false as they are
// written. It is "" for null, and for what is no single value.
func (n node) text() string {
	if !n.isString() {
		if n.isObject() || n.isArray() || n == "null" {
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

// str is the text under a path.
func (n node) str(path ...string) string { return n.get(path...).text() }

// first is the first element of an array.
func (n node) first() node {
	for _, v := range n.elements() {
		return v
	}
	return ""
}

// int is a whole number, written as one or as a text, or -1.
func (n node) int() int64 {
	i, err := strconv.ParseInt(whole(strings.TrimSpace(n.text())), 10, 64)
	if err != nil || i < 0 {
		return -1
	}
	return i
}
