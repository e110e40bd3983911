// Package cli is the command line: a verb as one value with its flags, its help, what
// completes behind it and what it does.
//
// Start with [Command], whose flags are bound to fields of the verb ([Text], [Switch]
// and the others), and [App.Run]. One parser reads the command line, for running and
// for completion; it lets flags and names stand in any order. Help is the page of the
// verb's name in package words. An error becomes what package explain makes of it, and
// an exit status.
package cli

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/world"
)

// Kind is what may stand in a place of the command line, which decides how it is completed.
type Kind string

// The kinds that this package completes itself; names of files are left to the shell.
// A kind of another name is for [App.Fitting].
const (
	Nothing  Kind = ""
	Anything Kind = "anything" // made up by the person
	File     Kind = ":files"
	Folder   Kind = ":folders"
	Language Kind = "language"
	Shell    Kind = "shell"
)

// Names tells how many arguments a verb takes besides its flags, and of which kind.
type Names struct {
	Kind Kind
	most int // so many at most; less than 0 for any number
}

// NoNames is for a verb that takes no names.
func NoNames() Names { return Names{} }

// OneName is for a verb that takes at most one name.
func OneName(k Kind) Names { return Names{Kind: k, most: 1} }

// AnyNames is for a verb that takes any number of names, or checks the number itself.
func AnyNames(k Kind) Names { return Names{Kind: k, most: -1} }

// Command is one verb. Its fields are all that there is to declare about it; its page
// of help has the name of the whole command, such as holder-add.
type Command struct {
	Name   string
	Names  Names
	Flags  []Flag
	Run    func(ctx context.Context, names []string) error
	Verbs  []*Command // below this one
	Hidden bool       // from help, completion and hints
}

// App is the whole command.
type App struct {
	World    *world.World
	Version  func() string
	Flags    []Flag            // may stand before or behind the verb
	Commands func() []*Command // the verbs; called once at most, when they are first needed
	verbs    []*Command        // with those for completion, once they are needed

	// Fitting returns what may stand in a place of a kind that is not of this package,
	// given the values of the flags that have been typed, by their full names.
	Fitting func(ctx context.Context, k Kind, flags map[string]string) []Candidate
}

// find returns the verb of a name, nil if there is none.
func find(commands []*Command, name string) *Command {
	i := slices.IndexFunc(commands, func(c *Command) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return commands[i]
}

// visible returns the names of the verbs that a person is shown.
func visible(commands []*Command) (names []string) {
	for _, c := range commands {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return names
}

// commands returns all verbs, those for completion among them.
func (a *App) commands() []*Command {
	if a.verbs == nil {
		a.verbs = append(a.Commands(), a.completion(), a.complete())
	}
	return a.verbs
}

// Each calls f with every verb that a person is shown and its whole name.
func (a *App) Each(f func(name string, c *Command)) { each(a.commands(), "", f) }

// each calls f with every shown verb of a list and of those below it; above is the name before
// theirs.
func each(commands []*Command, above string, f func(name string, c *Command)) {
	for _, c := range commands {
		if c.Hidden {
			continue
		}
		f(above+c.Name, c)
		each(c.Verbs, above+c.Name+" ", f)
	}
}
