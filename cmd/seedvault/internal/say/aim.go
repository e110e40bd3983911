package say

import (
	"regexp"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/internal/lazy"
)

// onVault finds the commands in a message that work on a vault.
var onVault = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`\bseedvault (?:accept|add|check|code|copy (?:add|edit|list|remove|sync)|drill|edit|export|guide --before|holder (?:add|edit|list|share|sheet)|import|list|open|remove|restore|rotate|show)\b`)
}}

// aimed adds --vault to the commands in a message's text if the present command had it:
// without it they would be about another vault. The blanks are filled later, so a percent sign
// in the name is doubled.
func (v Voice) aimed(text string) string {
	if v.Vault == "" || strings.Contains(text, "--vault") {
		return text
	}
	named := strings.ReplaceAll(console.ShellWord(v.Vault), "%", "%%")
	return onVault.Get().ReplaceAllStringFunc(text, func(command string) string { return command + " --vault " + named })
}
