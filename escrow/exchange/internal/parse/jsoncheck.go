package parse

import (
	"strings"

	"seedvault/escrow/exchange"
)

// Bounds of a JSON text, which no export comes near: looking a name up takes as
// long as its object is.
const (
	maxJSONDepth   = 200
	maxJSONMembers = 10000 // of one object
)

const jsonSpace = " \t\r\n"

// jsonChecker holds a text against RFC 8259, without building anything of it.
type jsonChecker struct {
	text string
	at   int
}

// checkJSON reports whether a text is one JSON value, and within bounds.
func checkJSON(text string) bool {
	c := jsonChecker{text: text}
	if !c.value(0) {
		return false
	}
	c.space()
	return c.at == len(text)
}

func (c *jsonChecker) space() {
	for c.at < len(c.text) && strings.IndexByte(jsonSpace, c.text[c.at]) >= 0 {
		c.at++
	}
}

// next returns the next byte that is no space, 0 at the end, and stays before it.
func (c *jsonChecker) next() byte {
	c.space()
	if c.at == len(c.text) {
		return 0
	}
	return c.text[c.at]
}

func (c *jsonChecker) want(b byte) bool {
	if c.next() != b {
		return false
	}
	c.at++
	return true
}

func (c *jsonChecker) value(depth int) bool {
	if depth > maxJSONDepth {
		return false
	}
	switch b := c.next(); b {
	case '{':
		return c.list('}', maxJSONMembers, func() bool { return c.next() == '"' && c.string() && c.want(':') && c.value(depth+1) })
	case '[':
		return c.list(']', exchange.MaxUnpacked, func() bool { return c.value(depth + 1) })
	case '"':
		return c.string()
	case 't':
		return c.word("true")
	case 'f':
		return c.word("false")
	case 'n':
		return c.word("null")
	}
	return c.number()
}

// list checks what stands between brackets.
func (c *jsonChecker) list(end byte, limit int, item func() bool) bool {
	c.at++
	if c.next() == end {
		c.at++
		return true
	}
	for range limit {
		if !item() {
			return false
		}
		switch c.next() {
		case end:
			c.at++
			return true
		case ',':
			c.at++
		default:
			return false
		}
	}
	return false
}

func (c *jsonChecker) word(w string) bool {
	if !strings.HasPrefix(c.text[c.at:], w) {
		return false
	}
	c.at += len(w)
	return true
}

func (c *jsonChecker) string() bool {
	for c.at++; c.at < len(c.text); c.at++ {
		switch b := c.text[c.at]; {
		case b == '"':
			c.at++
			return true
		case b < ' ':
			return false
		case b == '\\':
			if !c.escape() {
				return false
			}
		}
	}
	return false
}

// escape checks what follows a backslash, and stops at its last byte.
func (c *jsonChecker) escape() bool {
	if c.at++; c.at == len(c.text) {
		return false
	}
	if c.text[c.at] != 'u' {
		return strings.IndexByte(`"\/bfnrt`, c.text[c.at]) >= 0
	}
	if len(c.text)-c.at < 5 || !IsHex(c.text[c.at+1:c.at+5]) {
		return false
	}
	c.at += 4
	return true
}

func (c *jsonChecker) number() bool {
	if c.at < len(c.text) && c.text[c.at] == '-' {
		c.at++
	}
	switch start := c.at; {
	case !c.digits():
		return false
	case c.text[start] == '0' && c.at > start+1:
		return false
	}
	if c.at < len(c.text) && c.text[c.at] == '.' {
		if c.at++; !c.digits() {
			return false
		}
	}
	if c.at < len(c.text) && c.text[c.at]|0x20 == 'e' {
		if c.at++; c.at < len(c.text) && (c.text[c.at] == '+' || c.text[c.at] == '-') {
			c.at++
		}
		return c.digits()
	}
	return true
}

func (c *jsonChecker) digits() bool {
	start := c.at
	for c.at < len(c.text) && '0' <= c.text[c.at] && c.text[c.at] <= '9' {
		c.at++
	}
	return c.at > start
}
