// Package reading is what formats read with: the file as an [Input], which says what it
// is; the [Draft] of a record, which says what stands in the file and is judged when it is
// added; and the [Reader], which gathers records and holds a file to bounds.
package reading

import (
	"slices"

	"filippo.io/age"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/unlock"
)

// maxVisited is how many items of one file are looked at, with one-time codes or without.
const maxVisited = 200000

// Reader gathers what is found in one file.
type Reader struct {
	Source, Format string // the file, as the caller names it, and the name of its format

	Passwords  unlock.Passwords               // open the file, if it has one
	Pictures   func([]byte) ([]string, error) // returns the texts of the codes in a picture; may be nil
	Identities []age.Identity                 // open files encrypted with age
	Exports    *google.Exports                // hears of each part of Google's exports

	Form    string            // of the format: which one the file is in
	Items   []exchange.Item   // what was found so far
	Notices []exchange.Notice // about the file as a whole

	visited int
}

// Add judges a draft and notes it as found, taken or refused. The error says that the file
// has too many, and ends the reading.
func (r *Reader) Add(at exchange.Position, d Draft) error {
	if len(r.Items) >= exchange.MaxRecords {
		return exchange.Refuse(exchange.TooMany)
	}
	if d.Details.Origin == "" {
		d.Details.Origin = r.Format
	}
	rec, notices, err := d.record()
	i := exchange.Item{Source: r.Source, Format: r.Format, Position: at, Record: rec, Err: err}
	if err != nil {
		i.Label = d.label()
	} else {
		i.Label, i.Notices = rec.Label(), append(d.Notices, notices...)
	}
	r.Items = append(r.Items, i)
	return nil
}

// RefuseAt notes a record that was found and cannot be read. The error is that of
// [Reader.Add].
func (r *Reader) RefuseAt(at exchange.Position, label string, err error) error {
	if len(r.Items) >= exchange.MaxRecords {
		return exchange.Refuse(exchange.TooMany)
	}
	r.Items = append(r.Items, exchange.Item{Source: r.Source, Format: r.Format, Position: at, Label: label, Err: err})
	return nil
}

// Visit counts whatever a file consists of, with one-time codes or without. The error says
// that it is too much.
func (r *Reader) Visit() error {
	if r.visited++; r.visited > maxVisited {
		return exchange.Refuse(exchange.TooMany)
	}
	return nil
}

// Notice says something about the file, once for each kind.
func (r *Reader) Notice(what exchange.Remark, count int, names ...string) {
	for i, n := range r.Notices {
		if n.What == what {
			r.Notices[i].Count += count
			for _, name := range names {
				if !slices.Contains(r.Notices[i].Names, name) {
					r.Notices[i].Names = append(r.Notices[i].Names, name)
				}
			}
			return
		}
	}
	r.Notices = append(r.Notices, exchange.Notice{What: what, Names: names, Count: count})
}

// AddCodes adds the one-time codes of one item, which have all in common but the
// code and the name. An item without one is passed over.
func (r *Reader) AddCodes(n int, codes []Draft, common Draft) error {
	if len(codes) == 0 {
		r.Notice(exchange.PassedOver, 1)
	}
	for i, d := range codes {
		at := exchange.Position{Kind: exchange.AtEntry, N: n}
		if len(codes) > 1 {
			at.Of = i + 1
		}
		name := d.Details.Name
		d.Details, d.Notices = common.Details.Clone(), append(d.Notices, common.Notices...)
		if d.Details.Name == "" {
			d.Details.Name = name
		}
		if err := r.Add(at, d); err != nil {
			return err
		}
	}
	return nil
}

// PutField puts a custom field where it belongs, and says so if that is nowhere.
func (r *Reader) PutField(d *Draft, name, value string) {
	if left := d.PutField(name, value); left != "" {
		r.Notice(exchange.LeftBehind, 1, left)
	}
}

// bookkeeping is what apps keep for themselves and what is of no use elsewhere:
// numbers, orders, times of last use. It is named once for a file, and not kept.
var bookkeeping = map[string]bool{
	"uuid": true, "id": true, "accountID": true, "lmiUserId": true, "unique_id": true, "uniqueId": true, "unique_iv": true,
	"last_used": true, "lastUsedAt": true, "used_frequency": true, "tapCount": true, "CopyCount": true,
	"order": true, "Ranking": true, "position": true,
	"updatedAt": true, "password_timestamp": true, "createdDate": true, "upload_state": true,
	"icon_mime": true, "icon_hash": true, "iconType": true, "iconSrc": true, "tokenType": true, "pushNotification": true,
}

// Rest puts under Other what an object holds beside the names given, where it is
// not empty, false or "Default". Bookkeeping is named for the file and not kept.
func (r *Reader) Rest(n parse.Node, d *exchange.Details, known ...string) {
	seen := map[string]bool{}
	for _, k := range known {
		seen[k] = true
	}
	for name, v := range n.Members() {
		if seen[name] || v.IsNone() || v == "false" || v == `"Default"` || len(seen) > 1000 {
			continue
		}
		seen[name] = true
		switch text := v.Text(); {
		case bookkeeping[name]:
			r.Notice(exchange.Dropped, 1, exchange.FieldName(name))
		case text != "":
			d.AddOther(name, text)
		default:
			d.AddOther(name, string(v))
		}
	}
}

// PictureCode reads the code in a picture, by whoever can.
func (r *Reader) PictureCode(picture []byte) (string, error) {
	if r.Pictures == nil {
		return "", exchange.Refuse(exchange.NoPictures)
	}
	texts, err := r.Pictures(picture)
	if err != nil || len(texts) != 1 {
		return "", exchange.Refuse(exchange.UnreadPicture)
	}
	return texts[0], nil
}

// UnlockJSON asks for passwords until one opens a content that is JSON, and refuses any
// other content for a reason: that a password is wrong shows in nothing else in some forms.
func (r *Reader) UnlockJSON(open func(password []byte) ([]byte, error), otherwise exchange.Reason) (content parse.Node, err error) {
	err = r.Passwords.Try(func(password []byte) error {
		plain, err := open(password)
		if err != nil {
			return err
		}
		var ok bool
		if content, ok = parse.JSON(string(plain)); !ok {
			return exchange.Refuse(otherwise)
		}
		return nil
	})
	return content, err
}
