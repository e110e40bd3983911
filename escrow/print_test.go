package escrow

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultkey"
)

// logged writes a value to both of slog's handlers and as JSON.
func logged(t *testing.T, v any) map[string]string {
	t.Helper()
	var text, structured bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Info("m", "v", v)
	slog.New(slog.NewJSONHandler(&structured, nil)).Info("m", "v", v)
	out := map[string]string{"slog text": text.String(), "slog JSON": structured.String()}
	if data, err := json.Marshal(v); err == nil {
		out["JSON"] = string(data)
	}
	return out
}

func noSecret(t *testing.T, where, text string, secrets []string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			t.Errorf("%s shows a secret", where)
			return
		}
	}
}

func signSeal(k *vaultkey.Key, text []byte) []byte { return k.Sign(sealcache.Namespace, text) }
