// Package picture finds the codes in one picture, for as long as a person will wait.
package picture

import (
	"context"
	"errors"
	"io"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/qr/scan"
)

const patience = 10 * time.Second

// Codes returns the texts of the codes in a picture: secrets. An error may come with
// texts, where some codes were found and others not.
func Codes(ctx context.Context, w *world.World, r io.Reader) (texts []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer w.Voice.Working(words.Scanning)()
	results, err := scan.Read(ctx, r)
	for _, r := range results {
		texts = append(texts, r.Text())
	}
	var unread *scan.UnreadError
	switch {
	case err == nil:
		return texts, nil
	case len(texts) > 0 && !errors.Is(err, scan.ErrPart) && !errors.As(err, &unread):
		return texts, nil
	case errors.Is(err, context.DeadlineExceeded):
		return texts, say.Fail(words.ImageTooSlow, int(patience.Seconds())).WithHint(words.HintImage)
	}
	return texts, err
}
