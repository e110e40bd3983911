package sheet

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"

	"seedvault/qr"
)

//go:embed page.html
var pageText string

// linePieces are what a line to type is broken between: not at the hyphen of a flag.
func linePieces(line string) []string { return strings.Split(line, " ") }

var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"words": linePieces}).Parse(pageText))
})

// HTML writes the sheet as one page to print: it loads nothing and runs nothing.
func (s Sheet) HTML(w io.Writer) error {
	p := s.page()
	code, err := qr.New(p.secret)
	if err != nil {
		return err
	}
	var drawing bytes.Buffer
	if err := code.WriteSVG(&drawing); err != nil {
		return err
	}
	var out bytes.Buffer // nothing half-way
	err = pageTemplate().Execute(&out, struct {
		page
		QR template.HTML // drawn by us, of bars alone
	}{p, template.HTML(drawing.String())})
	if err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}
