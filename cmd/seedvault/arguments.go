package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// reorder puts flags before names, as urfave/cli wants them, so that people may
// mix them: global flags first, then the verb, its flags, "--" and the names.
// A flag that is not known is a usage error that names the nearest one.
func reorder(app *cli.App, args []string) ([]string, error) {
	var global, verb, own, names []string
	var command *cli.Command
	commands, flags := app.Commands, []cli.Flag(nil)
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			names = append(names, args[i+1:]...)
			break
		}
		if arg == "-" || !strings.HasPrefix(arg, "-") {
			if next := find(commands, arg); next != nil && len(names) == 0 {
				command, commands, flags = next, next.Subcommands, append(flags, next.Flags...)
				verb = append(verb, arg)
			} else {
				names = append(names, arg)
			}
			continue
		}
		target, takes := &own, false
		switch name := flagName(arg); {
		case hasFlag(flags, name):
			takes = takesValue(flags, name)
		case hasFlag(app.Flags, name):
			target, takes = &global, takesValue(app.Flags, name)
		case slices.Contains([]string{"h", "help"}, name) || command == nil && slices.Contains([]string{"v", "version"}, name):
		default:
			return nil, unknownFlag(arg, append(flagNames(flags), flagNames(app.Flags)...))
		}
		*target = append(*target, arg)
		if takes && !strings.Contains(arg, "=") {
			if i++; i == len(args) {
				return nil, say.Usage(words.FlagWantsValue, arg).WithHint(words.SeeHelp, helpFor(verb))
			}
			*target = append(*target, args[i])
		}
	}
	out := slices.Concat(global, verb, own)
	if len(names) > 0 {
		out = append(out, "--")
	}
	if command == nil && len(names) > 0 {
		return nil, unknownCommand(app, names[0])
	}
	return append(out, names...), nil
}

func find(commands []*cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(name) })
	if i < 0 {
		return nil
	}
	return commands[i]
}

func flagName(arg string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	return name
}

func hasFlag(flags []cli.Flag, name string) bool {
	return slices.ContainsFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
}

func takesValue(flags []cli.Flag, name string) bool {
	for _, f := range flags {
		if d, ok := f.(cli.DocGenerationFlag); ok && slices.Contains(f.Names(), name) {
			return d.TakesValue()
		}
	}
	return false
}

func flagNames(flags []cli.Flag) []string {
	var names []string
	for _, f := range flags {
		names = append(names, f.Names()...)
	}
	return names
}

func unknownFlag(arg string, known []string) error {
	e := say.Usage(words.UnknownFlag, console.Safe("-"+strings.Repeat("-", dashes(arg)-1)+flagName(arg), 40))
	if near := nearest(flagName(arg), known); near != "" {
		return e.WithHint(words.DidYouMean, "--"+near)
	}
	return e.WithHint(words.SeeHelp, "seedvault --help")
}

func dashes(arg string) int { return min(len(arg)-len(strings.TrimLeft(arg, "-")), 2) }

func unknownCommand(app *cli.App, name string) error {
	var known []string
	for _, c := range app.VisibleCommands() {
		known = append(known, c.Name)
	}
	e := say.Usage(words.UnknownCommand, console.Safe(name, 40))
	if near := nearest(name, known); near != "" {
		return e.WithHint(words.DidYouMean, "seedvault "+near)
	}
	return e.WithHint(words.SeeHelp, "seedvault --help")
}

// usageError is what urfave/cli calls for a value that does not fit its flag.
func usageError(c *cli.Context, _ error, _ bool) error {
	var verb []string
	if c.Command != nil && c.Command.Name != c.App.Name {
		verb = []string{c.Command.FullName()}
	}
	return say.Usage(words.BadFlagValue).WithHint(words.SeeHelp, helpFor(verb))
}

func helpFor(verb []string) string {
	return strings.Join(append(append([]string{"seedvault"}, verb...), "--help"), " ")
}

// nearest finds the word that was probably meant: at most two letters away.
func nearest(word string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if d := editDistance(word, k); len(k) > 1 && d < distance {
			best, distance = k, d
		}
	}
	return best
}

// editDistance counts the letters to insert, remove or change (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			change := last
			if a[i] != b[j] {
				change++
			}
			last = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// chooseLanguage decides what to speak before the table of commands is made, so
// that help and usage errors are said in it too: what stands behind --lang, else
// what the locale asks for.
func (p *program) chooseLanguage(args []string) (err error) {
	if p.Lang == words.English {
		p.Lang = words.LanguageOf(p.env)
	}
	if typed, ok := typedLanguage(args); ok {
		if language, ok := words.ParseLanguage(typed); ok {
			p.Lang = language
		} else {
			err = say.Usage(words.UnknownLanguage, console.Safe(typed, 40)).WithHint(words.HintUnknownLanguage)
		}
	}
	if !p.Lang.Shows(p.env) {
		p.Lang = words.English
		p.Remark(words.NotShownHere)
	}
	return err
}

// typedLanguage returns the last value of --lang.
func typedLanguage(args []string) (typed string, ok bool) {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	for i, arg := range args {
		if flagName(arg) != "lang" || !strings.HasPrefix(arg, "-") {
			continue
		}
		if _, value, cut := strings.Cut(arg, "="); cut {
			typed, ok = value, true
		} else if i+1 < len(args) {
			typed, ok = args[i+1], true
		}
	}
	return typed, ok
}

// refuseSecrets ends the command before anything else when a secret is among the
// arguments: it stands in the shell's history and in the list of processes now.
// The message never repeats it.
func (p *program) refuseSecrets(args []string) error {
	for _, arg := range args {
		lower := strings.ToLower(arg)
		switch {
		case strings.Contains(lower, "otpauth:") || strings.Contains(lower, "otpauth-migration:"):
			return say.Usage(words.SeedInArguments).WithHint(words.HintSeedInArguments)
		case strings.Contains(lower, "age-secret-key-"):
			return say.Usage(words.KeyInArguments).WithHint(words.HintKeyInArguments)
		}
	}
	if len(args) > 0 && slices.Contains(args, "add") && slices.ContainsFunc(args, looksLikeBase32) {
		return say.Usage(words.SeedInArguments).WithHint(words.HintSeedInArguments)
	}
	return nil
}

// looksLikeBase32 says that an argument is probably a typed secret and no file:
// 16 or more letters of base32, all in one case.
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
