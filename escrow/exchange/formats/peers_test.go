package formats_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedvault/escrow/exchange/formats"
)

// TestPeers reads the files in testdata/exports, which other programs wrote; its
// README says which and how.
func TestPeers(t *testing.T) {
	t.Parallel()
	const (
		acme    = `totp "ACME" "alice@example.com" JBSWY3DPEHPK3PXP SHA1 6 30s 0`
		books   = `totp "Books" "bob@example.com" GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ SHA256 8 60s 0`
		counter = `hotp "Counter" "carol" GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ SHA1 6 0s 7`
		steam   = `steam "Steam" "dave" 63BEDWCQZKTQWPESARIERL5DTTQFCJTK SHA1 5 30s 0`
	)
	all := []string{acme, books, counter, steam}
	want := map[string][]string{
		"keepassxc.csv": {"keepassxc", acme, books, steam}, "keepassxc.xml": {"keepassxc", acme, books, steam},
		"keepassxc.kdbx":       {"error: keepass-database"},
		"otpclient-aegis.json": append([]string{"aegis"}, all...), "otpclient-uris.txt": append([]string{"uris"}, all...),
		"otpclient-andotp.json": append([]string{"andotp"}, all...), "otpclient-andotp.json.aes": append([]string{"andotp"}, all...),
		"otpclient.enc": append([]string{"otpclient"}, all...),
		"pass-acme.txt": {"pass", acme}, "pass-counter.txt": {"uris", counter},
		"raivo.zip": {"raivo", acme}, "winauth.zip": {"error: zip-crypto"}, "message.gpg": {"error: openpgp"},
		"ente-libsodium.json": {"ente", acme, books, counter},
	}
	dir := filepath.Join("..", "..", "..", "testdata", "exports")
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range files {
		if f.IsDir() || f.Name() == "README.md" {
			continue
		}
		seen++
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var have []string
		r, err := formats.Read(formats.NewFile(f.Name(), data), formats.Options{Password: once("correct horse")})
		if err != nil {
			have = []string{"error: " + reasonOf(err)}
		} else {
			have = []string{r.Format}
			for _, i := range r.Items {
				if i.Err != nil {
					have = append(have, "refused: "+reasonOf(i.Err))
					continue
				}
				have = append(have, got(i.Record))
			}
		}
		if strings.Join(have, "\n") != strings.Join(want[f.Name()], "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", f.Name(), strings.Join(have, "\n"), strings.Join(want[f.Name()], "\n"))
		}
	}
	if seen != len(want) {
		t.Errorf("%d files, want %d", seen, len(want))
	}
}
