package sheet

import (
	"fmt"
	"html"
	"strings"
)

// markup is HTML. A text becomes HTML through [of] alone, which escapes it, so that what
// people call their places does nothing on the page.
type markup string

// of fills %s in a form with texts, escaped, and with markup, as it is. All of it is
// meant for elements and for attributes in quotes, not for scripts, styles or addresses.
func of(form markup, parts ...any) markup {
	for i, part := range parts {
		if _, done := part.(markup); !done {
			parts[i] = html.EscapeString(fmt.Sprint(part))
		}
	}
	return markup(fmt.Sprintf(string(form), parts...))
}

// when returns a piece that stands on the page if something is so.
func when(so bool, m markup) markup {
	if so {
		return m
	}
	return ""
}

// each returns one piece behind the other.
func each[T any](list []T, piece func(i int, of T) markup) markup {
	var all strings.Builder
	for i, one := range list {
		all.WriteString(string(piece(i, one)))
	}
	return markup(all.String())
}

func item(m markup) markup { return "<li>" + m + "</li>\n" }

func names(list []string) markup {
	return each(list, func(_ int, name string) markup { return item(of("%s", name)) })
}

// html returns a sentence as an element that says which language it is of.
func (s sentence) html(element markup) markup {
	return of("<%s lang=\"%s\">%s</%s>", element, s.Lang, s.Text, element)
}

// title returns a text for a heading, in every language.
func (s said) title() markup {
	return each(s, func(_ int, one sentence) markup { return one.html("span") })
}

// said returns a text in paragraphs, in every language.
func (s said) said() markup {
	return `<div class="both">` + each(s, func(_ int, one sentence) markup { return one.html("p") }) + "</div>"
}

// joined returns a text without elements, in every language.
func (s said) joined(between string) string {
	var all []string
	for _, one := range s {
		all = append(all, one.Text)
	}
	return strings.Join(all, between)
}
