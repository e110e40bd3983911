package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
)

// A list of URIs encrypted with age: one file that opens with one "age -d", and
// that holds all that a list of URIs holds.
var ageBundle = &Format{
	Name: "age", App: "age (a list of URIs)",
	Forms:  []Form{{Name: "binary", Encrypted: true}, {Name: "armored", Encrypted: true}},
	Source: "https://age-encryption.org/v1",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
		Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Name: true, Tags: true, Notes: true, Recovery: true, Added: true, Other: true, URI: true,
	},
	recognise: func(in *reading.Input) bool { return isAge(in) || isArmored(in) },
	read:      readAge,
	write:     writeAge,
}

func isAge(in *reading.Input) bool {
	return bytes.HasPrefix(in.Data, []byte("age-encryption.org/v1\n"))
}
func isArmored(in *reading.Input) bool {
	return strings.HasPrefix(strings.TrimSpace(in.Text), armor.Header)
}

// maxAgeWork is the scrypt work factor of 1 GiB.
const maxAgeWork = 20

func readAge(r *reading.Reader, in *reading.Input) error {
	form, sealed := "binary", in.Data
	switch {
	case isArmored(in):
		form = "armored"
		var err error
		if sealed, err = io.ReadAll(armor.NewReader(strings.NewReader(strings.TrimSpace(in.Text) + "\n"))); err != nil {
			return exchange.Refuse(exchange.Damaged)
		}
	case !isAge(in):
		return exchange.Refuse(exchange.NotThatFormat)
	}
	plain, err := openAge(r, sealed)
	if err != nil {
		return err
	}
	inner := *in
	inner.SetText(parse.Text(string(plain)))
	if err := readURIs(r, &inner); err != nil {
		return err
	}
	r.Form = form
	return nil
}

// openAge tries the identities at hand, and a passphrase where the file has one.
func openAge(r *reading.Reader, sealed []byte) ([]byte, error) {
	if factor := scryptFactor(sealed); factor > 0 {
		if factor > maxAgeWork {
			return nil, exchange.Refuse(exchange.TooDear)
		}
		var plain []byte
		err := r.Passwords.Try(func(password []byte) error {
			id, err := age.NewScryptIdentity(string(password))
			if err != nil {
				return exchange.Refuse(exchange.WrongPassword)
			}
			id.SetMaxWorkFactor(maxAgeWork)
			if err := r.Passwords.Spend(exchange.Cost{Function: "scrypt", Memory: 1024 << factor, Rounds: 1}); err != nil {
				return err
			}
			plain, err = decryptAge(sealed, id)
			return err
		})
		return plain, err
	}
	if len(r.Identities) == 0 {
		return nil, exchange.Refuse(exchange.NeedsIdentity)
	}
	plain, err := decryptAge(sealed, r.Identities...)
	if unlock.IsWrongPassword(err) {
		return nil, exchange.Refuse(exchange.NeedsIdentity)
	}
	return plain, err
}

// scryptFactor returns the work factor that a file's header asks for, 0 where it is for
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
	plain, err := io.ReadAll(io.LimitReader(out, exchange.MaxInput+1))
	switch {
	case err != nil:
		return nil, exchange.Refuse(exchange.Damaged)
	case len(plain) > exchange.MaxInput:
		return nil, exchange.Refuse(exchange.TooLarge)
	}
	return plain, nil
}

// ageError makes a reason of what age says.
func ageError(err error) error {
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return exchange.Refuse(exchange.WrongPassword)
	}
	return exchange.Refuse(exchange.Damaged)
}

func writeAge(w *writing, records []exchange.Record) ([]byte, error) {
	if len(w.recipients) == 0 {
		return nil, exchange.Refuse(exchange.NeedsIdentity)
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
