package javamap_test

import (
	"errors"
	"fmt"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/javamap"
)

// head is a HashMap up to its first entry: class, two fields, their values, and its
// capacity and size, as Java writes them.
const head = "\xac\xed\x00\x05sr\x00\x11java.util.HashMap\x05\x07\xda\xc1\xc3\x16\x60\xd1\x03\x00\x02" +
	"F\x00\x0aloadFactorI\x00\x09thresholdxp\x3f\x40\x00\x00\x00\x00\x00\x0cw\x08\x00\x00\x00\x10\x00\x00\x00\x02"

// stream holds two entries; the second has the first one's value, by reference, and a
// name outside the first plane, in Java's own spelling.
const stream = head + "t\x00\x01at\x00\x03x\xc0\x80" + "t\x00\x06\xed\xa0\xbd\xed\xb8\x80" + "q\x00\x7e\x00\x03" + "x"

// TestRead reads a map in its order, with references and Java's spelling of text.
func TestRead(t *testing.T) {
	t.Parallel()
	m, err := javamap.Read([]byte(stream))
	if have := fmt.Sprintf("%q %q", m.Names, m.Values); err != nil || have != `["a" "😀"] map["a":"x\x00" "😀":"x\x00"]` {
		t.Errorf("%s, %v", have, err)
	}
}

// TestReadCutOff refuses a map that is cut off inside an entry, or before the first. What
// ends behind an entry is taken.
func TestReadCutOff(t *testing.T) {
	t.Parallel()
	whole := len(head) + len("t\x00\x01at\x00\x03x\xc0\x80")
	for n := 0; n < len(stream)-1; n++ {
		_, err := javamap.Read([]byte(stream[:n]))
		if n == whole {
			if err != nil {
				t.Errorf("after an entry: %v", err)
			}
			continue
		}
		if !errors.Is(err, exchange.Refuse(exchange.Damaged)) {
			t.Errorf("cut off after %d bytes: %v", n, err)
		}
	}
}
