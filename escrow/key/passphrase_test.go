package key

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"seedvault/escrow/key/internal/workfactor"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// costing is a key file whose header claims a work factor.
func costing(t *testing.T, file []byte, workFactor int) []byte {
	t.Helper()
	header, rest, ok := strings.Cut(string(file), fmt.Sprintf(" %d\n", workfactor.Current))
	if !ok {
		t.Fatal("the work factor is not where it was")
	}
	return fmt.Appendf(nil, "%s %d\n%s", header, workFactor, rest)
}

// TestFilesInTheirOrder: every spelling is tried on a file before the next one, which
// may be anybody's.
func TestFilesInTheirOrder(t *testing.T) {
	workfactor.Current = 10
	defer func() { workfactor.Current = workfactor.Default }()
	typed, meant := "a  passphrase of some length", "a passphrase of some length"
	listed, err := Generate(false)
	must(t, err)
	other, err := Generate(false)
	must(t, err)
	first, err := Lock(listed, meant)
	must(t, err)
	second, err := Lock(other, typed)
	must(t, err)
	id, err := Unlock(typed, Locked{first, 22}, Locked{second, 18})
	if err != nil || id.(fmt.Stringer).String() != listed.Secret() {
		t.Errorf("another key: %v", err)
	}
	id, err = Unlock(typed, Locked{second, 18}, Locked{first, 22})
	if err != nil || id.(fmt.Stringer).String() != other.Secret() {
		t.Errorf("control: %v", err)
	}
}

// TestWorkFactorLimit: a key file that would cost more than the limit is refused at
// once, before scrypt, and the next is tried.
func TestWorkFactorLimit(t *testing.T) {
	workfactor.Current = 10
	defer func() { workfactor.Current = workfactor.Default }()
	pair, err := Generate(false)
	must(t, err)
	file, err := Lock(pair, "a passphrase of some length")
	must(t, err)
	costly := costing(t, file, 11)
	if _, err := openLocked(costly, "a passphrase of some length", 10); err == nil || errors.Is(err, ErrNoMatch) {
		t.Errorf("work factor 11 where 10 is the limit: %v", err)
	}
	if _, err := openLocked(costly, "a passphrase of some length", 11); !errors.Is(err, ErrNoMatch) {
		t.Errorf("control: %v", err) // another work factor makes another key
	}
	for limit, opens := range map[int]bool{9: false, 10: true, 22: true} {
		id, err := Unlock("a passphrase of some length", Locked{costly, 10}, Locked{file, limit})
		if (err == nil) != opens || !opens && !errors.Is(err, ErrPassphrase) {
			t.Errorf("limit %d: %v", limit, err)
		}
		if opens && id.(fmt.Stringer).String() != pair.Secret() {
			t.Errorf("limit %d: another key", limit)
		}
	}
}
