package say

import (
	"regexp"
	"strings"
)

// onVault finds the commands in a message that are about a vault.
var onVault = regexp.MustCompile(`\bseedvault (?:accept|add|check|code|copy (?:add|list|remove|sync)|drill|edit|holder (?:add|edit|list|share|sheet)|list|open|remove|restore|rotate|show)\b`)

// plainWord is what a shell takes as one word without quotes.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@+,-]+$`)

// aimed returns a message's text with --vault in the commands that it tells to type,
// where the command that speaks had one: without it they would be about another vault.
// The text has blanks that are filled later, so a percent sign is doubled.
func (v Voice) aimed(text string) string {
	if v.Vault == "" || strings.Contains(text, "--vault") {
		return text
	}
	named := strings.ReplaceAll(shellWord(v.Vault), "%", "%%")
	return onVault.ReplaceAllStringFunc(text, func(command string) string { return command + " --vault " + named })
}

// shellWord quotes a word for the shell where that is needed.
func shellWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
