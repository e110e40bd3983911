package guide

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// HTML writes a page as one file in both languages, the view's first, good on
// paper: every step has a box to tick, addresses stand in full, and nothing is
// fetched and no program runs when it is opened.
func (v View) HTML(w io.Writer, p *Page) error {
	first, second := words.English, words.Japanese
	if v.Language == second {
		first, second = second, first
	}
	h := &markup{}
	h.printf(htmlHead, tag(first), esc(v.title(p, first)), style)
	for _, l := range []words.Language{first, second} {
		one := v
		one.Language = l
		one.article(h, p)
	}
	h.printf("</body>\n</html>\n")
	_, err := io.WriteString(w, h.String())
	return err
}

// htmlHead begins a file: its language, title and style.
const htmlHead = `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>%s</style>
</head>
<body>
`

// style prints black on white, each language from a new sheet, no step torn apart.
const style = `
body{font-family:sans-serif;line-height:1.5;line-break:strict;max-width:46em;margin:1em auto;padding:0 1em;color:#000;background:#fff}
h1{border-bottom:3px double}h2{border-bottom:1px solid;margin-top:1.5em}
ol,ul{padding-left:0;list-style:none}li{margin:.5em 0;padding-left:1.8em;break-inside:avoid}
input{appearance:none;-webkit-appearance:none;width:1em;height:1em;border:1.5px solid #000;margin:0 .8em 0 -1.8em;vertical-align:-.15em}
input:checked{background:#000}
pre,.url{font-family:monospace;overflow-wrap:anywhere;white-space:pre-wrap}pre{border:1px solid;padding:.5em}
.strong{border:2px solid;padding:.3em .6em}.ref{color:#444;font-size:85%}
h2,h3{break-after:avoid}
@media print{body{max-width:none;margin:0;font-size:10pt}article+article{break-before:page}.ref{color:#000}}
`

// markup collects HTML; whatever comes from a page or a caller goes through esc.
type markup struct{ strings.Builder }

func (h *markup) printf(format string, values ...any) { fmt.Fprintf(&h.Builder, format, values...) }

func esc(s string) string { return html.EscapeString(console.Safe(s, 0)) }

// tag returns a language's code in HTML.
func tag(l words.Language) string {
	if l == words.Japanese {
		return "ja"
	}
	return "en"
}

func (v View) title(p *Page, l words.Language) string {
	if v.Service != nil {
		return v.Service.Title().In(l)
	}
	return p.Name.In(l)
}

// article writes a page in the view's language.
func (v View) article(h *markup, p *Page) {
	s := v.sheet() // for its words
	h.printf("<article lang=\"%s\">\n<h1>%s</h1>\n", tag(v.Language), esc(v.title(p, v.Language)))
	if !v.Now.IsZero() && p.Old(v.Now) {
		h.printf("<p class=\"strong\">%s</p>\n", esc(s.say(wordOld, p.AsOf)))
	}
	if p.Kind == Story {
		h.printf("<p class=\"strong\">%s</p>\n", esc(s.say(wordStory)))
	}
	h.printf("<p class=\"ref\">%s</p>\n", esc(s.say(wordAsOf, p.AsOf)))
	if v.Service != nil {
		h.service(s, v.Service)
	}
	h.printf("<p>%s</p>\n", esc(p.Summary.In(v.Language)))
	h.line(s, wordWait, p.Wait)
	h.line(s, wordCost, p.Cost)
	h.facts(s, wordHave, p.Have, true)
	if p.Limit != nil {
		h.printf("<h2>%s</h2>\n<p class=\"strong\">%s</p>\n", esc(s.say(wordLimit)), h.fact(s, *p.Limit))
	}
	h.facts(s, wordWarnings, p.Warnings, false)
	if p.Ask != nil {
		h.ask(s, p.Ask)
	}
	if len(p.Paths) > 0 {
		h.printf("<h2>%s</h2>\n", esc(s.say(p.waysWord())))
	}
	for i := range p.Paths {
		h.path(s, p, &p.Paths[i])
	}
	h.facts(s, wordNotes, p.Notes, false)
	h.prepare(s, p.Prepare)
	h.sources(s, p.Sources)
	h.printf("</article>\n")
}

const box = `<input type="checkbox">`

// fact returns a fact with what it rests on, as HTML.
func (h *markup) fact(s *sheet, f Fact) string {
	return esc(f.In(s.language)) + ` <span class="ref">` + esc(s.reference(f.Mark, f.Source)) + `</span>`
}

func (h *markup) line(s *sheet, word Text, f *Fact) {
	if f != nil {
		h.printf("<p><b>%s</b>: %s</p>\n", esc(s.say(word)), h.fact(s, *f))
	}
}

