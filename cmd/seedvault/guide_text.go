package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// guideView shows pages in the person's language, for a service that has none of
// its own if there is one.
func (p *program) guideView(width int, service *guide.Service) guide.View {
	return guide.View{Language: p.Lang, Width: width, Now: p.now(), Service: service}
}

// remarkAll remarks on each.
func (p *program) remarkAll(said []words.Phrase) {
	for _, s := range said {
		p.Remark(s.Message, s.Args...)
	}
}

// phrases are blocks of what would else be remarked on.
func (p *program) phrases(said []words.Phrase) (blocks []block) {
	for _, s := range said {
		blocks = append(blocks, para(p.Text(s.Message, s.Args...)))
	}
	return blocks
}

// width is how many columns a text has that goes to standard output.
func (p *program) width() int {
	if columns, _, ok := p.drawsOnTerminal(); ok {
		return columns
	}
	return 80
}

// print writes a text to standard output: through a pager where that is a screen
// that it does not fit on.
func (p *program) print(text string) error {
	_, rows, onScreen := p.drawsOnTerminal()
	if pager := p.pager(); onScreen && strings.Count(text, "\n") >= rows && pager != nil {
		pager.Stdin, pager.Stdout, pager.Stderr = strings.NewReader(text), p.answers.to, os.Stderr
		if pager.Run() == nil {
			return nil
		}
	}
	_, err := fmt.Fprint(p.Out, text)
	return err
}

// printBlocks writes blocks to standard output.
func (p *program) printBlocks(blocks []block) error {
	return p.print(strings.Join(laidOut(blocks, p.width()), "\n") + "\n")
}

// pager is the person's own, else less; nil where there is none.
func (p *program) pager() *exec.Cmd {
	command := strings.Fields(p.env("PAGER"))
	if len(command) == 0 {
		command = []string{"less"}
	}
	path, err := exec.LookPath(command[0])
	if err != nil || console.Dumb(p.env) {
		return nil
	}
	return exec.Command(path, command[1:]...)
}

// guideHTML writes a page to print into a file that must not exist, or to standard
// output for "-".
func (p *program) guideHTML(page *guide.Page, service *guide.Service, file string) error {
	v := p.guideView(0, service)
	if file == "-" {
		return v.HTML(p.Out, page)
	}
	var b bytes.Buffer
	if err := v.HTML(&b, page); err != nil {
		return err
	}
	if err := local.WriteNewHere(file, b.Bytes()); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return say.Fail(words.FileExists, console.Safe(file, 0)).WithHint(words.HintFileExists)
		}
		return err
	}
	p.Remark(words.GuideWrote, console.Safe(file, 0))
	return nil
}
