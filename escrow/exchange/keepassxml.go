package exchange

import (
	"encoding/base64"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

func readKeePassXML(r *reading, in *input) error {
	r.form = "xml"
	d, err := newXML(in.text)
	if err != nil {
		return err
	}
	w := keePassWalk{reading: r, decoder: d}
	for {
		token, err := d.Token()
		if token == nil {
			return endOfXML(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := w.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			if t.Name.Local == "Group" && len(w.groups) > 0 {
				w.groups = w.groups[:len(w.groups)-1]
			}
		}
	}
}

func endOfXML(err error) error {
	if err == io.EOF {
		return nil
	}
	return refuse(Damaged)
}

// keePassWalk is where the reader stands: in which groups, from the root.
type keePassWalk struct {
	*reading
	decoder *xml.Decoder
	groups  []keePassGroupOf
	bin     string // the recycle bin's UUID
	n       int
}

type keePassGroupOf struct{ name, uuid string }

func (w *keePassWalk) start(t xml.StartElement) error {
	budget := maxXMLElements
	switch name := t.Name.Local; name {
	case "Group":
		w.groups = append(w.groups, keePassGroupOf{})
	case "Binaries", "CustomIcons", "DeletedObjects", "History":
		if w.decoder.Skip() != nil {
			return refuse(Damaged)
		}
	case "RecycleBinUUID", "Name", "UUID":
		e, err := readElement(w.decoder, t, &budget)
		if err != nil {
			return err
		}
		switch at := len(w.groups) - 1; {
		case name == "RecycleBinUUID":
			w.bin = e.trimmed()
		case at >= 0 && name == "Name":
			w.groups[at].name = e.trimmed()
		case at >= 0:
			w.groups[at].uuid = e.trimmed()
		}
	case "Entry":
		e, err := readElement(w.decoder, t, &budget, "History", "AutoType")
		if err != nil {
			return err
		}
		return w.entry(e)
	}
	return nil
}

const noUUID = "AAAAAAAAAAAAAAAAAAAAAA=="

func (w *keePassWalk) entry(e *element) error {
	if err := w.visit(); err != nil {
		return err
	}
	w.n++
	fields := map[string]string{}
	for _, s := range e.all("String") {
		fields[s.child("Key").trimmed()] = s.child("Value").text
	}
	codes := keePassCodes(fields)
	for _, g := range w.groups {
		if w.bin != "" && w.bin != noUUID && g.uuid == w.bin {
			if len(codes) > 0 {
				w.notice(InRecycleBin, len(codes))
			}
			return nil
		}
	}
	if len(codes) == 0 {
		w.notice(PassedOver, 1)
		return nil
	}
	if fields["Password"] != "" {
		w.notice(LeftBehind, 1, "password")
	}
	if n := len(e.all("Binary")); n > 0 {
		w.notice(LeftBehind, n, "attachment")
	}
	for i, d := range codes {
		at := Place{Kind: AtEntry, N: w.n}
		if len(codes) > 1 {
			at.Of = i + 1
		}
		w.describe(&d, e, fields)
		if err := w.add(at, d); err != nil {
			return err
		}
	}
	return nil
}

func (w *keePassWalk) describe(d *draft, e *element, fields map[string]string) {
	var path []string
	for _, g := range w.groups {
		path = append(path, g.name)
	}
	keePassGroup(d, path)
	for _, tag := range strings.FieldsFunc(e.child("Tags").text, func(r rune) bool { return r == ';' || r == ',' }) {
		d.details.tag(tag)
	}
	splitNote(&d.details, fields["Notes"])
	d.details.other("url", fields["URL"])
	d.details.Added = keePassTime(e.child("Times", "CreationTime").trimmed())
	for _, s := range e.all("String") {
		name, value := s.child("Key").trimmed(), s.child("Value").text
		if isKeePassField(name) {
			continue
		}
		if left := d.field(name, value); left != "" {
			w.notice(LeftBehind, 1, left)
		}
	}
}

func isKeePassField(name string) bool {
	switch name {
	case "Title", "UserName", "Password", "URL", "Notes", "TOTP Seed", "TOTP Settings":
		return true
	}
	return name == "otp" || strings.HasPrefix(name, "otp_") || strings.HasPrefix(name, "TimeOtp-") || strings.HasPrefix(name, "HmacOtp-")
}

// keePassTime reads an ISO time, or in newer files the seconds since the year 1 as
// eight bytes in base64.
func keePassTime(s string) time.Time {
	if raw, err := base64.StdEncoding.DecodeString(s); err == nil && len(raw) == 8 {
		var n int64
		for i, b := range raw {
			n |= int64(b) << (8 * i)
		}
		const year1 = 62135596800 // seconds from the year 1 to 1970
		if n > year1 && n-year1 < 253402300799 {
			return time.Unix(n-year1, 0).UTC()
		}
		return time.Time{}
	}
	return timeOf(s)
}
