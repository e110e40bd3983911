package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// What may stand in a place of the command line. The shells complete names of
// files themselves.
const (
	aFile      = ":files"
	aFolder    = ":folders"
	aSeed      = "seed"
	aWaiting   = "waiting seed"
	aHolder    = "holder"
	aCopy      = "copy"
	aLanguage  = "language"
	aShell     = "shell"
	aGuide     = "page of the guide"
	freely     = "anything" // made up by the person
	nothingFit = "nothing"
)

// namesOf says what stands behind each verb that is no flag.
var namesOf = map[string]string{
	"tour": nothingFit, "init": nothingFit, "open": aFolder, "add": aFile,
	"list": nothingFit, "code": aSeed, "restore": aSeed,
	"check": nothingFit, "accept": aWaiting, "holder": nothingFit, "holder list": nothingFit, "holder add": freely, "holder share": aHolder, "holder sheet": aHolder, "holder edit": aHolder, "rotate": nothingFit,
	"completion": aShell, "edit": aSeed, "remove": aSeed, "guide": aGuide,
	"drill": aHolder, "copy": nothingFit, "copy add": aFolder, "copy list": nothingFit, "copy sync": aCopy, "copy remove": aCopy,
}

// valuesOf says what stands behind each flag that takes a value.
var valuesOf = map[string]string{
	"vault": aFolder, "copy": aFolder,
	"identity": aFile, "passphrase-file": aFile, "out": aFile, "recovery": aFile, "png": aFile, "svg": aFile, "recipient": aFile,
	"holder": aHolder, "lang": aLanguage,
	"passphrase": freely, "paper": freely, "device": freely, "name": freely, "tag": freely, "note": freely,
	"own": aFile, "kept": freely, "who": freely, "remove": aHolder, "keep": aHolder, "join": freely, "refuse": freely,
	"fingerprint": freely, "min-seal": freely, "counter": freely,
	"share": aFile, "shares": aFolder, "quorum": freely, "member": freely, "to": freely, "keep-shares": aHolder, "as": freely, "at": freely,
	"search": freely, "html": aFile, "ready": freely,
}

// candidate is one word that fits, with a few words about it.
type candidate struct{ word, about string }

// candidates returns what fits in the place of the last word and begins as it does.
func (p *program) candidates(c *cli.Context, line []string) []candidate {
	l := readTyped(c.App, line[:len(line)-1])
	typed := line[len(line)-1]
	var all []candidate
	switch name, value, assigned := strings.Cut(typed, "="); {
	case l.flag != "":
		all = p.fitting(c, l, valuesOf[l.flag])
	case assigned && strings.HasPrefix(typed, "--") && !l.ended:
		typed = value
		all = p.fitting(c, l, valuesOf[fullName(l.flags, flagName(name))])
	case strings.HasPrefix(typed, "-") && typed != "-" && !l.ended:
		for _, f := range append(flagNames(l.flags), "help") {
			if len(f) > 1 {
				all = append(all, candidate{word: "--" + f})
			}
		}
	case len(l.commands) > 0 && !l.named:
		for _, command := range l.commands {
			if !command.Hidden {
				all = append(all, candidate{command.Name, p.summary(append(l.verb, command.Name))})
			}
		}
	default:
		all = p.fitting(c, l, namesOf[strings.Join(l.verb, " ")])
	}
	var fit []candidate
	for _, w := range all {
		if strings.HasPrefix(w.word, typed) || strings.HasPrefix(w.word, ":") {
			fit = append(fit, w)
		}
	}
	return fit
}

// summary is the line that the help has for a verb, nothing for one below another.
func (p *program) summary(verb []string) string {
	line := regexp.MustCompile(`(?m)  ` + regexp.QuoteMeta(strings.Join(verb, " ")) + `  +(.+)$`)
	if m := line.FindStringSubmatch(p.Help(words.AppHelp)); m != nil {
		return m[1]
	}
	return ""
}

// typedLine is a command line as far as it has been typed.
type typedLine struct {
	verb     []string
	commands []*cli.Command // verbs that may follow
	flags    []cli.Flag
	values   map[string]string // of flags, the last of each
	flag     string            // waits for its value
	named    bool              // a name was typed, so no verb follows
	ended    bool              // by "--", so no flag follows
}

