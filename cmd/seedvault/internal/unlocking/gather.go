package unlocking

import (
	"cmp"
	"errors"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// gather opens a vault with the shares of a quorum: those in the vault that the
// person's keys open, those in files, and those that are typed, each checked as it
// arrives.
type gather struct {
	world  *world.World
	vault  *escrow.Vault
	ids    []age.Identity
	quorum string // the name, once it is known
	own    string // the member whose key is here: whom the others send to
	joined key.Combiner
	last   *key.Share // that was taken
}

// unlockTogether gathers as many shares as the quorum needs and opens the vault. typed may be
// the first line of a share on paper.
func (k *Keys) unlockTogether(ids []age.Identity, typed string) (*escrow.Opened, error) {
	g := &gather{world: k.World, vault: k.Vault, ids: ids}
	if err := g.given(k.Given.Shares); err != nil {
		return nil, err
	}
	if typed != "" {
		if err := g.typed(typed); err != nil {
			return nil, err
		}
	}
	if err := g.complete(); err != nil {
		return nil, err
	}
	id, err := g.joined.Identity()
	if err != nil {
		return nil, err
	}
	return k.open(id)
}

// complete asks for shares until there are enough.
func (g *gather) complete() (err error) {
	defer g.world.Hush()(&err)
	for g.joined.Missing() > 0 && err == nil {
		err = g.next()
	}
	return err
}

// given adds the shares that the keys open, and those in files.
func (g *gather) given(files []string) error {
	for _, f := range g.vault.Shares(g.ids...) {
		if g.quorum == "" || g.quorum == f.Holder {
			g.quorum, g.own = f.Holder, f.Member()
			g.add(f.Share)
		}
	}
	for _, file := range files {
		share, err := ShareFile(g.world, file, g.ids...)
		if err != nil {
			return err
		}
		if err := g.add(share); err != nil {
			return explain.Error(err).In(console.Safe(file, 0))
		}
	}
	return nil
}

// TypedShare reads a share whose first line was typed, and asks for the others. It returns nil
// if the person gave up.
func TypedShare(w *world.World, v *escrow.Vault, typed string) (_ *key.Share, err error) {
	defer w.Hush()(&err)
	g := &gather{world: w, vault: v}
	err = g.typed(typed)
	return g.last, err
}

// add adds a share, and prints that. An earlier share that turns out to be wrong is dropped, and
// named.
func (g *gather) add(share key.Share) error {
	err := g.joined.Add(share)
	for earlier := (*key.EarlierShareError)(nil); errors.As(err, &earlier); err = g.joined.Add(share) {
		g.world.Voice.Remark(words.EarlierShare, earlier.Index, explain.Error(err))
	}
	if err != nil {
		return err
	}
	g.last = &share
	name := g.quorum
	if name == "" {
		name = OnlyQuorum(g.vault)
	}
	if share.Of() > 0 {
		g.world.Voice.Remark(words.ShareTaken, share.Index(), share.Of(), name)
	} else {
		g.world.Voice.Remark(words.PaperShareTaken, share.Index(), name)
	}
	return nil
}

// next asks for one more share: the name of a file that somebody sent, or a share on paper
// line by line.
func (g *gather) next() error {
	missing := say.Fail(words.SharesMissing, g.joined.Missing(), OnlyQuorum(g.vault)).WithHint(words.HintSharesMissing, g.members(), OnlyQuorum(g.vault), cmp.Or(g.own, "RECIPIENT"))
	t, err := g.world.Terminal()
	if err != nil {
		return missing
	}
	defer t.Close()
	g.world.Voice.Remark(words.ShareHelp, g.members(), OnlyQuorum(g.vault), cmp.Or(g.own, "RECIPIENT"))
	typed, err := t.Secret(g.world.Voice.Text(words.AskNextShare, g.joined.Missing()))
	switch {
	case err != nil:
		return err
	case typed == "" || world.IsNo(typed):
		return missing
	case !key.LooksLikeShare(typed) && fileTyped(g.world, typed) == "": // not repeated: it may be a secret
		g.world.Voice.Tell(say.Fail(words.NoShareTyped).WithHint(words.HintNoShareTyped, g.members()))
		return nil
	}
	return g.typed(typed)
}

// typed reads what was typed: a file's name, or the first line of a share on paper, whose
// other lines it asks for. If it does not fit, it says so and asks again.
func (g *gather) typed(typed string) error {
	if !key.LooksLikeShare(typed) {
		share, err := ShareFile(g.world, g.world.PastedPaths(typed)[0], g.ids...)
		if err == nil {
			err = g.add(share)
		}
		if err != nil {
			g.world.Voice.Tell(explain.Error(err))
		}
		return nil
	}
	t, err := g.world.Terminal()
	if err != nil {
		return err
	}
	defer t.Close()
	var lines []string
	for {
		if err := key.CheckShareLines(append(lines, typed)...); err != nil {
			g.world.Voice.Tell(explain.Error(err))
		} else {
			lines = append(lines, typed)
		}
		if share, err := key.ReadPaperShare(lines); err == nil {
			if err := g.add(share); err != nil {
				g.world.Voice.Tell(explain.Error(err))
			}
			return nil
		}
		if typed, err = t.Secret(g.world.Voice.Text(words.AskShareLine, len(lines)+1)); err != nil || typed == "" {
			return err
		}
	}
}

// members returns the names of those who can help, from the names of their files.
func (g *gather) members() string {
	var names []string
	for _, h := range g.vault.Holders() {
		for _, m := range h.Members() {
			if m == g.own {
				continue
			}
			names = append(names, console.Safe(m, 32))
		}
	}
	return strings.Join(names, ", ")
}
