package cli

import (
	"slices"

	"github.com/urfave/cli/v2"
)

// Flag is one flag, bound to the field that gets its value when the verb runs.
type Flag struct {
	Name  string // the full one
	Short string // another one, "" for none
	Value Kind   // what stands behind it; Nothing for a switch
	kind  cli.Flag
	clear func() // sets the field as if the flag were not given
}

// names returns all that a flag may be called.
func (f Flag) names() []string {
	if f.Short == "" {
		return []string{f.Name}
	}
	return []string{f.Name, f.Short}
}

// Text returns a flag with a value, the last one that was given.
func Text(to *string, name string, k Kind) Flag {
	return Flag{Name: name, Value: k, kind: &cli.StringFlag{Name: name, Destination: to}, clear: func() { *to = "" }}
}

// Optional returns a flag with a value for which it matters whether it was given, because an
// empty value takes something away. The field stays nil if the flag is not given.
func Optional(to **string, name string, k Kind) Flag {
	set := func(text string) { *to = &text }
	return Flag{Name: name, Value: k, kind: &cli.GenericFlag{Name: name, Value: value(set)}, clear: func() { *to = nil }}
}

// List returns a flag that may be given several times, each time with one value, whatever
// characters stand in it. The field stays nil if the flag is not given.
func List(to *[]string, name string, k Kind) Flag {
	add := func(text string) { *to = append(*to, text) }
	return Flag{Name: name, Value: k, kind: &cli.GenericFlag{Name: name, Value: value(add)}, clear: func() { *to = nil }}
}

// Switch returns a flag without a value.
func Switch(to *bool, name string) Flag {
	return Flag{Name: name, kind: &cli.BoolFlag{Name: name, Destination: to}, clear: func() { *to = false }}
}

// value adapts a function that gets a flag's value to cli.Generic.
type value func(text string)

// Set hands a value to the function.
func (v value) Set(text string) error {
	v(text)
	return nil
}

// String returns no default value: help texts are written by hand.
func (v value) String() string { return "" }

// Or gives a flag a short name too.
func (f Flag) Or(short string) Flag {
	f.Short = short
	switch k := f.kind.(type) {
	case *cli.StringFlag:
		k.Aliases = []string{short}
	case *cli.GenericFlag:
		k.Aliases = []string{short}
	}
	return f
}

// flagNamed returns the flag that has a name, full or short.
func flagNamed(flags []Flag, name string) (Flag, bool) {
	i := slices.IndexFunc(flags, func(f Flag) bool { return slices.Contains(f.names(), name) })
	if i < 0 {
		return Flag{}, false
	}
	return flags[i], true
}

// flagNames returns all names of flags, full ones and short.
func flagNames(flags []Flag) (names []string) {
	for _, f := range flags {
		names = append(names, f.names()...)
	}
	return names
}

// LanguageFlag is --lang, which is read before anything else.
func LanguageFlag() Flag { return Text(new(string), "lang", Language) }
