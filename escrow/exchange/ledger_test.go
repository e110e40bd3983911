package exchange_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

func record(uri string) exchange.Record { return exchange.NewRecord(uri, exchange.Details{}) }

func reason(r exchange.Reason) error { return &exchange.Error{Reason: r} }

// found makes of lines what reading them would: an item each, refused where a line is
// no URI.
func found(lines ...string) (list []exchange.Item) {
	for i, line := range lines {
		item := exchange.Item{Source: "list.txt", Position: exchange.Position{Kind: exchange.AtLine, N: i + 1}}
		if _, item.Err = otpauth.Parse(line); item.Err == nil {
			item.Record = record(line)
		}
		list = append(list, item)
	}
	return list
}

const (
	plain = "otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	slow  = "otpauth://totp/Slow:bob@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Slow&algorithm=SHA256&digits=8&period=60"
	odd   = "otpauth://totp/Odd:carol?secret=GEZDGNBVGY3TQOJQ&issuer=Odd&algorithm=SHA512&digits=7&period=15"
	hotp  = "otpauth://hotp/Counter:dave?secret=GEZDGNBVGY3TQOJQ&issuer=Counter&counter=7"
	steam = "otpauth://steam/Steam:erin?secret=GEZDGNBVGY3TQOJQ&issuer=Steam"
)

func TestLedger(t *testing.T) {
	t.Parallel()
	var l exchange.Ledger
	items := found(plain, slow, plain, "nonsense", hotp, odd)
	l.Enter(items...)
	l.MarkHeld(1)
	l.EnterRefused("broken.zip", reason(exchange.ZipCrypto))
	if sum := l.Counts(); sum != (exchange.Counts{Found: 7, AlreadyThere: 2, Refused: 2, Undecided: 3}) {
		t.Fatalf("before saving: %+v", sum)
	}
	pending := l.Pending()
	if len(pending) != 3 || l.Item(pending[0]).Record.Line() != plain {
		t.Fatalf("to be saved: %v", pending)
	}
	full := errors.New("disk full")
	l.MarkSaved(pending[0])
	l.MarkRefused(pending[1], full)
	l.MarkRefused(pending[0], full) // is settled
	l.Close()
	if sum := l.Counts(); sum != (exchange.Counts{Found: 7, Added: 1, AlreadyThere: 2, Refused: 4}) {
		t.Errorf("closed: %+v", sum)
	}
	want := []struct {
		exchange.Outcome
		err error
	}{{exchange.Added, nil}, {exchange.AlreadyThere, nil}, {exchange.AlreadyThere, nil}, {exchange.Refused, items[3].Err},
		{exchange.Refused, full}, {exchange.Refused, reason(exchange.NotSaved)}, {exchange.Refused, reason(exchange.ZipCrypto)}}
	for n := range l.Len() {
		if o, err := l.Outcome(n); o != want[n].Outcome || err != want[n].err && !errors.Is(err, want[n].err) {
			t.Errorf("item %d: %s, %v", n, o, err)
		}
	}
}

// TestLedgerOfDoubles: of three that are one seed, one is added and two are already there;
// where that one cannot be saved, all three are refused.
func TestLedgerOfDoubles(t *testing.T) {
	t.Parallel()
	var l exchange.Ledger
	for range 3 {
		l.Enter(found(plain, slow)...)
	}
	l.MarkRefused(l.Pending()[0], reason(exchange.Damaged))
	l.MarkSaved(l.Pending()[0])
	if sum := l.Counts(); sum != (exchange.Counts{Found: 6, Added: 1, AlreadyThere: 2, Refused: 3}) {
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
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var l exchange.Ledger
		sum := 0
		added := map[exchange.EnrolmentDigest]bool{}
		for range rapid.IntRange(0, 5).Draw(t, "files") {
			if rapid.Bool().Draw(t, "broken") {
				l.EnterRefused("x", reason(exchange.Damaged))
				sum++
				continue
			}
			var lines []string
			for range rapid.IntRange(0, 6).Draw(t, "records") {
				lines = append(lines, rapid.SampledFrom([]string{"nonsense", plain, slow, odd, hotp, steam}).Draw(t, "line"))
			}
			l.Enter(found(lines...)...)
			sum += len(lines)
		}
		for _, n := range l.Pending() {
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				id := l.Item(n).Record.EnrolmentDigest()
				if added[id] {
					t.Fatal("added twice")
				}
				added[id] = true
				l.MarkSaved(n)
			case 1:
				l.MarkRefused(n, errors.New("x"))
			}
		}
		l.Close()
		s := l.Counts()
		if s.Found != sum || s.Found != s.Added+s.AlreadyThere+s.Refused || s.Undecided != 0 || s.Added != len(added) {
			t.Fatalf("%d found: %+v", sum, s)
		}
	})
}

// TestIdentity: all that makes the codes and the names tell seeds apart, and no
// spelling does.
func TestIdentity(t *testing.T) {
	t.Parallel()
	base := "otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	for _, same := range []string{
		"otpauth://totp/ACME:alice@example.com?issuer=ACME&secret=jbsw%20y3dp-ehpk3pxp",
		"otpauth://totp/ACME%3Aalice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=sha1&digits=6&period=30",
		"otpauth://totp/ACME:%20alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&image=x",
		"otpauth://totp/acme:ALICE@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Acme",
		"otpauth://totp/alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
		"OTPAUTH://TOTP/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP====",
	} {
		if record(same).EnrolmentDigest() != record(base).EnrolmentDigest() {
			t.Errorf("another identity: %s", same)
		}
	}
	seen := map[exchange.EnrolmentDigest]string{record(base).EnrolmentDigest(): base}
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
		id := record(other).EnrolmentDigest()
		if seen[id] != "" {
			t.Errorf("one identity: %s and %s", seen[id], other)
		}
		seen[id] = other
	}
}
