package exchange

// Raivo OTP's export: a zip encrypted with WinZip's AES, or the JSON taken out of
// it, in which every value is a text.
var raivo = &Format{
	Name: "raivo", App: "Raivo OTP",
	Forms:  []Form{{Name: "plain"}, {Name: "zip", Encrypted: true}},
	Source: "https://github.com/raivo-otp/ios-application/blob/master/Raivo/Features/DataExportFeature.swift",
	Holds:  Holds{TOTP: true, HOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod},
	recognise: func(in *input) bool {
		return in.zip.find("raivo-otp-export.json") != nil || in.listHas("secret", "kind", "timer")
	},
	read: readRaivo,
}

func readRaivo(r *reading, in *input) error {
	list := in.json
	r.form = "plain"
	if in.zip != nil {
		r.form = "zip"
		var err error
		if list, err = openRaivo(r, in.zip); err != nil {
			return err
		}
	}
	if !list.isArray() {
		return refuse(NotThatFormat)
	}
	for i, e := range list.elements() {
		d := draft{
			kind: e.str("kind"), issuer: e.str("issuer"), account: e.str("account"), secret: e.str("secret"),
			algorithm: e.str("algorithm"), digits: e.str("digits"), period: e.str("timer"), counter: e.str("counter"),
		}
		if e.str("pinned") == "true" || e.str("pinned") == "1" {
			d.details.other("favorite", "true")
		}
		r.rest(e, &d.details, "kind", "issuer", "account", "secret", "algorithm", "digits", "timer", "counter", "pinned")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func openRaivo(r *reading, z *archive) (list node, err error) {
	f := z.find("raivo-otp-export.json")
	var text string
	switch {
	case f == nil:
		return "", refuse(NotThatFormat)
	case usesZipCrypto(f):
		return "", refuse(ZipCrypto)
	case isEncrypted(f):
		err = r.unlock(func(password []byte) (err error) {
			text, err = z.readAES(f, password)
			return err
		})
	default:
		text, err = z.read(f)
	}
	if err != nil {
		return "", err
	}
	list, ok := parseJSON(textOf(text))
	if !ok {
		return "", refuse(Damaged)
	}
	return list, nil
}
