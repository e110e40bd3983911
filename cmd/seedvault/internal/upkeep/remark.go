package upkeep

import (
	"path/filepath"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies"
)

// remarkSwapped names the pages of a copy that were not the right ones, and which of them are
// right again.
func remarkSwapped(voice say.Voice, c local.Copy, r copies.Result) {
	for _, name := range r.Swapped {
		m := words.CopyPageSwapped
		if slices.Contains(r.Healed, name) {
			m = words.CopyPageMended
		}
		voice.Remark(m, c.Name, name)
	}
}

// remarkApart names the files in a copy's folder that do not belong to the vault, and those
// whose content has not been downloaded.
func remarkApart(voice say.Voice, c local.Copy, r copies.Result) {
	if len(r.NotFetched) > 0 {
		voice.Remark(words.CopyNotFetched, c.Name, len(r.NotFetched), console.Safe(c.Path, 0))
	}
	var skipped []string
	for _, name := range r.Skipped {
		skipped = append(skipped, filepath.Join(c.Path, filepath.FromSlash(name)))
	}
	remarkFew(voice, words.CopyInTheWay, c, skipped)
	if others := slices.Concat(r.OtherEpochs, r.Others); len(others) > 0 {
		voice.Remark(words.CopyOthers, c.Name, len(others), console.Safe(filepath.Join(c.Path, filepath.FromSlash(others[0])), 0))
	}
}

// remarkUnmended names the files of a copy of which no right content is known.
func remarkUnmended(voice say.Voice, c local.Copy, r copies.Result) {
	for _, said := range []struct {
		names []string
		m     words.Message
	}{{r.Damaged, words.CopyUnhealed}, {r.DamagedOnly, words.CopyDamagedOnly}, {r.Differs, words.CopyDiffers}} {
		remarkFew(voice, said.m, c, said.names)
	}
}

// mostNamed is how many files of a copy one message names: there can be any number, and who can
// write to it decides how many.
const mostNamed = 5

// remarkFew prints a message about each of the first files of a list, and how many more there
// are.
func remarkFew(voice say.Voice, m words.Message, c local.Copy, names []string) {
	for i, name := range names {
		if i == mostNamed {
			voice.Remark(words.CopyMoreFiles, c.Name, len(names)-i)
			return
		}
		voice.Remark(m, c.Name, console.Safe(name, 0))
	}
}

// RemarkLooked prints what a person should know about a copy that was looked at and not
// written to.
func RemarkLooked(voice say.Voice, c local.Copy, r copies.Result) {
	for _, said := range []struct {
		n int
		m words.Message
	}{
		{r.Given.Files, words.CopyLacks}, {len(r.Healed), words.CopyIsDamaged}, {r.Taken.Files, words.CopyHasMore}, {len(r.HealedHere), words.CopyCanHeal},
	} {
		if said.n > 0 {
			voice.Remark(said.m, c.Name, said.n, c.Name)
		}
	}
	remarkUnmended(voice, c, r)
	remarkApart(voice, c, r)
}

// Remark prints what a person should know about a copy that was brought up to date: what was
// wrong with it, and what this machine had never seen.
func Remark(voice say.Voice, c local.Copy, r copies.Result) {
	path := console.Safe(c.Path, 0)
	if r.State == copies.Foreign {
		voice.Remark(words.CopyAnother, c.Name, path)
	}
	if r.Rewound {
		voice.Remark(words.CopyRewound, c.Name)
	}
	switch {
	case r.State == copies.Emptied:
	case r.Lost.Files > 0 && !HoldsAllUndamaged(r):
		voice.Remark(words.CopyOlderYet, c.Name, r.Lost.Files)
	case r.Gone > 0:
		voice.Remark(words.CopyOlderStill, c.Name, r.Lost.Files, r.Gone)
	case r.Lost.Files > 0:
		voice.Remark(words.CopyOlder, c.Name, r.Lost.Files)
	}
	if r.Taken.Files > 0 {
		voice.Remark(words.CopyBrings, c.Name, r.Taken.Files)
	}
	if len(r.Healed) > 0 {
		voice.Remark(words.CopyHealed, c.Name, len(r.Healed))
	}
	if len(r.HealedHere) > 0 {
		voice.Remark(words.VaultHealed, len(r.HealedHere), c.Name)
	}
	remarkSwapped(voice, c, r)
	remarkApart(voice, c, r)
	remarkUnmended(voice, c, r)
	switch r.State {
	case copyplace.Linked, copyplace.OnRAMDisk, copyplace.VaultItself, copyplace.Twin, copyplace.NoKit, copies.Shared, copies.Emptied:
		voice.Remark(words.CopyNothingWritten, c.Name, path, voice.Text(words.CopyStates.Of(string(r.State))))
	case copies.ReadOnly, copies.Full, copies.Failed:
		voice.Remark(words.CopyFailed, c.Name, whyNot(voice, r))
	}
}

// RemoteTrouble returns what git or rclone has said when it could not carry a copy, nil if
// there was no such failure.
func RemoteTrouble(r copies.Result) error {
	if _, known := explain.RemoteReason(r.Err); known && !HoldsEverything(r) {
		return r.Err
	}
	return nil
}

// whyNot returns why a copy was not reached or not brought up to date, where more is known
// than its state.
func whyNot(voice say.Voice, r copies.Result) string {
	state := voice.Text(words.CopyStates.Of(string(r.State)))
	if reason, known := explain.RemoteReason(r.Err); known {
		return voice.Text(words.CopyWhy, state, voice.Text(reason))
	}
	return state
}
