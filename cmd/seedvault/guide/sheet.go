package guide

import (
	"fmt"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// sheet collects lines of text of a width, in one language.
type sheet struct {
	strings.Builder
	language words.Language
	width    int
}

// say fills one of the guide's own words with values.
func (s *sheet) say(word Text, values ...any) string {
	return fmt.Sprintf(word.In(s.language), values...)
}

// block writes a paragraph: its first line behind one prefix, the rest behind
// spaces of the same width.
func (s *sheet) block(prefix, text string) {
	indent := strings.Repeat(" ", console.Width(prefix))
	for _, line := range console.Wrap(console.Safe(text, 0), s.width-len(indent)) {
		s.WriteString(prefix + line + "\n")
		prefix = indent
	}
}

// verbatim writes lines as they are: addresses and commands, which are never
// broken.
func (s *sheet) verbatim(indent, lines string) {
	for _, line := range strings.Split(strings.TrimSuffix(lines, "\n"), "\n") {
		s.WriteString(indent + console.Safe(line, 0) + "\n")
	}
}

// gap leaves one empty line, never two and none at the top.
func (s *sheet) gap() {
	if text := s.String(); text != "" && !strings.HasSuffix(text, "\n\n") {
		s.WriteString("\n")
	}
}

// heading writes a line of its own with a rule under it.
func (s *sheet) heading(text string, rule string) {
	s.gap()
	start := s.Len()
	s.block("", text)
	longest := 0
	for _, line := range strings.Split(s.String()[start:], "\n") {
		longest = max(longest, console.Width(line))
	}
	s.WriteString(strings.Repeat(rule, longest) + "\n")
}

// reference says in brackets what a fact rests on. An official one goes without
// the word: it is what a reader expects.
func (s *sheet) reference(m Mark, source []string) string {
	if m == Official {
		return "[" + strings.Join(source, ", ") + "]"
	}
	return "[" + s.origin(m, source) + "]"
}

// origin says in words what a fact rests on.
func (s *sheet) origin(m Mark, source []string) string {
	word := markWords.Get()[m].In(s.language)
	if len(source) == 0 {
		return word
	}
	return word + ": " + strings.Join(source, ", ")
}

func (s *sheet) fact(f Fact) string {
	return f.In(s.language) + " " + s.reference(f.Mark, f.Source)
}

// facts writes a heading and a list, or nothing.
func (s *sheet) facts(word Text, list []Fact) {
	if len(list) == 0 {
		return
	}
	s.heading(s.say(word), "-")
	for _, f := range list {
		s.block("- ", s.fact(f))
	}
}
