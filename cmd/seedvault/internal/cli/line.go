package cli

import (
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// line is a command line as the one parser understands it. An error does not end the parsing:
// completion ignores what it does not know.
type line struct {
	app     *App
	command *Command          // the verb, nil before there is one
	verb    []string          // its whole name
	flags   []Flag            // that may follow, the verb's own first
	values  map[string]string // of the flags that have one, by their full names; the last of each
	names   []string
	global  []string // flags of the whole command, as typed
	own     []string // flags of the verb, as typed
	pending string   // the full name of a flag that waits for its value
	ended   bool     // by "--", so no flag follows
	help    bool     // is asked for
	version bool     // likewise
	wrong   error    // the first thing that is
}

// read parses a command line. Flags and names may be mixed; "--" ends the flags, "-" alone is
// a name.
func read(app *App, args []string) *line {
	l := &line{app: app, flags: app.Flags, values: map[string]string{}}
	last := ""
	for _, arg := range args {
		l.word(arg)
		last = arg
	}
	switch {
	case l.pending != "":
		l.trouble(say.Usage(words.FlagWantsValue, last).WithHint(words.SeeHelp, helpFor(l.verb)))
	case len(l.names) > 0 && len(l.below()) > 0:
		l.trouble(unknownCommand(l.verb, l.below(), l.names[0]))
	}
	return l
}

// trouble keeps an error if it is the first.
func (l *line) trouble(err error) {
	if l.wrong == nil {
		l.wrong = err
	}
}

// word parses one more word.
func (l *line) word(arg string) {
	switch {
	case l.pending != "":
		l.value(arg)
	case l.ended:
		l.names = append(l.names, arg)
	case arg == "--":
		l.ended = true
	case arg != "-" && strings.HasPrefix(arg, "-"):
		l.flag(arg)
	case len(l.names) > 0 || !l.isVerb(arg):
		l.names = append(l.names, arg)
	}
}

// below returns the verbs that may follow.
func (l *line) below() []*Command {
	if l.command == nil {
		return l.app.commands()
	}
	return l.command.Verbs
}

// isVerb parses a word as a verb, and reports whether it is one.
func (l *line) isVerb(arg string) bool {
	next := find(l.below(), arg)
	if next != nil {
		l.command, l.verb = next, append(l.verb, arg)
		l.flags = append(slices.Clip(next.Flags), l.flags...)
	}
	return next != nil
}

// value parses the word after a flag as its value.
func (l *line) value(arg string) {
	to := l.list(l.pending)
	*to = append(*to, arg)
	l.values[l.pending], l.pending = arg, ""
}

// flag parses a flag, with its value if one follows after "=".
func (l *line) flag(arg string) {
	name := flagName(arg)
	f, ok := flagNamed(l.flags, name)
	if !ok && !l.everywhere(name) {
		l.trouble(unknownFlag(arg, flagNames(l.flags), l.verb))
		return
	}
	l.help = l.help || name == "h" || name == "help"
	l.version = l.version || l.command == nil && (name == "v" || name == "version")
	to := l.list(f.Name)
	*to = append(*to, arg)
	if _, value, assigned := strings.Cut(arg, "="); assigned {
		l.values[f.Name] = value
	} else if f.Value != Nothing {
		l.pending = f.Name
	}
}

// everywhere reports whether a name is a flag that is never declared: help, which every verb
// has, and version before the verb.
func (l *line) everywhere(name string) bool {
	return name == "h" || name == "help" || l.command == nil && (name == "v" || name == "version")
}

// list returns the list that a flag belongs to: that of the whole command, or of the verb.
func (l *line) list(name string) *[]string {
	_, verbs := flagNamed(l.flags[:len(l.flags)-len(l.app.Flags)], name)
	if _, all := flagNamed(l.app.Flags, name); all && !verbs {
		return &l.global
	}
	return &l.own
}

func flagName(arg string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	return name
}

func unknownFlag(arg string, known, verb []string) error {
	dashes := min(len(arg)-len(strings.TrimLeft(arg, "-")), 2)
	e := say.Usage(words.UnknownFlag, console.Safe(strings.Repeat("-", dashes)+flagName(arg), 40))
	if near := nearest(flagName(arg), known); near != "" {
		return e.WithHint(words.DidYouMean, "--"+near)
	}
	return e.WithHint(words.SeeHelp, helpFor(verb))
}

// unknownCommand returns the error about a word that should be a verb and is none; above are
// the verbs before it that were understood.
func unknownCommand(above []string, verbs []*Command, name string) error {
	whole := strings.Join(append(slices.Clip(above), name), " ")
	e := say.Usage(words.UnknownCommand, console.Safe(whole, 40))
	if is, ok := meant()[whole]; ok {
		return e.WithHint(words.DidYouMean, "seedvault "+is)
	}
	if near := nearest(name, visible(verbs)); near != "" {
		return e.WithHint(words.DidYouMean, strings.Join(append(append([]string{"seedvault"}, above...), near), " "))
	}
	return e.WithHint(words.SeeHelp, helpFor(above))
}

// meant maps words that people try to the verbs that they mean.
func meant() map[string]string {
	return map[string]string{
		"rm": "remove NAME", "delete": "remove NAME", "del": "remove NAME",
		"ls": "list", "dir": "list", "find": "show NAME", "info": "show NAME", "cat": "show NAME", "view": "show NAME",
		"rename": "edit NAME --name NEW", "mv": "edit NAME --name NEW",
		"get": "code NAME", "otp": "code NAME", "totp": "code NAME", "token": "code NAME",
		"scan": "add FILE", "save": "add FILE", "new": "add FILE",
		"qr": "restore NAME", "recover": "restore",
		"print": "holder sheet NAME --out FILE", "sheet": "holder sheet NAME --out FILE",
		"backup": "copy add DIR", "sync": "copy sync", "status": "check", "verify": "check", "test": "drill",
		"lost": "guide", "setup": "init", "unlock": "open",
		"holder remove": "rotate --remove NAME", "holder rm": "rotate --remove NAME", "holder delete": "rotate --remove NAME",
		"holder ls": "holder list", "holder show": "holder list", "holder new": "holder add NAME",
		"holder print": "holder sheet NAME --out FILE", "holder prove": "drill NAME", "holder test": "drill NAME",
		"copy rm": "copy remove NAME", "copy delete": "copy remove NAME", "copy ls": "copy list", "copy status": "copy list",
		"copy new": "copy add DIR --kept PLACE", "copy update": "copy sync", "copy push": "copy sync", "copy pull": "copy sync",
		"copy check": "copy sync --thorough", "copy verify": "copy sync --thorough", "copy open": "open DIR",
	}
}

// helpFor returns what a person types for the help of a verb.
func helpFor(verb []string) string {
	return strings.Join(append(append([]string{"seedvault"}, verb...), "--help"), " ")
}
