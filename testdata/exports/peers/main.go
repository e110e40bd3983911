// Peers holds package formats against the programs of others: what they write is
// read, and what is written here they read back. It is run by hand, since it needs
// them all: keepassxc-cli, otpclient-cli, pass with pass-otp, gpg, age, 7z, zip,
// node with npm, and gcc with libsodium.
//
//	go run ./testdata/exports/peers [-keep DIR]
//
// With -keep the files that the programs wrote are put into a folder: those in
// testdata/exports were made so.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
)

// The seeds: the same in every file, as far as its format holds them.
var uris = []string{
	"otpauth://totp/ACME:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
	"otpauth://totp/Books:bob%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Books&algorithm=SHA256&digits=8&period=60",
	"otpauth://hotp/Counter:carol?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Counter&counter=7",
	"otpauth://steam/Steam:dave?secret=63BEDWCQZKTQWPESARIERL5DTTQFCJTK&issuer=Steam",
}

const password = "correct horse"

func records() (list []exchange.Record) {
	for _, u := range uris {
		list = append(list, exchange.NewRecord(u, exchange.Details{}))
	}
	return list
}

// rig is a run: a folder for everything, and one for what is kept.
type rig struct {
	dir, keep string
	failed    int
}

func main() {
	keep := flag.String("keep", "", "a folder for the files that the programs wrote")
	flag.Parse()
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	r := &rig{dir: dir, keep: *keep}
	for _, p := range []struct {
		name string
		run  func(*rig) error
	}{
		{"keepassxc-cli", keepassxc}, {"otpclient-cli", otpclient}, {"pass otp", passOTP}, {"age", ageCLI}, {"7z and zip", zips},
		{"libsodium", libsodium}, {"node", node}, {"gauth-decode", migration}, {"gpg", gpg},
	} {
		if err := p.run(r); err != nil {
			r.failed++
			fmt.Printf("%-26s FAILED: %v\n", p.name, err)
		}
	}
	os.RemoveAll(dir)
	if r.failed > 0 {
		os.Exit(1)
	}
}

func (r *rig) path(name string) string { return filepath.Join(r.dir, name) }

func (r *rig) write(name string, data []byte) string {
	if err := os.WriteFile(r.path(name), data, 0o600); err != nil {
		panic(err)
	}
	return r.path(name)
}

// export writes the seeds in a format.
func export(format string, o formats.WriteOptions) ([]byte, int, error) {
	e, err := formats.NewExport(format, records())
	if err != nil {
		return nil, 0, err
	}
	var b bytes.Buffer
	err = e.Write(&b, o)
	return b.Bytes(), e.Len(), err
}

// takes reads a file of another program's and wants the seeds with these numbers.
func (r *rig) takes(program, file, format string, want ...int) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if r.keep != "" {
		if err := os.WriteFile(filepath.Join(r.keep, filepath.Base(file)), data, 0o644); err != nil {
			return err
		}
	}
	tries := 0
	got, err := formats.Read(formats.NewFile(filepath.Base(file), data), formats.Options{Password: func(exchange.PasswordRequest) (string, error) {
		if tries++; tries > 1 {
			return "", fmt.Errorf("the password is refused")
		}
		return password, nil
	}})
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	if got.Format != format {
		return fmt.Errorf("%s is taken for %s", filepath.Base(file), got.Format)
	}
	all := records()
	for i, n := range want {
		if i >= len(got.Items) || got.Items[i].Err != nil || got.Items[i].Record.EnrolmentDigest() != all[n].EnrolmentDigest() {
			return fmt.Errorf("%s: seed %d is another, or refused", filepath.Base(file), n)
		}
	}
	if len(got.Items) != len(want) {
		return fmt.Errorf("%s: %d seeds", filepath.Base(file), len(got.Items))
	}
	fmt.Printf("%-26s wrote %-26s read as %s, %s: %d seeds\n", program, filepath.Base(file), got.Format, got.Form, len(want))
	return nil
}

func read(program, what string, n int) {
	fmt.Printf("%-26s reads ours: %s, %d seeds\n", program, what, n)
}

// contains wants every text in an output.
func contains(out string, texts ...string) error {
	for _, t := range texts {
		if !strings.Contains(out, t) {
			return fmt.Errorf("%q is missing", t)
		}
	}
	return nil
}
