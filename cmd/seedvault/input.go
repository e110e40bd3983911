package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/qr/scan"
)

// finding is one text that was found in the input.
type finding struct {
	source string // a file's name, or standard input with a line number
	text   string // a secret
	err    error  // instead of a text: why the source gave none
}

// attended says that a person sits in front of the command: what it reads comes
// from a terminal. Files and lines from a pipe are taken without questions.
func (p *program) attended() bool {
	in, ok := p.in.(*os.File)
	return ok && term.IsTerminal(int(in.Fd()))
}

const scanTime = 10 * time.Second

// collect reads all that the command was given.
func (p *program) collect(c *cli.Context) ([]finding, error) {
	var found []finding
	var err error
	switch {
	case c.Bool("clipboard"):
		if c.NArg() > 0 {
			return nil, say.Usage(words.TooManyNames, console.Safe(c.Args().First(), 40)).WithHint(words.SeeHelp, "seedvault add --help")
		}
		found, err = p.readClipboard(c.Context)
	case c.NArg() == 0:
		found, err = p.readPrompts(c.Context)
	default:
		found, err = p.readNamed(c.Context, c.Args().Slice())
	}
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, say.Fail(words.EmptyInput).WithHint(words.HintAddWhat)
	}
	return found, nil
}

// readNamed reads the images that are named, and standard input for "-".
func (p *program) readNamed(ctx context.Context, names []string) (found []finding, err error) {
	for _, name := range names {
		if name == "-" {
			lines, err := p.readLines()
			if err != nil {
				return nil, err
			}
			found = append(found, lines...)
			continue
		}
		for _, path := range p.pastedPaths(name) {
			found = append(found, p.readImage(ctx, path)...)
		}
	}
	return found, nil
}

const lineLimit = 64 << 10

// readLines takes one URI a line from standard input. Empty lines are passed
// over; one that is far too long costs the others nothing.
func (p *program) readLines() ([]finding, error) {
	var found []finding
	lines := bufio.NewReaderSize(p.in, lineLimit)
	for n := 1; ; n++ {
		line, more, err := lines.ReadLine()
		if err == io.EOF {
			return found, nil
		}
		f := finding{source: p.Text(words.InputLine, n), text: strings.TrimSpace(string(line))}
		if more {
			f = finding{source: f.source, err: say.Fail(words.InputTooLong, lineLimit>>10).WithHint(words.HintAddWhat)}
		}
		for more && err == nil {
			_, more, err = lines.ReadLine()
		}
		if err != nil && err != io.EOF {
			return nil, say.Fail(words.InputUnreadable, reasonOf(err)).WithHint(words.HintAddWhat)
		}
		if f.text != "" || f.err != nil {
			found = append(found, f)
		}
	}
}

// readImage finds the codes in one image file.
func (p *program) readImage(ctx context.Context, path string) []finding {
	source := console.Safe(path, 0)
	f, err := os.Open(path)
	if err != nil {
		return []finding{{source: source, err: unreadable(path, err)}}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return []finding{{source: source, err: scan.ErrFormat}}
	}
	return p.scan(ctx, source, f)
}

// scan finds the codes in one picture, for as long as a person will wait.
func (p *program) scan(ctx context.Context, source string, r io.Reader) []finding {
	ctx, cancel := context.WithTimeout(ctx, scanTime)
	defer cancel()
	defer p.Working(words.Scanning)()
	results, err := scan.Read(ctx, r)
	var found []finding
	for _, r := range results {
		found = append(found, finding{source: source, text: r.Text()})
	}
	var unread *scan.UnreadError
	if err != nil && (len(found) == 0 || errors.Is(err, scan.ErrPart) || errors.As(err, &unread)) {
		found = append(found, finding{source: source, err: err})
	}
	return found
}
