package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// A list of URIs encrypted with age: one file that opens with one "age -d", and
// that holds all that a list of URIs holds.
var ageBundle = &Format{
	Name: "age", App: "age (a list of URIs)",
	Forms:  []Form{{Name: "binary", Encrypted: true}, {Name: "armored", Encrypted: true}},
	Source: "https://age-encryption.org/v1",
	Holds: Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
		Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Name: true, Tags: true, Notes: true, Recovery: true, Added: true, Other: true, URI: true,
	},
	recognise: func(in *input) bool { return isAge(in) || isArmored(in) },
	read:      readAge,
	write:     writeAge,
}

func isAge(in *input) bool     { return bytes.HasPrefix(in.data, []byte("age-encryption.org/v1\n")) }
func isArmored(in *input) bool { return strings.HasPrefix(strings.TrimSpace(in.text), armor.Header) }

// maxAgeWork is the scrypt work factor of 1 GiB.
const maxAgeWork = 20

func readAge(r *reading, in *input) error {
	form, sealed := "binary", in.data
	switch {
	case isArmored(in):
		form = "armored"
		var err error
		if sealed, err = io.ReadAll(armor.NewReader(strings.NewReader(strings.TrimSpace(in.text) + "\n"))); err != nil {
			return refuse(Damaged)
		}
	case !isAge(in):
		return refuse(NotThatFormat)
	}
	plain, err := openAge(r, sealed)
	if err != nil {
		return err
	}
	inner := *in
	inner.setText(textOf(string(plain)))
	if err := readURIs(r, &inner); err != nil {
		return err
	}
	r.form = form
	return nil
}

// openAge tries the identities at hand, and a passphrase where the file has one.
func openAge(r *reading, sealed []byte) ([]byte, error) {
	if factor := scryptFactor(sealed); factor > 0 {
		if factor > maxAgeWork {
			return nil, refuse(TooDear)
		}
		var plain []byte
		err := r.unlock(func(password []byte) error {
			id, err := age.NewScryptIdentity(string(password))
			if err != nil {
				return refuse(WrongPassword)
			}
			id.SetMaxWorkFactor(maxAgeWork)
			if err := r.spend(Cost{"scrypt", 1024 << factor, 1}); err != nil {
				return err
			}
			plain, err = decryptAge(sealed, id)
			return err
		})
		return plain, err
	}
	if len(r.options.Identities) == 0 {
		return nil, refuse(NeedsIdentity)
	}
	plain, err := decryptAge(sealed, r.options.Identities...)
	if isWrongPassword(err) {
		return nil, refuse(NeedsIdentity)
	}
	return plain, err
}

// scryptFactor is the work factor that a file's header asks for, 0 where it is for
// other recipients.
func scryptFactor(sealed []byte) int {
	_, header, _ := strings.Cut(string(sealed[:min(len(sealed), 200)]), "\n")
	line, _, _ := strings.Cut(header, "\n")
	var salt string
	var factor int
	if n, err := fmt.Sscanf(line, "-> scrypt %s %d", &salt, &factor); n != 2 || err != nil || factor < 1 {
		return 0
	}
	return factor
}

func decryptAge(sealed []byte, ids ...age.Identity) ([]byte, error) {
	out, err := age.Decrypt(bytes.NewReader(sealed), ids...)
	if err != nil {
		return nil, ageError(err)
	}
	plain, err := io.ReadAll(io.LimitReader(out, MaxInput+1))
	switch {
	case err != nil:
		return nil, refuse(Damaged)
	case len(plain) > MaxInput:
		return nil, refuse(TooLarge)
	}
	return plain, nil
}

// ageError makes a reason of what age says.
func ageError(err error) error {
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return refuse(WrongPassword)
	}
	return refuse(Damaged)
}

func writeAge(w *writing, records []Record) ([]byte, error) {
	if len(w.recipients) == 0 {
		return nil, refuse(NeedsIdentity)
	}
	var b bytes.Buffer
	var dst io.WriteCloser = nopCloser{&b}
	if w.armor {
		dst = armor.NewWriter(&b)
	}
	out, err := age.Encrypt(dst, w.recipients...)
	if err != nil {
		return nil, err
	}
	if _, err := out.Write(writeOwnList(records)); err != nil {
		return nil, err
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	if err := dst.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
