// Package picture finds the QR codes in one picture, for as long as a person will wait.
//
// Start with [How.Codes].
package picture

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/qr/scan"
)

const patience = 5 * time.Second

// How says how pictures are searched. The zero value is for most.
type How struct {
	Thorough bool   // go on where nothing looks like a code
	Explain  string // a new file for a drawing of what was seen, of one picture; "" for none
}

// Codes returns the texts of the codes in a picture: secrets. An error may come with
// texts, where some codes were found and others not.
func (h How) Codes(ctx context.Context, w *world.World, r io.Reader) (texts []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer w.Voice.Working(words.Scanning)()
	var drawing bytes.Buffer
	scanner := scan.Scanner{Thorough: h.Thorough}
	if h.Explain != "" {
		scanner.Explain = &drawing
	}
	results, err := scanner.Read(ctx, r)
	if drawing.Len() > 0 {
		if e := local.WriteNew(h.Explain, drawing.Bytes()); e != nil { // the codes are what was asked for first
			why := explain.Error(explain.NotMade(h.Explain, e))
			w.Voice.Remark(why.Message, why.Args...)
		} else {
			w.Voice.Remark(words.ExplanationWritten, h.Explain)
		}
	}
	for _, r := range results {
		texts = append(texts, r.Text())
	}
	var unread *scan.UnreadError
	switch {
	case err == nil:
		return texts, nil
	case len(texts) > 0 && errors.Is(err, context.DeadlineExceeded):
		return texts, nil
	case len(texts) > 0 && !errors.Is(err, scan.ErrPart) && !errors.As(err, &unread):
		return texts, nil
	case errors.Is(err, context.DeadlineExceeded):
		return texts, say.Fail(words.ImageTooSlow, int(patience.Seconds())).WithHint(words.HintImage)
	}
	return texts, err
}
