// Package byhand holds the lines by which a vault is opened and verified without
// seedvault, with age, sha256sum and ssh-keygen alone. README.txt in every vault, the
// sheets of paper, FORMAT.md, the README and the guide all take them from here, so
// that they say the same, and tests run them as they stand.
//
// Start with [Unix] and [Windows]. The lines are typed in the vault's folder, in the
// order of the steps; nothing in them is a placeholder. They keep the keys in a folder
// in memory where there is one, compare the key of every slot with vault.txt before it
// is used (F15 in FORMAT.md), so that a planted slot is passed over, and [End]
// removes what they made. The lines for PowerShell have not been run by any test.
package byhand

import (
	_ "embed"
	"strings"
)

// Step names one group of lines.
type Step string

// The steps, in the order in which a person takes them. Only one of [TypedKey],
// [KeyFile], [Passphrase] and [Join] is needed.
const (
	Begin      Step = "begin"      // a shell that knows these lines, and a folder for keys
	Compare    Step = "compare"    // the fingerprints, to be compared with the sheet
	TypedKey   Step = "key typed"  // a key from paper, typed
	KeyFile    Step = "key file"   // a key that lies in a file
	Passphrase Step = "passphrase" // a passphrase, which age asks for
	Shares     Step = "shares"     // a member of a quorum opens a share into my.share
	Join       Step = "join"       // shares in ./*.share are joined by FORMAT.md's program, join.py
	Open       Step = "open"       // the vault's own keys
	Read       Step = "read"       // every seed with its notes and recovery codes
	Draw       Step = "draw"       // every seed as a QR code; needs qrencode
	Verify     Step = "verify"     // what is accepted, and here whole
	Follow     Step = "follow"     // which epoch has signed which
	End        Step = "end"        // the keys are removed
)

//go:embed unix.sh
var unixSource string

//go:embed windows.ps1
var windowsSource string

// Unix returns a step's lines for Linux and macOS. The first of [Begin] starts sh, so
// that they mean the same whatever shell a person uses.
func Unix(s Step) []string { return lines(unixSource, s) }

// Windows returns a step's lines for PowerShell. It has none for [Shares], [Join],
// [Draw], [Verify] and [Follow].
func Windows(s Step) []string { return lines(windowsSource, s) }

// lines finds a step in a source, in which `#: NAME` begins each.
func lines(source string, s Step) []string {
	_, after, found := strings.Cut("\n"+source, "\n#: "+string(s)+"\n")
	if !found {
		return nil
	}
	step, _, _ := strings.Cut(after, "\n#: ")
	return strings.Split(strings.TrimSuffix(step, "\n"), "\n")
}

// Block returns the lines of several steps as one text, each line indented.
func Block(of func(Step) []string, indent string, steps ...Step) string {
	var b strings.Builder
	for _, s := range steps {
		for _, l := range of(s) {
			b.WriteString(indent + l + "\n")
		}
	}
	return b.String()
}
