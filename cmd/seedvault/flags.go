package main

import (
	"slices"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
)

// globalFlags say which vault is meant, and what opens it. They may stand before or
// behind the verb.
func globalFlags(choice *place.Choice) []cli.Flag {
	keys := &choice.Keys
	return []cli.Flag{
		cli.Text(&choice.Vault, "vault", cli.Folder),
		cli.List(&keys.Identities, "identity", cli.File).Or("i"),
		cli.Text(&keys.PassphraseFile, "passphrase-file", cli.File),
		cli.Text(&keys.Holder, "holder", completion.Holders),
		cli.List(&keys.Shares, "share", cli.File),
		cli.Switch(&choice.NoSync, "no-sync"), cli.Switch(&choice.Wait, "wait"),
		cli.LanguageFlag(),
	}
}

// copyFlag returns the flag with which a verb reads a copy instead of the vault.
func copyFlag(choice *place.Choice) cli.Flag { return cli.Text(&choice.Copy, "copy", cli.Folder) }

// shareFlags are those of the verbs that make a quorum's shares.
type shareFlags struct {
	members []string
	dir     *string
	asText  bool
}

func (f *shareFlags) flags() []cli.Flag {
	return []cli.Flag{cli.List(&f.members, "member", cli.Anything), cli.Optional(&f.dir, "shares", cli.Folder), cli.Switch(&f.asText, "text")}
}

// given reports whether any of them was given.
func (f *shareFlags) given() bool { return f.members != nil || f.dir != nil || f.asText }

// to has a set's shares go where the flags say.
func (f *shareFlags) to(set *newholder.Set) { set.SharesTo(text(f.dir), f.asText) }

// text returns the value of a flag, "" if it was not given.
func text(given *string) string {
	if given == nil {
		return ""
	}
	return *given
}

// nonEmpty returns the values that are not empty.
func nonEmpty(values ...string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" })
}
