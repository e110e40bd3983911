package main

import (
	"io"
	"strings"

	"seedvault/cmd/seedvault/guide"
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

// guideHTML writes a page to print.
func (v *guiding) guideHTML(page *guide.Page, service *guide.Service, file string) error {
	return v.paper(file, func(w io.Writer) error { return v.guideView(0, service).HTML(w, page) })
}
