package explain

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

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
		as(refused),
		as(unimported),
		as(func(e *qr.TooLongError) *say.Error {
			return say.Fail(words.TooLongToDraw, e.Len, e.Limit).WithHint(words.HintUseURI)
		}),
		is(qr.ErrNotASCII, say.Fail(words.NotDrawable).WithHint(words.HintUseURI)),
		is(qr.ErrNotReadable, say.Fail(words.NotDrawable).WithHint(words.HintUseURI)),
		is(qr.ErrEmpty, say.Fail(words.NotDrawable).WithHint(words.HintUseURI)),
	}
}

// unimported explains why an export, or an account in one, cannot be imported.
func unimported(e *exchange.Error) *say.Error {
	said := say.Fail(words.NotImported, words.Refusals.Of(string(e.Reason)))
	switch e.Reason {
	case exchange.NeedsPassword, exchange.WrongPassword:
		return said.WithHint(words.HintGivePassword)
	case exchange.NeedsIdentity:
		return said.WithHint(words.HintGiveKey)
	case exchange.NotRecognised, exchange.NotThatFormat, exchange.UnknownFormat:
		return said.WithHint(words.HintNotRecognised)
	}
	return said.WithHint(words.HintExportAnew)
}

// refused explains why a text is no seed, with the hint that fits the reason.
func refused(e *otpauth.Error) *say.Error {
	said := say.Fail(words.NotASeed, words.Refusals.Of(string(e.Reason)))
	switch e.Reason {
	case otpauth.OtherAppOnly, otpauth.WebLink:
		return said.WithHint(words.HintOtherApp)
	case otpauth.BareKey:
		return said.WithHint(words.HintBareKey)
	case otpauth.MD5:
		return said.WithHint(words.HintAlgorithm)
	case otpauth.NoCounter, otpauth.ZeroPeriod:
		return said.WithHint(words.HintAtPrompt)
	}
	return said.WithHint(words.HintNotASeed)
}

// imageRules are about pictures in which no code is found.
func imageRules() []rule {
	return []rule{
		as(func(e *scan.TooManyPixelsError) *say.Error {
			return say.Fail(words.ImageTooManyPixels, e.Limit/1_000_000).WithHint(words.HintImage)
		}),
		as(func(e *scan.TooLargeError) *say.Error {
			return say.Fail(words.ImageTooLarge, e.Limit>>20).WithHint(words.HintImage)
		}),
		as(unread),
		as(func(e *scan.PartsError) *say.Error {
			return say.Fail(words.PartsMissing, strings.Trim(fmt.Sprint(e.Missing), "[]"), e.Of).WithHint(words.HintPartsMissing)
		}),
		as(otherFormat),
		is(scan.ErrNoCode, say.Fail(words.NoCodeInImage).WithHint(words.HintImage)),
		is(scan.ErrFormat, say.Fail(words.NotAnImage).WithHint(words.HintNotAnImage)),
		is(scan.ErrDamaged, say.Fail(words.ImageDamaged).WithHint(words.HintImageDamaged)),
		is(scan.ErrPart, say.Fail(words.PartOfCode).WithHint(words.HintImage)),
		is(scan.ErrTooBusy, say.Fail(words.ImageTooBusy).WithHint(words.HintImage)),
	}
}

// unread tells where in the picture the code is that could not be read, and what to try.
func unread(e *scan.UnreadError) *say.Error {
	at := e.Bounds
	if len(e.Try) > 0 {
		switch e.Try[0] {
		case scan.Flatter:
			return say.Fail(words.CodeUnread, at.Min.X, at.Min.Y, at.Dx(), at.Dy()).WithHint(words.HintCodeFlatter)
		case scan.Light:
			return say.Fail(words.CodeUnread, at.Min.X, at.Min.Y, at.Dx(), at.Dy()).WithHint(words.HintCodeLight)
		case scan.Clearer:
			return say.Fail(words.CodeUnread, at.Min.X, at.Min.Y, at.Dx(), at.Dy()).WithHint(words.HintImage)
		}
	}
	return say.Fail(words.CodeTooSmall, strconv.FormatFloat(e.Pixels, 'f', 1, 64)).WithHint(words.HintCodeTooSmall)
}

// converters maps a system and a format to the command that makes a picture of it.
func converters() map[string]map[string]string {
	return map[string]map[string]string{
		"linux": {
			"PDF": "pdftoppm -png -r 200 FILE page", "HEIC": "heif-convert FILE photo.png",
			"AVIF": "avifdec FILE photo.png", "SVG": "rsvg-convert -o picture.png FILE",
		},
		"darwin": {
			"PDF": "sips -s format png FILE --out page.png", "HEIC": "sips -s format png FILE --out photo.png",
			"AVIF": "sips -s format png FILE --out photo.png",
		},
	}
}

// otherFormat names a format that is not read as a picture, and says how to make a picture of
// it.
func otherFormat(e *scan.FormatError) *say.Error {
	if converter := converters()[runtime.GOOS][e.Name]; converter != "" {
		return say.Fail(words.OtherFormat, e.Name).WithHint(words.HintConvert, converter)
	}
	return say.Fail(words.OtherFormat, e.Name).WithHint(words.HintScreenshot)
}
