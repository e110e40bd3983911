package sheet

import (
	"bytes"
	_ "embed"
	"io"
	"strings"

	"seedvault/qr"
)

//go:embed page.css
var style markup

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
	_, err = io.WriteString(w, string(p.html(markup(drawing.String())))) // drawn by us, of bars alone
	return err
}

// html returns the whole page.
func (p page) html(drawing markup) markup {
	return p.head() + p.top() + p.given(drawing) + p.known() + p.quorum() + p.steps()
}

// head returns what no page shows, and where its body begins.
func (p page) head() markup {
	class := when(len(p.Members) > 0, ` class="share"`)
	return of(`<!doctype html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>seedvault · %s · %s</title>
<style>
`, p.Lang, p.Title.joined(" / "), p.Name) + style + of(`</style>
</head>
<body%s>
`, class)
}

// top says what the sheet is, and whose.
func (p page) top() markup {
	seal := each(p.SealTitle, func(i int, s sentence) markup { return when(i > 0, " · ") + s.html("span") })
	return of(`<header>
<h1>%s</h1>
<p><b>%s</b> &nbsp;·&nbsp; seedvault &nbsp;·&nbsp; <time>%s</time>%s</p>
</header>
<div class="what">%s</div>
`, p.Title.title(), p.Name, p.Date, when(p.Seal != "", of(` &nbsp;·&nbsp; <small>%s</small> %s`, seal, p.Seal)), p.What.said())
}

// given returns the secret, as it is scanned and as it is typed.
func (p page) given(drawing markup) markup {
	lines := each(p.Lines, func(_ int, l secretLine) markup {
		return of(`<tr><td class="number"></td><td class="groups">%s%s</td><td class="check">%s</td></tr>
`, when(l.Prefix != "", of(`<span class="prefix">%s</span>`, l.Prefix)), l.Groups, l.Check)
	})
	typed := each(p.Type, func(i int, s sentence) markup { return of(`<p lang="%s">%s %s</p>`, s.Lang, p.Code[i].Text, s.Text) })
	return of(`<div class="secret">
%s<table class="mono">
%s</table>
</div>
<div class="both">%s</div>
`, drawing, lines, typed)
}

// known is by which the vault is known and where it lies, in two columns.
func (p page) known() markup {
	return of(`<div class="columns">
<section>
%s<h2>%s</h2>
<p class="mono wrap">%s</p>
%s</section>
<section>
<h2>%s</h2>
<ul class="places">
%s%s<li></li>
<li></li>
</ul>
%s</section>
</div>
`, digits(p.FingerprintTitle, p.Fingerprint), p.RecipientTitle.title(), p.Recipient, p.services(),
		p.PlacesTitle.title(), each(p.Places, func(_ int, place Place) markup { return item(of("%s", place.String())) }),
		when(len(p.NoCopy) > 0, item(p.NoCopy.said())), when(p.PageDigits != "", digits(p.PageTitle, p.PageDigits)))
}

// digits returns a number to compare, with its title.
func digits(title said, number string) markup {
	return of(`<h2>%s</h2>
<p class="mono digits">%s</p>
`, title.title(), number)
}

// services returns the accounts that the sheet names.
func (p page) services() markup {
	return when(len(p.Services) > 0, of(`<h2>%s</h2>
<ul class="names services">
%s</ul>
`, p.ServicesTitle.title(), names(p.Services)))
}

// quorum returns what the sheet of a share says of the others.
func (p page) quorum() markup {
	steps := each(p.CalledSteps, func(_ int, s said) markup { return item(s.said()) })
	return when(len(p.Members) > 0, of(`<h2>%s</h2>
<ul class="names">
%s</ul>
<section>
<h2>%s</h2>
<ol class="steps">
%s</ol>
</section>
`, p.MembersTitle.title(), names(p.Members), p.Called.title(), steps))
}

// steps returns how the vault is opened, and what is written by hand.
func (p page) steps() markup {
	shells := each(p.Shells, func(_ int, s shell) markup {
		return of(`<section>
<h2>%s</h2>
<ol class="lines mono">
%s</ol>
</section>
`, s.Title.title(), each(s.Lines, typedLine))
	})
	return gap(p.Browser) + of(`<section class="gap">
%s
<ol class="lines mono short">
%s</ol>
</section>
`, p.Open.said(), each(p.OpenLines, typedLine)) + gap(p.ByHand) + shells + gap(p.Then) + of(`<footer>
%s</footer>
</body>
</html>
`, each(p.Blanks, func(_ int, s said) markup { return of("<div>%s</div>\n", s.title()) }))
}

// gap sets a paragraph apart, if there is one.
func gap(s said) markup { return when(len(s) > 0, of("<div class=\"gap\">%s</div>\n", s.said())) }

// typedLine returns a line to type, broken at spaces alone: not at the hyphen of a flag.
func typedLine(_ int, line string) markup {
	return item(each(strings.Split(line, " "), func(i int, word string) markup {
		return when(i > 0, " ") + of("<span>%s</span>", word)
	}))
}
