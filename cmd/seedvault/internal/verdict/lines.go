// Package verdict says what the seeds of a vault survive, and what a loss would cost:
// in a line or two after each command, in full, and for a script.
//
// Start with [Remark] and [Explain].
package verdict

import (
	"fmt"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Remark says in a remark or two what the seeds survive, and the one command that
// mends what they do not.
func Remark(w *world.World, v escrow.Verdict) {
	loud := w.Voice
	loud.Coloured = w.Voice.Live && console.Colours(w.Getenv)
	for _, line := range Lines(loud, v) {
		fmt.Fprintln(w.Voice.Err, "seedvault: "+line)
	}
}

// Lines are what a verdict comes to, each of one line.
func Lines(voice say.Voice, v escrow.Verdict) (lines []string) {
	if !v.Known {
		return []string{voice.Text(words.VerdictUnknown), voice.Text(words.MendKey)}
	}
	said := words.VerdictAll
	switch {
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
		lines = append(lines, voice.Text(words.VerdictSingle, Components(voice, v.Single)))
	}
	switch v.Remedy {
	case escrow.RemedyCopy:
		lines = append(lines, voice.Text(words.MendCopy))
	case escrow.RemedySync:
		lines = append(lines, voice.Text(words.MendSync, v.About, v.About))
	case escrow.RemedyHolder:
		lines = append(lines, voice.Text(words.MendHolder))
	}
	return lines
}

// Components names what may be lost.
func Components(voice say.Voice, things []escrow.Thing) string {
	var names []string
	for _, t := range things {
		m := words.Components.Of(string(t.Kind))
		if t.Name == "" {
			names = append(names, voice.Text(m))
		} else {
			names = append(names, voice.Text(m, console.Safe(t.Name, 40)))
		}
	}
	return strings.Join(names, ", ")
}
