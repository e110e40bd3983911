package exchange

import (
	"strings"

	"seedvault/escrow/otpauth"
)

func isAegisPage(in *input) bool {
	return in.root == "html" && strings.Contains(in.text, "<th>QR Code</th><th>UUID</th>")
}

func readAegisPage(r *reading, in *input) error {
	r.form = "html"
	return htmlRows(in.text, r, func(n int, cells []string) error {
		at := Place{Kind: AtEntry, N: n}
		if len(cells) < 12 {
			return r.refuseAt(at, "", refuse(Damaged))
		}
		text := func(i int) string {
			if s := htmlText(cells[i]); s != "-" {
				return s
			}
			return ""
		}
		// The period stands in the picture alone.
		d := draft{issuer: text(0), account: text(1), kind: text(2), secret: text(9), pin: text(11)}
		d.details.note(text(5))
		if text(6) == "true" {
			d.details.other("favorite", "true")
		}
		switch strings.ToLower(d.kind) {
		case kindMOTP, kindYandex, string(otpauth.Steam):
		case string(otpauth.HOTP):
			d.algorithm, d.digits, d.counter = text(7), text(8), text(10)
		default:
			picture, _, _ := htmlPicture(cells[3])
			if d.uri, d.err = r.codeIn(picture); d.err != nil && isReason(d.err, NoPictures) {
				return d.err
			}
		}
		return r.add(at, d)
	})
}
