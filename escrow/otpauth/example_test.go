package otpauth_test

import (
	"fmt"
	"time"

	"seedvault/escrow/otpauth"
)

func ExampleParse() {
	key, err := otpauth.Parse("otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(key.Issuer(), key.Account(), key.Digits(), key.Period())
	fmt.Println(key)
	// Output:
	// ACME anna@example.com 6 30s
	// otpauth.Key(elided)
}

func ExampleKey_Code() {
	key, _ := otpauth.Build(otpauth.Params{Issuer: "ACME", Secret: otpauth.SecretOf("JBSW Y3DP EHPK 3PXP")})
	now := time.Unix(1111111109, 0)
	code, _ := key.Code(now)
	next, _ := key.Next(now)
	fmt.Println(code, next, key.Remaining(now))
	// Output: 071271 358462 1s
}
