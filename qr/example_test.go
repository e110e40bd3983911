package qr_test

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"seedvault/qr"
)

func ExampleNew() {
	code, err := qr.New("otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME")
	if err != nil {
		log.Fatal(err)
	}
	columns, rows := code.TextSize(qr.HalfBlocks)
	fmt.Println("needs a terminal of", columns, "by", rows)
	fmt.Println(code) // says nothing of the text
	// Output:
	// needs a terminal of 45 by 23
	// qr.Code(elided)
}

func ExampleNew_tooLong() {
	_, err := qr.New(strings.Repeat("x", 5000))
	var tooLong *qr.TooLongError
	if errors.As(err, &tooLong) {
		fmt.Println(tooLong.Len, "bytes do not fit,", tooLong.Limit, "do")
	}
	// Output: 5000 bytes do not fit, 2953 do
}

func ExampleCode_WriteText() {
	code, err := qr.New("otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME")
	if err != nil {
		log.Fatal(err)
	}
	if err := code.WriteText(os.Stdout, qr.HalfBlocks); err != nil {
		log.Fatal(err)
	}
}

func ExampleCode_WritePNG() {
	code, err := qr.New("otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME")
	if err != nil {
		log.Fatal(err)
	}
	var file bytes.Buffer
	if err := code.WritePNG(&file, 8); err != nil {
		log.Fatal(err)
	}
	fmt.Println(bytes.HasPrefix(file.Bytes(), []byte("\x89PNG")))
	// Output: true
}
