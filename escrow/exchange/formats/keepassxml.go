package formats

import (
	"encoding/base64"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

func readKeePassXML(r *reading.Reader, in *reading.Input) error {
	r.Form = "xml"
	d, err := parse.NewXML(in.Text)
	if err != nil {
		return err
	}
	w := keePassWalk{Reader: r, decoder: d}
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
	return exchange.Refuse(exchange.Damaged)
}

// keePassWalk is where the reader stands: in which groups, from the root.
type keePassWalk struct {
	*reading.Reader
	decoder *xml.Decoder
	groups  []keePassGroupOf
	bin     string // the recycle bin's UUID
	n       int
}

type keePassGroupOf struct{ name, uuid string }

func (w *keePassWalk) start(t xml.StartElement) error {
	budget := parse.MaxXMLElements
	switch name := t.Name.Local; name {
	case "Group":
		w.groups = append(w.groups, keePassGroupOf{})
	case "Binaries", "CustomIcons", "DeletedObjects", "History":
		if w.decoder.Skip() != nil {
			return exchange.Refuse(exchange.Damaged)
		}
	case "RecycleBinUUID", "Name", "UUID":
		e, err := parse.ReadElement(w.decoder, t, &budget)
		if err != nil {
			return err
		}
		switch at := len(w.groups) - 1; {
		case name == "RecycleBinUUID":
			w.bin = e.Trimmed()
		case at >= 0 && name == "Name":
			w.groups[at].name = e.Trimmed()
		case at >= 0:
			w.groups[at].uuid = e.Trimmed()
		}
	case "Entry":
		e, err := parse.ReadElement(w.decoder, t, &budget, "History", "AutoType")
		if err != nil {
			return err
		}
		return w.entry(e)
	}
	return nil
}

const noUUID = "AAAAAAAAAAAAAAAAAAAAAA=="

func (w *keePassWalk) entry(e *parse.Element) error {
	if err := w.Visit(); err != nil {
		return err
	}
	w.n++
	fields := map[string]string{}
	for _, s := range e.All("String") {
		fields[s.Child("Key").Trimmed()] = s.Child("Value").Text
	}
	codes := keePassCodes(fields)
	for _, g := range w.groups {
		if w.bin != "" && w.bin != noUUID && g.uuid == w.bin {
			if len(codes) > 0 {
				w.Notice(exchange.InRecycleBin, len(codes))
			}
			return nil
		}
	}
	if len(codes) == 0 {
		w.Notice(exchange.PassedOver, 1)
		return nil
	}
	if fields["Password"] != "" {
		w.Notice(exchange.LeftBehind, 1, "password")
	}
	if n := len(e.All("Binary")); n > 0 {
		w.Notice(exchange.LeftBehind, n, "attachment")
	}
	for i, d := range codes {
		at := exchange.Position{Kind: exchange.AtEntry, N: w.n}
		if len(codes) > 1 {
			at.Of = i + 1
		}
		w.describe(&d, e, fields)
		if err := w.Add(at, d); err != nil {
			return err
		}
	}
	return nil
}

func (w *keePassWalk) describe(d *reading.Draft, e *parse.Element, fields map[string]string) {
	var path []string
	for _, g := range w.groups {
		path = append(path, g.name)
	}
	keePassGroup(d, path)
	for _, tag := range strings.FieldsFunc(e.Child("Tags").Text, func(r rune) bool { return r == ';' || r == ',' }) {
		d.Details.AddTag(tag)
	}
	reading.SplitNote(&d.Details, fields["Notes"])
	d.Details.AddOther("url", fields["URL"])
	d.Details.Added = keePassTime(e.Child("Times", "CreationTime").Trimmed())
	for _, s := range e.All("String") {
		name, value := s.Child("Key").Trimmed(), s.Child("Value").Text
		if isKeePassField(name) {
			continue
		}
		if left := d.PutField(name, value); left != "" {
			w.Notice(exchange.LeftBehind, 1, left)
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
	return parse.Time(s)
}