func (h *markup) facts(s *sheet, word Text, list []Fact, tick bool) {
	if len(list) == 0 {
		return
	}
	h.printf("<h2>%s</h2>\n<ul>\n", esc(s.say(word)))
	for _, f := range list {
		if tick {
			h.printf("<li>%s%s</li>\n", box, h.fact(s, f))
		} else {
			h.printf("<li>%s</li>\n", h.fact(s, f))
		}
	}
	h.printf("</ul>\n")
}

func (h *markup) service(s *sheet, service *Service) {
	h.printf("<p>%s</p>\n", esc(s.say(wordService, service.Title().In(s.language))))
	if service.Kind != nil {
		h.printf("<p>%s</p>\n", h.fact(s, Fact{Text: *service.Kind, Mark: Own}))
	}
	if service.Recovery == "" && service.Documentation == "" {
		h.printf("<p>%s</p>\n", esc(s.say(wordUnlisted, service.Domain)))
		return
	}
	h.printf("<p>%s</p>\n<ul>\n", esc(s.say(wordListed)))
	if service.Recovery != "" {
		h.printf("<li>%s: %s</li>\n", esc(s.say(wordRecovery)), address(service.Recovery))
	}
	if service.Documentation != "" {
		h.printf("<li>%s: %s</li>\n", esc(s.say(wordDocs)), address(service.Documentation))
	}
	h.printf("</ul>\n")
}

func address(url string) string { return `<span class="url">` + esc(url) + `</span>` }

func (h *markup) ask(s *sheet, a *Ask) {
	h.printf("<h2>%s</h2>\n<p>%s</p>\n<ul>\n", esc(a.Question.In(s.language)), esc(s.say(wordAsk, a.Why.In(s.language))))
	for _, answer := range a.Answers {
		h.printf("<li>%s%s<br><span class=\"url\">seedvault guide %s</span></li>\n", box, esc(answer.In(s.language)), esc(answer.Page))
	}
	h.printf("</ul>\n")
}

func (h *markup) path(s *sheet, p *Page, path *Path) {
	h.printf("<h3>%s. %s</h3>\n", p.label(path), esc(path.Title.In(s.language)))
	if who, ok := whoWords.Get()[path.Who]; ok {
		h.printf("<p>%s</p>\n", esc(s.say(who)))
	}
	if path.Mark != "" {
		h.printf("<p class=\"ref\">%s</p>\n", esc(s.say(wordFrom, s.origin(path.Mark, path.Source))))
	}
	h.printf("<ol>\n")
	for i := range path.Steps {
		step := &path.Steps[i]
		h.printf("<li>%s%d. %s", box, i+1, esc(step.Do.In(s.language)))
		if step.Mark != path.Mark || !slices.Equal(step.Source, path.Source) {
			h.printf(` <span class="ref">%s</span>`, esc(s.reference(step.Mark, step.Source)))
		}
		h.details(s, step)
		h.printf("</li>\n")
	}
	h.printf("</ol>\n")
	if !path.Failed.IsZero() {
		h.printf("<p>%s</p>\n", esc(s.say(wordFailed, path.Failed.In(s.language))))
	}
	for _, id := range path.Stories {
		h.printf("<p>%s</p>\n", esc(s.say(wordStories, id)))
	}
}

// details writes what belongs to a step beside what to do.
func (h *markup) details(s *sheet, step *Step) {
	if step.URL != "" {
		h.printf("<br>%s", address(step.URL))
	}
	if step.Run != "" {
		var lines []string
		for line := range strings.Lines(step.Run) {
			lines = append(lines, esc(strings.TrimSuffix(line, "\n")))
		}
		h.printf("<pre>%s</pre>", strings.Join(lines, "\n"))
	}
	if !step.See.IsZero() {
		h.printf("<br>%s", esc(s.say(wordSee, step.See.In(s.language))))
	}
	if !step.Stuck.IsZero() {
		h.printf("<br>%s", esc(s.say(wordStuck, step.Stuck.In(s.language))))
	}
}

func (h *markup) prepare(s *sheet, list []Preparation) {
	if len(list) == 0 {
		return
	}
	h.printf("<h2>%s</h2>\n<ul>\n", esc(s.say(wordPrepare)))
	for _, p := range list {
		h.printf("<li>%s%s: %s</li>\n", box, esc(p.Word), h.fact(s, p.Fact))
	}
	h.printf("</ul>\n")
}

func (h *markup) sources(s *sheet, list []Source) {
	if len(list) == 0 {
		return
	}
	h.printf("<h2>%s</h2>\n<ul>\n", esc(s.say(wordSources)))
	for _, source := range list {
		h.printf("<li>[%s] %s; %s<br>%s</li>\n", esc(source.ID), esc(s.say(markWords.Get()[source.Mark])), esc(source.About.In(s.language)), address(source.URL))
	}
	h.printf("</ul>\n")
}
