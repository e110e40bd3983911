package exchange_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"seedvault/escrow/exchange"
)

func record(uri string) exchange.Record { return exchange.NewRecord(uri, exchange.Details{}) }

func TestLedger(t *testing.T) {
	var l exchange.Ledger
	l.Holds(record(uriOf(slowTOTP)).Identity())
	list := strings.Join([]string{uriOf(plainTOTP), uriOf(slowTOTP), uriOf(plainTOTP), "nonsense", uriOf(hotp), uriOf(oddTOTP)}, "\n")
	r, err := exchange.Read(exchange.NewFile("list.txt", []byte(list)), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l.Enter(r.Items...)
	l.EnterRefused("broken.zip", reason(exchange.ZipCrypto))
	if sum := l.Sum(); sum != (exchange.Sum{Found: 7, AlreadyThere: 2, Refused: 2, Open: 3}) {
		t.Fatalf("before saving: %+v", sum)
	}
	pending := l.Pending()
	if len(pending) != 3 || got(l.Item(pending[0]).Record) != plainTOTP.want() {
		t.Fatalf("to be saved: %v", pending)
	}
	full := errors.New("disk full")
	l.Save(pending[0])
	l.Refuse(pending[1], full)
	l.Refuse(pending[0], full) // is settled
	l.Close()
	if sum := l.Sum(); sum != (exchange.Sum{Found: 7, Added: 1, AlreadyThere: 2, Refused: 4}) {
		t.Errorf("closed: %+v", sum)
	}
	want := []struct {
		exchange.Outcome
		err error
	}{{exchange.Added, nil}, {exchange.AlreadyThere, nil}, {exchange.AlreadyThere, nil}, {exchange.Refused, r.Items[3].Err},
		{exchange.Refused, full}, {exchange.Refused, reason(exchange.NotSaved)}, {exchange.Refused, reason(exchange.ZipCrypto)}}
	for n := range l.Len() {
		if o, err := l.Outcome(n); o != want[n].Outcome || err != want[n].err && !errors.Is(err, want[n].err) {
			t.Errorf("item %d: %s, %v", n, o, err)
		}
	}
}

// TestLedgerOfDoubles: what came twice and could not be saved is there not once.
func TestLedgerOfDoubles(t *testing.T) {
	var l exchange.Ledger
	for range 3 {
		r, err := exchange.Read(exchange.NewFile("x", []byte(uriOf(plainTOTP)+"\n"+uriOf(slowTOTP))), exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		l.Enter(r.Items...)
	}
	l.Refuse(l.Pending()[0], reason(exchange.Damaged))
	l.Save(l.Pending()[0])
	if sum := l.Sum(); sum != (exchange.Sum{Found: 6, Added: 1, AlreadyThere: 2, Refused: 3}) {
		t.Errorf("%+v", sum)
	}
	for n := range l.Len() {
		if o, err := l.Outcome(n); (n%2 == 0) != (o == exchange.Refused && errors.Is(err, reason(exchange.Damaged))) {
			t.Errorf("item %d: %s, %v", n, o, err)
		}
	}
}

// TestLedgerBalances enters and settles at random: what was found is always what
// ended in one of the three ways, and nothing is added twice.
func TestLedgerBalances(t *testing.T) {
	all := []enrolment{plainTOTP, slowTOTP, oddTOTP, hotp, steamTOTP}
	rapid.Check(t, func(t *rapid.T) {
		var l exchange.Ledger
		found := 0
		added := map[exchange.Identity]bool{}
		for range rapid.IntRange(0, 5).Draw(t, "files") {
			if rapid.Bool().Draw(t, "broken") {
				l.EnterRefused("x", reason(exchange.Damaged))
				found++
				continue
			}
			var lines []string
			for range rapid.IntRange(0, 6).Draw(t, "records") {
				lines = append(lines, rapid.SampledFrom([]string{"nonsense", uriOf(all[0]), uriOf(all[1]), uriOf(all[2]), uriOf(all[3]), uriOf(all[4])}).Draw(t, "line"))
			}
			r, err := exchange.Read(exchange.NewFile("x", []byte(strings.Join(lines, "\n"))), exchange.Options{From: "uris"})
			if err != nil && len(lines) > 0 {
				t.Fatal(err)
			}
			l.Enter(r.Items...)
			found += len(lines)
		}
		for _, n := range l.Pending() {
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				id := l.Item(n).Record.Identity()
				if added[id] {
					t.Fatal("added twice")
				}
				added[id] = true
				l.Save(n)
			case 1:
				l.Refuse(n, errors.New("x"))
			}
		}
		l.Close()
		s := l.Sum()
		if s.Found != found || s.Found != s.Added+s.AlreadyThere+s.Refused || s.Open != 0 || s.Added != len(added) {
			t.Fatalf("%d found: %+v", found, s)
		}
	})
}

// TestIdentity: all that makes the codes and the names tell seeds apart, and no
// spelling does.
func TestIdentity(t *testing.T) {
	base := "otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	for _, same := range []string{
		"otpauth://totp/ACME:alice@example.com?issuer=ACME&secret=jbsw%20y3dp-ehpk3pxp",
		"otpauth://totp/ACME%3Aalice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=sha1&digits=6&period=30",
		"otpauth://totp/ACME:%20alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&image=x",
		"otpauth://totp/acme:ALICE@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Acme",
		"otpauth://totp/alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
		"OTPAUTH://TOTP/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP====",
	} {
		if record(same).Identity() != record(base).Identity() {
			t.Errorf("another identity: %s", same)
		}
	}
	seen := map[exchange.Identity]string{record(base).Identity(): base}
	for _, other := range []string{
		"otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXQ&issuer=ACME",
		"otpauth://totp/ACME:bob@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
		"otpauth://totp/Other:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Other",
		"otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=SHA256",
		"otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&digits=8",
		"otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&period=60",
		"otpauth://hotp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&counter=0",
		"otpauth://hotp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&counter=1",
		"otpauth://steam/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
		"motp://ACME:alice@example.com?secret=aa", "motp://ACME:alice@example.com?secret=ab",
	} {
		id := record(other).Identity()
		if seen[id] != "" {
			t.Errorf("one identity: %s and %s", seen[id], other)
		}
		seen[id] = other
	}
}
