// Package walk leads a person at a terminal through the pages of the guide: which service, which
// way holds, one step after the other, and the telephone call in between. The walk with a new
// phone, through the QR codes of a vault's seeds, is in package recheck.
//
// Start with a [Walk] and its FromTheStart, or with OnPage for a page that is known;
// Call leads the call alone. Where the person is goes to a [Keeper], so that it can be
// gone on with later. The package opens no terminal, writes no file and reads no
// clock: all of that is handed in.
package walk

import (
	"errors"
	"io"
	"time"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// ErrLeft is the person's wish to end the guide.
var ErrLeft = errors.New("the guide was left")

// errBack is the person's wish to go back to before the page that they are on.
var errBack = errors.New("back to before the page")

// Keeper keeps where a person is in the guide.
type Keeper interface {
	GuideProgress() (local.GuideProgress, bool)
	KeepGuide(local.GuideProgress) error
	ForgetGuide() error
}

// Walk leads one person from a page to the first of its paths that works.
type Walk struct {
	View  console.View
	Voice say.Voice
	Now   func() time.Time
	Book  *guide.Guide
	Keep  Keeper // nil where nothing can be kept

	// Paper writes a sheet to a file that must not exist, and says why if it does not.
	Paper func(file string, write func(io.Writer) error) *say.Error

	service *guide.Service
	replies guide.Replies
	asked   []string    // what was replied to, the last one last
	failed  []string    // paths of the present page
	unkept  error       // why where the person is could not be kept
	facts   guide.Facts // filled in for the call; kept in memory alone
	said    string      // what the next screen says beside its own, once
}

// Read shows a text on the screen until the person goes on.
func (g *Walk) Read(text string) error {
	_, err := g.ask(g.Voice.Text(words.GuideKeysRead), written(text))
	return err
}

// view shows pages in the person's language, in columns.
func (g *Walk) view(columns int, service *guide.Service) guide.View {
	return guide.View{Language: g.Voice.Lang, Width: columns, Now: g.Now(), Service: service}
}

// read shows the whole page on the screen.
func (g *Walk) read(page *guide.Page) error {
	return g.Read(g.shown().Page(page))
}

// shown returns how the guide looks on this screen.
func (g *Walk) shown() guide.View {
	columns, _ := g.View.Size()
	return g.view(columns-1, g.service)
}

// plan returns what the screen shows before a walk, along a path if one is chosen.
func (g *Walk) plan(page *guide.Page, path *guide.Path) []block {
	blocks := []block{para(page.Name.In(g.Voice.Lang))} // the rest was read before
	if len(g.failed) == 0 {
		blocks = []block{written(g.shown().Head(page))}
	}
	if path == nil {
		return blocks
	}
	way := []block{para(g.Voice.Text(words.GuideWay, path.Title.In(g.Voice.Lang), len(path.Steps)))}
	if who, ok := words.Actors.Lookup(path.Who); ok {
		way = append(way, block{text: g.Voice.Text(who), close: true})
	}
	for _, s := range path.Stories {
		way = append(way, block{text: g.Voice.Text(words.GuideStory, s), close: true})
	}
	return append(blocks, way...)
}
