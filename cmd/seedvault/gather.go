package main

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"strings"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// gather opens a vault with the shares of a quorum: those in the vault that the
// person's keys open, those in files, and those that are typed, each checked as it
// arrives.
type gather struct {
	*program
	s      *site
	ids    []age.Identity
	quorum string // the name, once it is known
	own    string // the member whose key is here: whom the others send to
	joined key.Combiner
	last   *key.Share // that was taken
}

// unlockTogether gathers as many shares as the quorum takes and opens the vault.
func (p *program) unlockTogether(c *cli.Context, s *site, ids []age.Identity, first []string) (*escrow.Opened, error) {
	g := &gather{program: p, s: s, ids: ids}
	for _, f := range s.vault.Shares(ids...) {
		if g.quorum == "" || g.quorum == f.Holder {
			g.quorum, g.own = f.Holder, f.Member()
			g.take(f.Share)
		}
	}
	for _, file := range c.StringSlice("share") {
		share, err := g.fromFile(file)
		if err != nil {
			return nil, err
		}
		if err := g.take(share); err != nil {
			return nil, explain(err).In(console.Safe(file, 0))
		}
	}
	if len(first) > 0 {
		if err := g.typed(first[0]); err != nil {
			return nil, err
		}
	}
	for g.joined.Missing() > 0 {
		if err := g.next(); err != nil {
			return nil, err
		}
	}
	id, err := g.joined.Identity()
	if err != nil {
		return nil, err
	}
	return s.vault.Unlock(id)
}

// take adds a share and says so, or why not.
func (g *gather) take(share key.Share) error {
	err := g.joined.Add(share)
	var earlier *key.EarlierShareError
	if errors.As(err, &earlier) {
		g.Remark(words.EarlierShare, earlier.Index, explain(err))
		err = g.joined.Add(share)
	}
	if err != nil {
		return err
	}
	g.last = &share
	name := g.quorum
	if name == "" {
		name = g.onlyQuorum()
	}
	if share.Of() > 0 {
		g.Remark(words.ShareTaken, share.Index(), share.Of(), name)
	} else {
		g.Remark(words.PaperShareTaken, share.Index(), name)
	}
	return nil
}

// onlyQuorum is the name of the vault's quorum, if it has one.
func (g *gather) onlyQuorum() string {
	name := "-"
	for _, h := range g.s.vault.Holders() {
		if len(h.Shares) > 0 {
			if name != "-" && name != h.Name {
				return "-"
			}
			name = h.Name
		}
	}
	return name
}

// fromFile reads a share that somebody sent, or that was typed from paper; "-" is
// standard input.
func (g *gather) fromFile(file string) (key.Share, error) {
	text := ""
	if file == "-" {
		lines, err := g.readLines()
		if err != nil {
			return key.Share{}, err
		}
		for _, l := range lines {
			text += l.text + "\n"
		}
	} else {
		f, err := os.Open(file)
		if err != nil {
			return key.Share{}, unreadable(file, err)
		}
		defer f.Close()
		if text, err = readUpTo(f, shareLimit); err != nil {
			return key.Share{}, err
		}
	}
	share, err := key.OpenShare(text, g.ids...)
	if errors.Is(err, key.ErrShare) {
		share, err = key.ReadPaperShare(paperLines(text))
	}
	if err != nil {
		return key.Share{}, explain(err).In(console.Safe(file, 0))
	}
	return share, nil
}

// paperLines are the lines of a share in a file, without the words around them.
func paperLines(text string) []string {
	lines := strings.Split(text, "\n")
	first := slices.IndexFunc(lines, key.LooksLikeShare)
	if first < 0 {
		return lines
	}
	lines = lines[first:]
	if end := slices.IndexFunc(lines, func(l string) bool { return strings.Trim(l, " \r#") == "" }); end > 0 {
		return lines[:end]
	}
	return lines
}

// next asks for one more share: the file of one that was sent, or one on paper,
// line by line.
func (g *gather) next() error {
	missing := say.Fail(words.SharesMissing, g.joined.Missing(), g.onlyQuorum()).WithHint(words.HintSharesMissing, g.members(), g.onlyQuorum(), cmp.Or(g.own, "RECIPIENT"))
	t, err := g.terminal()
	if err != nil {
		return missing
	}
	defer t.Close()
	g.Remark(words.ShareHelp, g.members(), g.onlyQuorum(), cmp.Or(g.own, "RECIPIENT"))
	typed, err := t.Secret(g.Text(words.AskNextShare, g.joined.Missing()))
	switch {
	case err != nil:
		return err
	case typed == "":
		return missing
	}
	return g.typed(typed)
}

// typed takes what was typed: a file's name, or the first line of a share on paper,
// whose other lines are asked for. What does not fit is said, and asked for again.
func (g *gather) typed(typed string) error {
	if !key.LooksLikeShare(typed) {
		share, err := g.fromFile(g.pastedPaths(typed)[0])
		if err == nil {
			err = g.take(share)
		}
		if err != nil {
			g.Tell(explain(err))
		}
		return nil
	}
	t, err := g.terminal()
	if err != nil {
		return err
	}
	defer t.Close()
	var lines []string
	for {
		if err := key.CheckShareLine(len(lines)+1, typed); err != nil {
			g.Tell(explain(err))
		} else {
			lines = append(lines, typed)
		}
		if share, err := key.ReadPaperShare(lines); err == nil {
			if err := g.take(share); err != nil {
				g.Tell(explain(err))
			}
			return nil
		}
		if typed, err = t.Secret(g.Text(words.AskShareLine, len(lines)+1)); err != nil || typed == "" {
			return err
		}
	}
}

// members are the names of those who can help, as the files' names have them.
func (g *gather) members() string {
	var names []string
	for _, h := range g.s.vault.Holders() {
		for _, m := range h.Members() {
			if m == g.own {
				continue
			}
			names = append(names, console.Safe(m, 32))
		}
	}
	return strings.Join(names, ", ")
}
