package formats_test

import (
	"fmt"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
)

// A file of another app, recognised by its content, into a ledger.
func ExampleRead() {
	file := []byte(`{"version":1,"header":{"slots":null,"params":null},"db":{"version":2,"entries":[
		{"type":"totp","name":"alice","issuer":"ACME","note":"ask Bob first","favorite":true,
		 "info":{"secret":"JBSWY3DPEHPK3PXP","algo":"SHA1","digits":6,"period":30}},
		{"type":"totp","name":"carol","issuer":"Old","info":{"secret":"JBSWY3DPEHPK3PXP","algo":"MD5","digits":6,"period":30}}]}}`)
	found, err := formats.Read(formats.NewFile("aegis.json", file), formats.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var ledger exchange.Ledger
	ledger.Enter(found.Items...)
	for _, n := range ledger.Pending() {
		item := ledger.Item(n)
		fmt.Println(item.Position, item.Label, item.Record.Details().Notes, item.Notices)
		ledger.MarkSaved(n) // once it is in the vault
	}
	ledger.Close()
	for n := range ledger.Len() {
		if outcome, err := ledger.Outcome(n); outcome == exchange.Refused {
			fmt.Println(ledger.Item(n).Position, ledger.Item(n).Label, err)
		}
	}
	fmt.Printf("%+v\n", ledger.Counts())
	// Output:
	// entry 1 ACME:alice [ask Bob first] [{kept-in-other [favorite] 0}]
	// entry 2 Old:carol invalid account: the algorithm MD5, which makes no codes here
	// {Found:2 Added:1 AlreadyThere:0 Refused:1 Undecided:0}
}

func ExampleNewExport() {
	records := []exchange.Record{
		exchange.NewRecord("otpauth://totp/ACME:alice?secret=JBSWY3DPEHPK3PXP&issuer=ACME", exchange.Details{Notes: []string{"ask Bob first"}}),
		exchange.NewRecord("otpauth://hotp/bob?secret=JBSWY3DPEHPK3PXP&counter=7", exchange.Details{}),
	}
	for _, format := range []string{"cxf", "google"} {
		export, err := formats.NewExport(format, records)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %d of %d, encrypted %v\n", format, export.Len(), len(export.Items), export.Encrypted())
		for _, item := range export.Items {
			fmt.Println(item.Label, item.Err, item.Notices)
		}
	}
	// Output:
	// cxf: 1 of 2, encrypted false
	// ACME:alice <nil> []
	// bob failed to export key: the format carries no codes of this type []
	// google: 2 of 2, encrypted false
	// ACME:alice <nil> [{not-carried-details [note] 0}]
	// bob <nil> []
}
