package scan_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"seedvault/qr/scan"
)

func ExampleRead() {
	file, err := os.Open("../../testdata/images/screenshot.png")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	codes, err := scan.Read(ctx, file)
	if errors.Is(err, scan.ErrNoCode) {
		log.Fatal("no code in the picture")
	}
	for _, code := range codes {
		fmt.Println(code)        // says nothing of the text
		fmt.Println(code.Text()) // a secret
	}
	if err != nil {
		log.Fatal(err) // there may be more codes
	}
	// Output:
	// scan.Result(elided)
	// otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME
}
