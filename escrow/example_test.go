package escrow_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/disk"
	"seedvault/escrow/key"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// exampleVault makes a vault with two sheets of paper in a temporary folder,
// which done removes.
func exampleVault() (dir *disk.Dir, pin escrow.Pin, secret string, done func()) {
	path, err := os.MkdirTemp("", "example") // an application has a place of its own
	if err != nil {
		panic(err)
	}
	dir, err = escrow.OpenDir(path)
	if err != nil {
		panic(err)
	}
	home, secret, err := escrow.PaperHolder("home", false)
	if err != nil {
		panic(err)
	}
	safe, _, err := escrow.PaperHolder("safe", false)
	if err != nil {
		panic(err)
	}
	pin, err = escrow.Create(dir, escrow.CreateOptions{Holders: []escrow.NewHolder{home, safe}, Now: now})
	if err != nil {
		panic(err)
	}
	return dir, pin, secret, func() { dir.Close(); os.RemoveAll(path) }
}

// A machine that knows the pin, and no secret, adds a seed.
func ExampleVault_Deposit() {
	dir, pin, _, done := exampleVault()
	defer done()
	vault, err := escrow.Open(dir, &pin)
	if err != nil {
		fmt.Println(err)
		return
	}
	seed, err := escrow.NewSeed("otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME", escrow.Details{Added: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, err := vault.Deposit(seed)
	fmt.Println(len(receipt.String()), err)
	// Output: 12 <nil>
}

// A holder opens the vault, accepts what was added, and reads it.
func ExampleVault_Unlock() {
	dir, pin, secret, done := exampleVault()
	defer done()
	vault, _ := escrow.Open(dir, &pin)
	seed, _ := escrow.NewSeed("otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME", escrow.Details{Added: now})
	receipt, _ := vault.Deposit(seed)

	identity, err := key.ParseIdentity(secret)
	if err != nil {
		fmt.Println(err)
		return
	}
	opened, err := vault.Unlock(identity)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := opened.Accept(receipt); err != nil {
		fmt.Println(err)
		return
	}
	if _, err := opened.Seal(now); err != nil {
		fmt.Println(err)
		return
	}
	entries, _, err := opened.Seeds(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	otp, _ := entries[0].Seed.Key()
	code, _ := otp.Code(now)
	fmt.Println(opened.Holder(), otp.Issuer(), otp.Account(), entries[0].Status == escrow.Accepted, code)
	// Output: home ACME anna true 609887
}

// Anybody verifies a vault without a key.
func ExampleVault_Check() {
	dir, pin, _, done := exampleVault()
	defer done()
	vault, _ := escrow.Open(dir, &pin)
	report := vault.Check(escrow.CheckOptions{Now: now})
	fmt.Println(report.Red(), report.Ways, report.SealNumber)
	// Output: false 2 2
}

// A holder rotates: somebody who left opens nothing that is written from now on.
func ExampleOpened_Rotate() {
	dir, pin, secret, done := exampleVault()
	defer done()
	identity, _ := key.ParseIdentity(secret)
	vault, _ := escrow.Open(dir, &pin)
	opened, err := vault.Unlock(identity)
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := opened.PlanRotation(escrow.RotateOptions{Remove: []string{"safe"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, holder := range plan.Holders { // for a person to look at
		fmt.Println(holder.Name, holder.Outcome)
	}
	rotation, err := opened.Rotate(context.Background(), plan, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	pin = rotation.Pin // what this machine keeps; others confirm its fingerprint
	vault, _ = escrow.Open(dir, &pin)
	opened, err = vault.Unlock(identity)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(opened.Holder(), "opens", len(vault.Epochs()), "epochs")
	// Output:
	// home stays
	// safe leaves
	// home opens 2 epochs
}
