package qr_test

import (
	"io"
	"testing"

	"seedvault/qr"
)

// BenchmarkDraw times each drawing with its reading back, for a URI as services give out and for
// the longest text.
func BenchmarkDraw(b *testing.B) {
	for name, text := range map[string]string{"72 bytes": uri, "2953 bytes": ofLength(qr.MaxLen)} {
		code := mustNew(b, text)
		for what, draw := range map[string]func() error{
			"new":         func() error { _, err := qr.New(text); return err },
			"half-blocks": func() error { return code.WriteText(io.Discard, qr.HalfBlocks) },
			"blocks":      func() error { return code.WriteText(io.Discard, qr.Blocks) },
			"png":         func() error { return code.WritePNG(io.Discard, 8) },
			"svg":         func() error { return code.WriteSVG(io.Discard) },
		} {
			b.Run(what+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if err := draw(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
