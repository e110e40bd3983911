// Package verdict puts into words what package survival of escrow has found out: what the seeds
// of a vault survive, and what a loss would cost. It does so in a line or two after each command,
// in full, and for a script, and decides nothing itself.
//
// Start with [Remark] and [Explain].
package verdict

import (
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/survival"
)

// Remark prints in a line or two what the seeds survive, and the one command that mends what
// they do not.
func Remark(w *world.World, in survival.Situation) {
	loud := w.Voice
	loud.Coloured = w.Voice.Live && console.Colours(w.Getenv)
	for _, line := range Lines(loud, in, in.Verdict()) {
		w.Voice.RemarkText(line)
	}
}

// Lines returns a verdict as lines of text: first the worst that is true, then, unless it is
// the best verdict, the reasons, and last the command that helps.
func Lines(voice say.Voice, in survival.Situation, v survival.Verdict) (lines []string) {
	if !v.Known {
		return []string{voice.Text(words.VerdictUnknown), voice.Text(words.MendKey)}
	}
	said := words.VerdictAll
	switch {
	case v.Incomplete:
		return []string{voice.Verdict(false, words.VerdictIncomplete)}
	case !v.Phone && !v.PC:
		said = words.VerdictNothing
	case !v.PC:
		said = words.VerdictNotPC
	case !v.Phone:
		said = words.VerdictNotPhone
	case !v.Both:
		said = words.VerdictNotBoth
	}
	lines = append(lines, voice.Verdict(!v.Red(), said))
	if len(v.Single) > 0 {
		lines = append(lines, voice.Text(words.VerdictSingle, componentsOf(voice, in, v.Single)))
	}
	if v.Red() {
		lines = append(lines, Uncounted(voice, in)...)
	}
	switch v.Remedy {
	case survival.RemedyCopy:
		lines = append(lines, voice.Text(words.MendCopy))
	case survival.RemedySync:
		lines = append(lines, voice.Text(words.MendSync, v.About, v.About))
	case survival.RemedyHolder:
		lines = append(lines, voice.Text(words.MendHolder))
	}
	return lines
}

// Uncounted returns a line for each copy that does not count, with the reason.
func Uncounted(voice say.Voice, in survival.Situation) (lines []string) {
	for _, c := range in.Copies {
		switch {
		case !c.Whole:
			lines = append(lines, voice.Text(words.CopyUncounted, c.Name, Why(voice, c.Why)))
		case c.Kept == "":
			lines = append(lines, voice.Text(words.CopyUnplaced, c.Name, c.Name))
		}
	}
	return lines
}

// Why returns the reason, in words, why a copy does not count.
func Why(voice say.Voice, why string) string {
	if reason, ok := words.CopyReasons.Lookup(why); ok {
		return voice.Text(reason)
	}
	return voice.Text(words.CopyStates.Of(why))
}

// componentsOf returns the names of what may be lost in a situation, joined with commas.
func componentsOf(voice say.Voice, in survival.Situation, components []survival.Component) string {
	var names []string
	for _, c := range components {
		m := messageOf(in, c)
		if c.Name == "" {
			names = append(names, voice.Text(m))
		} else {
			names = append(names, voice.Text(m, console.Safe(c.Name, 40)))
		}
	}
	return strings.Join(names, ", ")
}

// messageOf returns the message that names a component: a holder by what it is, unless others
// of its name are something else.
func messageOf(in survival.Situation, c survival.Component) words.Message {
	named := words.Components.Of(string(c.Kind))
	if c.Kind != survival.KindHolder {
		return named
	}
	var kinds []string
	for _, h := range in.Holders {
		if h.Name == c.Name {
			kinds = append(kinds, string(h.Kind))
		}
	}
	if kinds = slices.Compact(slices.Sorted(slices.Values(kinds))); len(kinds) != 1 {
		return named
	}
	if m, ok := words.HoldersLost.Lookup(kinds[0]); ok {
		return m
	}
	return named
}
