package explain

import (
	"strconv"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
	"seedvault/qr/scan"
)

// seedRules are about what is no seed, and what cannot be drawn as a QR code.
func seedRules() []rule {
	return []rule{
		as(func(e *otpauth.Error) *say.Error {
			return say.Fail(words.NotASeed, words.Refusals.Of(string(e.Reason))).WithHint(words.HintNotASeed)
		}),
		as(func(e *exchange.Error) *say.Error {
			return say.Fail(words.NotASeed, words.Refusals.Of(string(e.Reason))).WithHint(words.HintNotASeed)
		}),
		as(func(e *qr.TooLongError) *say.Error {
			return say.Fail(words.TooLongToDraw, e.Len, e.Limit).WithHint(words.HintUseURI)
		}),
		is(qr.ErrNotASCII, say.Fail(words.NotDrawable).WithHint(words.HintUseURI)),
		is(qr.ErrNotReadable, say.Fail(words.NotDrawable).WithHint(words.HintUseURI)),
		is(qr.ErrEmpty, say.Fail(words.NotDrawable).WithHint(words.HintUseURI)),
	}
}

// imageRules are about pictures in which no code is found.
func imageRules() []rule {
	tooLarge := say.Fail(words.ImageTooLarge).WithHint(words.HintImage)
	return []rule{
		as(func(*scan.TooManyPixelsError) *say.Error { return tooLarge }),
		as(func(*scan.TooLargeError) *say.Error { return tooLarge }),
		as(func(e *scan.UnreadError) *say.Error {
			if e.Pixels < 3 {
				return say.Fail(words.CodeTooSmall, strconv.FormatFloat(e.Pixels, 'f', 1, 64)).WithHint(words.HintCodeTooSmall)
			}
			return say.Fail(words.CodeUnread).WithHint(words.HintImage)
		}),
		is(scan.ErrNoCode, say.Fail(words.NoCodeInImage).WithHint(words.HintImage)),
		is(scan.ErrFormat, say.Fail(words.NotAnImage).WithHint(words.HintNotAnImage)),
		is(scan.ErrDamaged, say.Fail(words.ImageDamaged).WithHint(words.HintImage)),
		is(scan.ErrPart, say.Fail(words.PartOfCode).WithHint(words.HintImage)),
		is(scan.ErrTooBusy, say.Fail(words.ImageTooBusy).WithHint(words.HintImage)),
	}
}
