package parse

import (
	"encoding/xml"
	"io"
	"strings"

	"seedvault/escrow/exchange"
)

// Bounds of an XML file, which no export comes near.
const (
	maxXMLDepth      = 100
	maxXMLAttributes = 64
	MaxXMLElements   = 20000 // of one record
)

// Element is a small piece of an XML file, by local names: whatever prefix a
// program gives its namespace, the element is the same.
type Element struct {
	Name     string
	Attrs    map[string]string
	Text     string
	Children []*Element
}

// Child returns the first element below by a path of names, an empty one if there
// is none.
func (e *Element) Child(path ...string) *Element {
next:
	for _, name := range path {
		for _, c := range e.Children {
			if c.Name == name {
				e = c
				continue next
			}
		}
		return &Element{}
	}
	return e
}

// All returns the elements of a name right below.
func (e *Element) All(name string) (list []*Element) {
	for _, c := range e.Children {
		if c.Name == name {
			list = append(list, c)
		}
	}
	return list
}

// IsNone reports whether the element is one that was not there.
func (e *Element) IsNone() bool { return e.Name == "" }

// Trimmed returns the element's text without the space around it.
func (e *Element) Trimmed() string { return strings.TrimSpace(e.Text) }

// checkXML refuses, before anything is parsed, what would cost more memory than
// the text is long: a document type, nesting without end, a tag of thousands of
// attributes.
func checkXML(text string) error {
	depth := 0
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			return nil
		}
		text = text[i:]
		switch {
		case strings.HasPrefix(text, "<!--"):
			text = after(text, "-->")
		case strings.HasPrefix(text, "<![CDATA["):
			text = after(text, "]]>")
		case strings.HasPrefix(text, "<!"):
			return exchange.Refuse(exchange.UnsafeXML)
		default:
			var tag string
			tag, text = cutTag(text)
			switch {
			case strings.HasPrefix(tag, "</"):
				depth--
			case !strings.HasPrefix(tag, "<?") && !strings.HasSuffix(tag, "/>"):
				depth++
			}
			if depth > maxXMLDepth || strings.Count(tag, "=") > maxXMLAttributes && attributes(tag) > maxXMLAttributes {
				return exchange.Refuse(exchange.Damaged)
			}
		}
	}
}

func after(text, end string) string {
	_, rest, _ := strings.Cut(text, end)
	return rest
}

// cutTag returns a tag with its brackets; one inside quotes ends nothing.
func cutTag(text string) (tag, rest string) {
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return text[:i+1], text[i+1:]
		}
	}
	return text, ""
}

// attributes counts the = of a tag that stand outside quotes.
func attributes(tag string) (n int) {
	quote := byte(0)
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '=':
			n++
		}
	}
	return n
}

// NewXML returns a decoder of a text that is UTF-8 by now, whatever it says of
// itself. It knows no entities but XML's own five.
func NewXML(text string) (*xml.Decoder, error) {
	if err := checkXML(text); err != nil {
		return nil, err
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return d, nil
}

// ReadElement reads what follows a start tag, up to its end, leaving out whatever
// is named in without. It takes as many elements as budget has, which it counts down.
func ReadElement(d *xml.Decoder, start xml.StartElement, budget *int, without ...string) (*Element, error) {
	if *budget--; *budget < 0 {
		return nil, exchange.Refuse(exchange.TooMany)
	}
	e := &Element{Name: start.Name.Local}
	for _, a := range start.Attr {
		if e.Attrs == nil {
			e.Attrs = map[string]string{}
		}
		e.Attrs[a.Name.Local] = a.Value
	}
	var text strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return nil, exchange.Refuse(exchange.Damaged)
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			e.Text = text.String()
			return e, nil
		case xml.StartElement:
			if contains(without, t.Name.Local) {
				if d.Skip() != nil {
					return nil, exchange.Refuse(exchange.Damaged)
				}
				continue
			}
			c, err := ReadElement(d, t, budget, without...)
			if err != nil {
				return nil, err
			}
			e.Children = append(e.Children, c)
		}
	}
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// XMLRoot returns the local name of a text's first element, "" for none.
func XMLRoot(text string) string {
	text = strings.TrimSpace(text)
	for strings.HasPrefix(text, "<?") || strings.HasPrefix(text, "<!") {
		end := ">"
		if strings.HasPrefix(text, "<!--") {
			end = "-->"
		}
		text = strings.TrimSpace(after(text, end))
	}
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	text = text[1:min(len(text), 200)]
	if i := strings.IndexAny(text, " \t\r\n/>"); i >= 0 {
		text = text[:i]
	}
	if _, local, ok := strings.Cut(text, ":"); ok {
		return local
	}
	return text
}
