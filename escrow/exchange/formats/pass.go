package formats

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// An entry of pass, gopass or passage, decrypted by its owner: a password in the
// first line, which is passed over, and somewhere below an otpauth URI, as pass-otp
// keeps it, or gopass' "totp: SECRET".
var pass = &Format{
	Name: "pass", App: "pass, gopass, passage",
	Forms:     []Form{{Name: "entry"}},
	Source:    "https://github.com/tadfisher/pass-otp",
	Holds:     exchange.Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Notes: true, Recovery: true, URI: true},
	recognise: isPassEntry,
	read:      readPass,
}

// isPassEntry reports whether a text is an entry and no list of URIs: its first line is
// neither a URI nor a comment, and there is one code.
func isPassEntry(in *reading.Input) bool {
	if in.JSON != "" || in.Root != "" {
		return false
	}
	first, codes, lines := "", 0, 0
	for line := range strings.Lines(in.Text) {
		line = strings.TrimSpace(line)
		if lines++; lines > 1000 {
			return false
		}
		if first == "" {
			first = line
		}
		if isURI(line) || passCode(line) != "" {
			codes++
		}
	}
	return codes == 1 && !isURI(first) && !strings.HasPrefix(first, "#") && len(first) <= maxPassword
}

// maxPassword is longer than any password that an entry of pass begins with.
const maxPassword = 4096

// passCode returns the value of a line that gopass takes for a code.
func passCode(line string) string {
	key, value, ok := strings.Cut(line, ":")
	if !ok || strings.HasPrefix(value, "//") {
		return ""
	}
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "totp", "hotp", "otp", "otpauth":
		return strings.TrimSpace(value)
	}
	return ""
}

func readPass(r *reading.Reader, in *reading.Input) error {
	if in.Text == "" {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "entry"
	var d reading.Draft
	var code, user string
	at := exchange.Position{Kind: exchange.AtLine}
	var notes []string
	n := 0
	for line := range strings.Lines(in.Text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		switch key, value, isField := strings.Cut(trimmed, ":"); {
		case isURI(trimmed):
			code, at.N = trimmed, n
		case passCode(trimmed) != "":
			code, at.N = passCode(trimmed), n
		case n == 1:
			if trimmed != "" {
				r.Notice(exchange.LeftBehind, 1, "password")
			}
		case trimmed == "" || trimmed == "---":
		case isField && isUserField(key) && user == "":
			user = strings.TrimSpace(value)
		case isField && !strings.HasPrefix(value, "//") && (reading.IsRecovery(key) || reading.IsSecretField(key)):
			if left := d.PutField(key, strings.TrimSpace(value)); left != "" {
				r.Notice(exchange.LeftBehind, 1, left)
			}
		case isField && !strings.HasPrefix(value, "//") && !strings.Contains(strings.TrimSpace(key), " "):
			d.Details.AddOther(key, strings.TrimSpace(value))
		default:
			notes = append(notes, line)
		}
	}
	if code == "" {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	title := passTitle(r.Source)
	found := reading.FromCode(code, title, user)
	found.Details.Other, found.Details.Recovery = d.Details.Other, d.Details.Recovery
	found.Details.AddNote(strings.Join(notes, "\n"))
	if user != "" && found.URI != "" && !strings.Contains(found.URI, user) {
		found.Details.AddOther("username", user)
	}
	return r.Add(at, found)
}

func isUserField(key string) bool {
	switch parse.FoldName(key) {
	case "user", "username", "login", "email", "account":
		return true
	}
	return false
}

// passTitle returns the entry's name, if the caller knows it.
func passTitle(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if name == "-" {
		return ""
	}
	for _, end := range []string{".gpg", ".age", ".txt"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}