// readTyped understands what has been typed, as [reorder] does, but takes no
// offence at what it does not know.
func readTyped(app *cli.App, line []string) typedLine {
	l := typedLine{commands: app.Commands, flags: app.Flags, values: map[string]string{}}
	for _, word := range line {
		next := find(l.commands, word)
		switch {
		case l.flag != "":
			l.values[l.flag], l.flag = word, ""
		case l.ended:
			l.named = true
		case word == "--":
			l.ended = true
		case word != "-" && strings.HasPrefix(word, "-"):
			name := fullName(l.flags, flagName(word))
			if _, value, ok := strings.Cut(word, "="); ok {
				l.values[name] = value
			} else if takesValue(l.flags, flagName(word)) {
				l.flag = name
			}
		case next != nil && !l.named:
			l.verb = append(l.verb, next.Name)
			l.commands, l.flags = next.Subcommands, append(slices.Clip(next.Flags), l.flags...)
		default:
			l.named = true
		}
	}
	return l
}

// fullName is the first name of a flag that has several.
func fullName(flags []cli.Flag, name string) string {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f.Names()[0]
		}
	}
	return name
}

// fitting returns what may stand in a place of a kind.
func (p *program) fitting(c *cli.Context, l typedLine, kind string) []candidate {
	switch kind {
	case aFile, aFolder:
		return []candidate{{word: kind}}
	case aLanguage:
		return []candidate{{"en", "English"}, {"ja", "日本語"}}
	case aShell:
		return candidatesOf(shells)
	case aGuide:
		return p.guideCandidates()
	case aHolder, aSeed, aWaiting, aCopy:
		s := p.typedSite(c, l)
		if s == nil {
			return nil
		}
		defer s.Close()
		switch kind {
		case aHolder:
			return holderCandidates(s.vault)
		case aCopy:
			return copyCandidates(s)
		}
		return p.seedCandidates(c, s, kind == aWaiting)
	}
	return nil
}

func candidatesOf(names []string) (list []candidate) {
	for _, w := range names {
		list = append(list, candidate{word: w})
	}
	return list
}

// typedSite opens the vault that the command line is about, or returns nil.
func (p *program) typedSite(c *cli.Context, l typedLine) *site {
	for _, flag := range []string{"vault", "copy"} {
		if dir := l.values[flag]; dir != "" {
			if rest, ok := strings.CutPrefix(dir, "~/"); ok { // the shell has not done so yet
				dir = filepath.Join(p.env("HOME"), rest)
			}
			if c.Set(flag, dir) != nil {
				return nil
			}
		}
	}
	s, err := p.open(c)
	if err != nil {
		return nil
	}
	return s
}

// holderCandidates are the names of the holders' folders, which lie in clear.
func holderCandidates(v *escrow.Vault) []candidate {
	var names []string
	for _, h := range v.Holders() {
		if escrow.CheckName(h.Name) == nil {
			names = append(names, h.Name)
		}
	}
	slices.Sort(names)
	return candidatesOf(slices.Compact(names))
}

// copyCandidates are the names of the copies that this machine knows.
func copyCandidates(s *site) []candidate {
	var list []candidate
	for _, c := range s.conf.Copies {
		list = append(list, candidate{c.Name, c.Path})
	}
	return list
}

// seedCandidates are words that name one seed each, where a key on this machine opens
// the vault unasked. Those that wait to be accepted have their receipts too.
func (p *program) seedCandidates(c *cli.Context, s *site, waiting bool) []candidate {
	o := p.unlockUnasked(s)
	if o == nil {
		return nil
	}
	entries, _, err := o.Seeds(c.Context)
	if err != nil {
		return nil
	}
	count := map[string]int{}
	var all []candidate
	for _, e := range entries {
		if waiting && e.Status != escrow.NotAccepted && e.Status != escrow.Late {
			continue
		}
		for _, w := range wordsFor(e, waiting) {
			count[fold(w)]++
			all = append(all, candidate{w, title(e)})
		}
	}
	return slices.DeleteFunc(all, func(w candidate) bool { return count[fold(w.word)] > 1 })
}

// wordsFor are the words that may name a seed, each once: of labels from outside
// only those that mean nothing to any shell.
func wordsFor(e escrow.Entry, waiting bool) []string {
	issuer, account := names(e)
	local, _, _ := strings.Cut(account, "@")
	found := append([]string{e.Seed.Name(), issuer, local}, e.Seed.Tags()...)
	if waiting {
		found = append(found, e.Receipts[0].String())
	}
	var list []string
	taken := map[string]bool{"": true}
	for _, w := range found {
		if !taken[fold(w)] && isPlainWord(w) {
			taken[fold(w)] = true
			list = append(list, w)
		}
	}
	return list
}

// isPlainWord says that a word consists of letters, digits and a few signs that no
// shell does anything with, and is no flag.
func isPlainWord(w string) bool {
	return !strings.HasPrefix(w, "-") && strings.IndexFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._+-", r)
	}) < 0
}
