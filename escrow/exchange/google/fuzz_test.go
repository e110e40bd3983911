package google_test

import (
	"encoding/base32"
	"errors"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/exchange/internal/exchangetest"
	"seedvault/escrow/otpauth"
)

// FuzzParse takes its input for a message, and for a link as well.
func FuzzParse(f *testing.F) {
	f.Add(message(f, vector))
	f.Add(message(f, account(secret+"20 04", "18 02 20 01")))
	f.Add(message(f, account(secret+"12 02 613a 1a 01 61", "")))
	f.Add(message(f, account("08 01", "1a 00")))
	f.Add([]byte(linkOf(message(f, vector))))
	f.Add([]byte("otpauth-migration://offline?data=CjEK%2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkGoogle(t, linkOf(data))
		checkGoogle(t, string(data))
	})
}

// checkGoogle holds whatever comes of a text against what Parse promises.
func checkGoogle(t *testing.T, text string) {
	p, err := google.Parse(text)
	if err != nil {
		exchangetest.Constant(t, err)
		return
	}
	if len(p.Entries) == 0 || p.Number < 1 || p.Number > p.Of || p.URI() != strings.TrimSpace(text) {
		t.Fatal("an accepted code is not whole")
	}
	var keys []otpauth.Key
	for i, e := range p.Entries {
		if e.Position != i+1 || (e.Err == nil) != (e.Key.Type() != "") {
			t.Fatal("an entry is neither a key nor refused, or both")
		}
		if e.Err != nil {
			exchangetest.Constant(t, e.Err)
			continue
		}
		written := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(e.Key.Secret())
		if len(written) >= 8 && strings.Contains(e.Label, written) {
			t.Fatal("a label holds the secret")
		}
		keys = append(keys, e.Key)
	}
	writtenAgain(t, keys)
}

// writtenAgain fails the test unless accepted keys come back from codes of our own, in
// their order, but for those that are too long for a code.
func writtenAgain(t *testing.T, keys []otpauth.Key) {
	parts, refused := google.Build(keys, 0)
	gone := map[int]bool{}
	for _, e := range refused {
		if !errors.Is(e.Err, &exchange.Error{Reason: exchange.NotCarriedLength}) {
			t.Fatalf("an accepted key is refused on the way back: %v", e.Err)
		}
		gone[e.Position] = true
	}
	next := 1
	for _, part := range parts {
		for _, e := range parse(t, part.URI()).Entries {
			for gone[next] {
				next++
			}
			k := keys[next-1]
			if !e.Key.Equal(k) || e.Key.Issuer() != k.Issuer() || e.Key.Account() != k.Account() {
				t.Fatal("an accepted key comes back as another")
			}
			next++
		}
	}
	for gone[next] {
		next++
	}
	if next != len(keys)+1 {
		t.Fatal("an accepted key does not come back")
	}
}
