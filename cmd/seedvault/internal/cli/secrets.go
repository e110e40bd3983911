package cli

import (
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// refuseSecrets returns an error if an argument looks like a secret, which already stands in
// the shell's history and in the list of processes. The message does not repeat it.
func refuseSecrets(args []string) error {
	for _, arg := range args {
		lower := strings.ToLower(arg)
		switch {
		case strings.Contains(lower, "otpauth:") || strings.Contains(lower, "otpauth-migration:"):
			return say.Usage(words.SeedInArguments).WithHint(words.HintSeedInArguments)
		case strings.Contains(lower, "age-secret-key-"), strings.Contains(lower, "private key-----"), strings.Contains(arg, "AGE-PLUGIN-"):
			return say.Usage(words.KeyInArguments).WithHint(words.HintKeyInArguments)
		}
	}
	if slices.Contains(args, "add") && slices.ContainsFunc(args, looksLikeBase32) {
		return say.Usage(words.SeedInArguments).WithHint(words.HintSeedInArguments)
	}
	return nil
}

// looksLikeBase32 reports whether an argument is probably a secret that somebody has typed and
// not the name of a file: 16 or more characters of base32 in one case, and if that is the
// lower one, with a digit among them.
func looksLikeBase32(arg string) bool {
	digits := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, strings.TrimRight(arg, "="))
	if len(digits) < 16 || strings.HasPrefix(arg, "-") {
		return false
	}
	return strings.Trim(digits, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == "" ||
		strings.Trim(digits, "abcdefghijklmnopqrstuvwxyz234567") == "" && strings.ContainsAny(digits, "234567")
}
