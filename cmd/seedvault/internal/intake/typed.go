package intake

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
	"seedvault/qr/scan"
)

// Prompts asks for a seed without echo: an otpauth line, an export link, a
// key, or the path of an image. While parts of an export are missing it asks for
// the next.
func Prompts(ctx context.Context, w *world.World) ([]Item, error) { return prompts(ctx, w, false) }

// PromptsAnew does the same as [Prompts] for a seed that is enrolled anew: since its service
// and account are known, it does not ask for them.
func PromptsAnew(ctx context.Context, w *world.World) ([]Item, error) { return prompts(ctx, w, true) }

func prompts(ctx context.Context, w *world.World, named bool) ([]Item, error) {
	t, err := w.Terminal()
	if err != nil {
		return nil, say.Usage(words.AddWhat).WithHint(words.HintAddWhat)
	}
	defer t.Close()
	var found []Item
	var exports google.Exports
	prompt, onNo := w.Voice.Text(words.AskSeed), false
	for {
		lines, err := askSeed(w, t, prompt, onNo)
		if err != nil || len(lines) == 0 {
			return found, err
		}
		for _, typed := range lines {
			more, err := typedSeed(ctx, w, t, typed, named)
			if err != nil {
				return nil, err
			}
			found = append(found, more...)
			for _, f := range more {
				if part, err := google.Parse(f.text); err == nil {
					exports.Add(part)
				}
			}
		}
		incomplete := exports.Incomplete()
		if len(incomplete) == 0 || len(incomplete[0].Missing) == 0 {
			return found, nil
		}
		prompt, onNo = w.Voice.Text(words.AskNextPart, numbers(incomplete[0].Missing), incomplete[0].Of), true
	}
}

// seedTries is how often a seed may be typed at the prompt.
const seedTries = 3

// askSeed asks for a seed until what was typed may be one, three times at most: whoever is
// sent back to the shell too early types the secret there. It returns the lines that were
// pasted together; none for Enter alone, nor with onNo for a no.
func askSeed(w *world.World, t *console.Terminal, prompt string, onNo bool) (lines []string, err error) {
	defer t.Hush()(&err)
	for n := 1; ; n++ {
		typed, err := t.Secret(prompt)
		if typed = strings.TrimSpace(typed); err != nil || typed == "" || onNo && world.IsNo(typed) {
			return nil, err
		}
		for lines = []string{typed}; t.More(); {
			typed, err := t.Secret("")
			if err != nil {
				return nil, err
			}
			if typed = strings.TrimSpace(typed); typed != "" {
				lines = append(lines, typed)
			}
		}
		if slices.ContainsFunc(lines, func(line string) bool { return maySeed(w, line) }) {
			return lines, nil
		}
		nothing := say.Fail(words.TypedNothing).WithHint(words.HintTypedNothing)
		if n == seedTries {
			return nil, nothing
		}
		w.Voice.Tell(nothing)
	}
}

// isLink reports whether a text looks like an otpauth line or an export link.
func isLink(typed string) bool {
	return strings.Contains(strings.ToLower(typed), "otpauth") && strings.Contains(typed, ":")
}

// isKey reports whether a text is a key in base32.
func isKey(typed string) bool {
	_, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(typed)})
	return err == nil
}

// maySeed reports whether a typed line can yield a seed. A yes or a no cannot, though its
// letters are valid base32.
func maySeed(w *world.World, typed string) bool {
	if _, answer := world.AnswerOf(typed); answer {
		return false
	}
	_, err := os.Lstat(w.PastedPaths(typed)[0])
	return isLink(typed) || err == nil || isKey(typed)
}

// typedSeed recognises what was typed: a line, a link, a key or the path of an image. The
// error about anything else does not repeat it, since it may be a mistyped secret.
func typedSeed(ctx context.Context, w *world.World, t *console.Terminal, typed string, named bool) ([]Item, error) {
	source := w.Voice.Text(words.Typed)
	if isLink(typed) {
		return []Item{{Source: source, lies: place{pasted: true}, text: typed}}, nil
	}
	paths := w.PastedPaths(typed)
	if _, err := os.Lstat(paths[0]); err == nil {
		if slices.ContainsFunc(paths, isOther) {
			return nil, &OtherError{Paths: paths}
		}
		var found []Item
		for _, path := range paths {
			found = append(found, readImage(ctx, w, picture.How{}, path)...)
		}
		return found, nil
	}
	if !isKey(typed) { // beside others that are seeds: refused with its reason
		return []Item{{Source: source, lies: place{pasted: true}, text: typed}}, nil
	}
	return typedKey(w, t, typed, named)
}

