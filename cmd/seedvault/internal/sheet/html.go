package sheet

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"

	"seedvault/qr"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

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
	err = pageTemplate.Execute(&out, struct {
		page
		QR template.HTML // drawn by us, of bars alone
	}{p, template.HTML(drawing.String())})
	if err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}
