package main

import (
	"cmp"
	"context"
	"os"
	"regexp"
	"runtime/debug"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/clipboard"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/harden"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/world"
)

func main() {
	harden.HideMemory()
	os.Exit(newApp(world.New()).Run(os.Args[1:]))
}

// newApp returns the command with all its verbs.
func newApp(w *world.World) *cli.App {
	choice := &place.Choice{Keys: unlocking.Given{Cache: &unlocking.KeyCache{}}}
	return &cli.App{
		World: w, Version: version, Flags: globalFlags(choice), Fitting: completion.Fitting(w),
		Commands: func() []*cli.Command {
			return []*cli.Command{
				tourVerb(w, newApp), initVerb(w, choice), openVerb(w, choice), addVerb(w, choice), importVerb(w, choice),
				listVerb(w, choice), showVerb(w, choice), codeVerb(w, choice), restoreVerb(w, choice), exportVerb(w, choice),
				checkVerb(w, choice), drillVerb(w, choice), acceptVerb(w, choice), editVerb(w, choice), removeVerb(w, choice),
				holderVerb(w, choice), copyVerb(w, choice), rotateVerb(w, choice),
				guideVerb(w, choice), clearClipboardVerb(w),
			}
		},
	}
}

// clearClipboardVerb returns the hidden verb that code --clip starts in the background.
func clearClipboardVerb(w *world.World) *cli.Command {
	return &cli.Command{Name: clipboard.ClearVerb, Hidden: true, Run: func(context.Context, []string) error {
		clipboard.Clear(w) // there is nobody left to tell
		return nil
	}}
}

// version returns the version of the running build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	return versionOf(info)
}

// untagged is a version that the go command makes up for a commit without a tag.
const untagged = `-[0-9]{14}-[0-9a-f]{12}(\+|$)`

// versionOf returns the tag of a build, or if it has none its commit, so that a report can say
// which build it is about.
func versionOf(info *debug.BuildInfo) string {
	tag := info.Main.Version
	if tag != "" && tag != "(devel)" && !regexp.MustCompile(untagged).MatchString(tag) {
		return tag
	}
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	commit, day, changed := of["vcs.revision"], of["vcs.time"], ""
	if commit == "" {
		return cmp.Or(tag, "(devel)")
	}
	if of["vcs.modified"] == "true" {
		changed = ", changed since"
	}
	return "(untagged) commit " + commit[:min(len(commit), 12)] + " of " + day[:min(len(day), len(time.DateOnly))] + changed
}