// OtherError names files that were typed or dropped at the prompt and are not pictures:
// perhaps another app's export.
type OtherError struct{ Paths []string }

// Error says that the files are no pictures.
func (e *OtherError) Error() string { return "not a picture" }

// isOther reports whether a file can be read and is no picture.
func isOther(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return true
	}
	start, err := io.ReadAll(io.LimitReader(f, 1024))
	return err == nil && len(start) > 0 && !scan.IsPicture(start)
}

// typedKey asks for what belongs to a key: the names only if they are not known, and the
// settings that the site shows.
func typedKey(w *world.World, t *console.Terminal, typed string, named bool) ([]Item, error) {
	params := otpauth.Params{Secret: otpauth.SecretOf(typed)}
	if !named {
		if err := askNames(w, t, &params); err != nil {
			return nil, err
		}
	}
	for {
		unusual, err := t.Line(w.Voice.Text(words.AskParameters))
		if err != nil {
			return nil, err
		}
		if world.IsNo(unusual) {
			unusual = "" // nothing else
		}
		if err := parameters(&params, unusual); err != nil {
			w.Voice.Tell(explain.Error(err))
			continue
		}
		key, err := otpauth.Build(params)
		if err != nil {
			w.Voice.Tell(explain.Error(err))
			continue
		}
		for _, r := range key.Remarks() {
			if r == otpauth.RemarkOdd { // its line does not show it any more
				w.Voice.Remark(words.SeedRemarks.Of(string(r)))
			}
		}
		return []Item{{Source: w.Voice.Text(words.Typed), text: key.URI()}}, nil
	}
}

// NameKeys gives a name to each key that came without its otpauth:// address: name if it is
// not "", else what the person answers at the terminal. Without either the key stays as it is,
// and [Parse] refuses it.
func NameKeys(w *world.World, found []Item, name string) error {
	for i, f := range found {
		if _, err := otpauth.Parse(f.text); f.err != nil || !errors.Is(err, &otpauth.Error{Reason: otpauth.BareKey}) {
			continue
		}
		switch {
		case name != "":
			if key, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(f.text), Issuer: name}); err == nil {
				found[i].text = key.URI()
			}
		case w.Attended():
			t, err := w.Terminal()
			if err != nil {
				return err
			}
			named, err := typedKey(w, t, f.text, false)
			if err != nil {
				return err
			}
			found[i].text = named[0].text
		}
	}
	return nil
}

// askNames asks for the service and the account.
func askNames(w *world.World, t *console.Terminal, params *otpauth.Params) (err error) {
	for params.Issuer == "" { // a seed that nobody can name is found by nobody
		if params.Issuer, err = askName(w, t, words.AskIssuer, false); err != nil {
			return err
		}
	}
	params.Account, err = askName(w, t, words.AskAccount, true)
	return err
}

// askName asks for a name. If the answer looks like a yes or a no, it asks once more, since
// hardly anything is called that; with onNo a no means that there is no name.
func askName(w *world.World, t *console.Terminal, prompt words.Message, onNo bool) (string, error) {
	for before := ""; ; {
		typed, err := t.Line(w.Voice.Text(prompt))
		if _, answer := world.AnswerOf(typed); err != nil || !answer || typed == before {
			return typed, err
		}
		if onNo && world.IsNo(typed) {
			return "", nil
		}
		w.Voice.Remark(words.NoNameTyped, console.Safe(typed, 40))
		before = typed
	}
}

// parameters parses words such as digits=8.
func parameters(params *otpauth.Params, typed string) error {
	for _, word := range strings.Fields(norm.NFKC.String(typed)) {
		name, value, ok := strings.Cut(word, "=")
		number, err := strconv.Atoi(strings.TrimSuffix(value, "s"))
		numeric := err == nil && number >= 0
		switch name = strings.ToLower(name); {
		case ok && name == "algorithm":
			params.Algorithm = value
		case ok && name == "type":
			params.Type = otpauth.Type(strings.ToLower(value))
		case ok && name == "digits" && numeric && number > 0:
			params.Digits = number
		case ok && name == "period" && numeric && number > 0:
			params.Period = number
		case ok && name == "counter" && numeric:
			params.Counter, params.Type = uint64(number), otpauth.HOTP
		default:
			return say.Fail(words.BadParameter, console.Safe(word, 20)).WithHint(words.HintBadParameter)
		}
	}
	return nil
}
