package exchange

import (
	"slices"
	"strings"
)

// detailsLimit leaves room for the URI in the 60 KiB that a seed may have.
const detailsLimit = 52 << 10

// Fit puts the details into what a seed can hold. Where that is not enough, the longest
// values under Other go first, then the longest notes, tags and recovery codes, and last
// the name; each is named.
func (d Details) Fit() (fitting Details, notices []Notice) {
	d = d.Clone()
	d.clean()
	var dropped []string
	for d.size() > detailsLimit {
		name, ok := d.dropLongest()
		if !ok {
			break
		}
		dropped = appendNew(dropped, name)
	}
	if dropped != nil {
		notices = append(notices, Notice{What: Dropped, Names: dropped})
	}
	var kept []string
	for _, f := range d.Other {
		kept = appendNew(kept, f.Name)
	}
	if kept != nil {
		notices = append(notices, Notice{What: KeptInOther, Names: kept})
	}
	return d, notices
}

// clean makes text of what may be anything, by the rules of a seed's record.
func (d *Details) clean() {
	text := func(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD") }
	d.Name = oneLine(text(d.Name))
	for _, list := range [][]string{d.Tags, d.Notes, d.Recovery} {
		for i := range list {
			list[i] = text(list[i])
		}
	}
	for i, f := range d.Other {
		d.Other[i] = Field{text(f.Name), text(f.Value)}
	}
}

// size returns about what the details take in a seed, whose line ends and backslashes
// are written as two characters.
func (d Details) size() int {
	n := len(d.Name) + 200
	for _, list := range [][]string{d.Tags, d.Notes, d.Recovery} {
		for _, s := range list {
			n += writtenLen(s) + 12
		}
	}
	for _, f := range d.Other {
		n += len(f.Name) + writtenLen(f.Value) + 12
	}
	return n
}

// writtenLen returns how long a text is in a record, where line ends and backslashes are escaped.
func writtenLen(s string) int {
	return len(s) + strings.Count(s, "\n") + strings.Count(s, "\r") + strings.Count(s, `\`)
}

// dropLongest drops one of the details and names it; ok is false where there is none.
func (d *Details) dropLongest() (name string, ok bool) {
	if at := longest(d.Other, func(f Field) string { return f.Value }); at >= 0 {
		name = d.Other[at].Name
		d.Other = slices.Delete(d.Other, at, at+1)
		return name, true
	}
	for _, list := range []struct {
		name string
		of   *[]string
	}{{"note", &d.Notes}, {"tag", &d.Tags}, {"recovery", &d.Recovery}} {
		if at := longest(*list.of, func(s string) string { return s }); at >= 0 {
			*list.of = slices.Delete(*list.of, at, at+1)
			return list.name, true
		}
	}
	ok = d.Name != ""
	d.Name = ""
	return "name", ok
}

// longest returns where in a list the longest text is, the last of several, -1 in an empty
// one.
func longest[T any](list []T, text func(T) string) int {
	at := -1
	for i, v := range list {
		if at < 0 || len(text(v)) >= len(text(list[at])) {
			at = i
		}
	}
	return at
}

func appendNew(list []string, more ...string) []string {
next:
	for _, m := range more {
		for _, have := range list {
			if have == m {
				continue next
			}
		}
		list = append(list, m)
	}
	return list
}
