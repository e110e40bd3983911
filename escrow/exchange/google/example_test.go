package google_test

import (
	"fmt"

	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
)

// An export of three codes, of which two are at hand.
func ExampleParse() {
	var exports google.Exports
	for _, text := range []string{
		"otpauth-migration://offline?data=ChsKCkhlbGxvId6tvu8SBWFsaWNlGgRBQ01FMAIQARgDKAc%3D",
		"otpauth-migration://offline?data=ChcKCkhlbGxvId6tvu8SBWNhcm9sIAQwAhABGAMgAigH",
		"otpauth-migration://offline?data=ChcKCkhlbGxvId6tvu8SBWNhcm9sIAQwAhABGAMgAigH",
	} {
		part, err := google.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		if !exports.Add(part) {
			fmt.Printf("part %d again\n", part.Number)
			continue
		}
		for _, e := range part.Entries {
			if e.Err != nil {
				fmt.Printf("part %d, account %d, %s: %v\n", part.Number, e.Position, e.Label, e.Err)
				continue
			}
			fmt.Println(e.Label, e.Key)
		}
	}
	for _, export := range exports.Incomplete() {
		fmt.Printf("of %d parts these are missing: %v\n", export.Of, export.Missing)
	}
	// Output:
	// ACME:alice otpauth.Key(elided)
	// part 3, account 1, carol: invalid account: the algorithm MD5, which makes no codes here
	// part 3 again
	// of 3 parts these are missing: [2]
}

func ExampleBuild() {
	var keys []otpauth.Key
	for _, uri := range []string{
		"otpauth://totp/ACME:alice?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
		"otpauth://totp/slow?secret=JBSWY3DPEHPK3PXP&period=60",
		"otpauth://hotp/bob?secret=JBSWY3DPEHPK3PXP&counter=7",
	} {
		key, err := otpauth.Parse(uri)
		if err != nil {
			fmt.Println(err)
			return
		}
		keys = append(keys, key)
	}
	parts, refused := google.Build(keys, 0)
	for _, p := range parts {
		fmt.Printf("code %d of %d holds %d keys in %d bytes\n", p.Number, p.Of, len(p.Entries), len(p.URI()))
	}
	for _, e := range refused {
		fmt.Printf("%s: %v\n", e.Label, e.Err)
	}
	// Output:
	// code 1 of 1 holds 2 keys in 135 bytes
	// slow: failed to export key: the format carries no such period
}
