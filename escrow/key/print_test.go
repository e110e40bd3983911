package key

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// TestPairsPrintNothing: no verb, log or encoding shows the secret half.
func TestPairsPrintNothing(t *testing.T) {
	pair, err := Generate(false)
	must(t, err)
	secret := pair.Secret()[20:40]
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		for _, v := range []any{pair, struct{ p *Pair }{pair}, []*Pair{pair}} {
			if strings.Contains(fmt.Sprintf(verb, v), secret) {
				t.Errorf("%s prints the key", verb)
			}
		}
	}
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", pair)
	data, err := json.Marshal(pair)
	must(t, err)
	if strings.Contains(b.String()+string(data), secret) || !strings.Contains(b.String(), "elided") {
		t.Errorf("a log has %s, JSON %s", b.String(), data)
	}
}
