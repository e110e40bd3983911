package formats_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/qr"
)

// go test ./escrow/exchange/formats -run TestWriteSamples -samples DIR writes every sample into a
// folder, for tests of the command: index.tsv says of each its file, format and form, the
// files of its password and key ("-" for none), and how many records it has and how many
// of them are refused.
var samplesDir = flag.String("samples", "", "a folder that the samples are written to, with pictures that can be read")

func TestWriteSamples(t *testing.T) {
	t.Parallel()
	dir := *samplesDir
	if dir == "" {
		dir = t.TempDir()
	}
	var index strings.Builder
	for i, s := range samples() {
		name := fmt.Sprintf("%02d-%s", i, filepath.Base(s.name))
		if s.name == "" {
			name = fmt.Sprintf("%02d", i)
		}
		write := func(name, content string) string {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			return name
		}
		write(name, string(s.data))
		password, key := "-", "-"
		if s.password != "" {
			password = write(name+".password", s.password+"\n")
		}
		if id, ok := s.identity.(*age.X25519Identity); ok {
			key = write(name+".key", id.String()+"\n")
		}
		fmt.Fprintf(&index, "%s\t%s\t%s\t%s\t%s\t%d\t%d\n", name, s.format, s.form, password, key, len(s.want)+len(s.refused), len(s.refused))
	}
	if err := os.WriteFile(filepath.Join(dir, "index.tsv"), []byte(index.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(index.String(), "\n"); n < 60 {
		t.Errorf("only %d samples", n)
	}
}

// drawn is a QR code, as a reader of pictures finds it.
func drawn(text string) []byte {
	var ascii strings.Builder
	for _, c := range []byte(text) { // as apps write what is no ASCII
		if c < 0x80 {
			ascii.WriteByte(c)
		} else {
			fmt.Fprintf(&ascii, "%%%02X", c)
		}
	}
	code, err := qr.New(ascii.String())
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	if err := code.WritePNG(&b, 4); err != nil {
		panic(err)
	}
	return b.Bytes()
}
