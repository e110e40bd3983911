package console

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
)

// TestTableFits: on a narrow screen columns go in their order, then the last one is broken
// or stands below, then the widest are cut; a path stays whole, a key keeps its beginning.
func TestTableFits(t *testing.T) {
	seeds := [][]string{
		{"issuer", "account", "added", "receipt", ""},
		{"Amazon Web Services", "root@123456789012", "2026-11-20", "abcdefghijkl", "not yet accepted, added by pc"},
		{"銀行", "花子", "2026-11-21", "mnopqrstuvwx", ""},
	}
	codes := [][]string{{"code", "account", ""}, {"37429067", "root@123456789012", ""}, {"1234567890", "anna", ""}}
	at := "/media/anna/a folder/seedvault"
	if runtime.GOOS == "windows" {
		at = `C:\anna\a folder\seedvault`
	}
	places := [][]string{{"copy", "where"}, {"stick", at}}
	keys := [][]string{{"holder", "recipient"}, {"anna", strings.Repeat("age1", 16)}}
	for _, c := range []struct {
		rows  [][]string
		width int
		want  string
	}{
		{seeds, 100, `
issuer               account            added       receipt
Amazon Web Services  root@123456789012  2026-11-20  abcdefghijkl  not yet accepted, added by pc
銀行                 花子               2026-11-21  mnopqrstuvwx
`},
		{seeds, 80, `
issuer               account            receipt
Amazon Web Services  root@123456789012  abcdefghijkl  not yet accepted, added by
                                                      pc
銀行                 花子               mnopqrstuvwx
`},
		{seeds, 40, `
issuer               account
Amazon Web Services  root@123456789012
    not yet accepted, added by pc
銀行                 花子
`},
		{seeds, 24, `
issuer       account
Amazon Web…  root@12345…
    not yet accepted,
    added by pc
銀行         花子
`},
		{places, 30, `
copy   where
stick
    ` + at + `
`},
		{codes, 24, `
code        account
37429067    root@123456…
1234567890  anna
`},
		{keys, 30, `
holder  recipient
anna    age1age1age1age1age1a…
`},
		{keys, 12, `
holder
anna
`},
	} {
		var b bytes.Buffer
		Table(&b, c.rows, c.width, "added", "receipt")
		if "\n"+b.String() != c.want {
			t.Errorf("in %d columns:\n%s\nwant:%s", c.width, b.String(), c.want)
		}
	}
}
