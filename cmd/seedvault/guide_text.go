package main

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// guideView shows pages in the person's language, for a service that has none of
// its own if there is one.
func (v *guiding) guideView(width int, service *guide.Service) guide.View {
	return guide.View{Language: v.w.Voice.Lang, Width: width, Now: v.w.Now(), Service: service}
}

// remarkAll remarks on each.
func (v *guiding) remarkAll(said []words.Phrase) {
	for _, s := range said {
		v.w.Voice.Remark(s.Message, s.Args...)
	}
}

// phrases are blocks of what would else be remarked on.
func (v *guiding) phrases(said []words.Phrase) (blocks []block) {
	for _, s := range said {
		blocks = append(blocks, para(v.w.Voice.Text(s.Message, s.Args...)))
	}
	return blocks
}

// printBlocks writes blocks to standard output.
func (v *guiding) printBlocks(blocks []block) error {
	return v.w.Print(strings.Join(laidOut(blocks, v.w.Width()), "\n") + "\n")
}

// guideHTML writes a page to print into a file that must not exist, or to standard
// output for "-".
func (v *guiding) guideHTML(page *guide.Page, service *guide.Service, file string) error {
	view := v.guideView(0, service)
	if file == "-" {
		return view.HTML(v.w.Voice.Out, page)
	}
	var b bytes.Buffer
	if err := view.HTML(&b, page); err != nil {
		return err
	}
	if err := local.WriteNewHere(file, b.Bytes()); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return say.Fail(words.FileExists, console.Safe(file, 0)).WithHint(words.HintFileExists)
		}
		return err
	}
	v.w.Voice.Remark(words.GuideWrote, console.Safe(file, 0))
	return nil
}
