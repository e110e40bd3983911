package guide

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed pages/*.yaml questions.yaml services.tsv names.yaml
var files embed.FS

// Guide is a set of pages, the questions that lead through them, and services
// without a page: those of the 2FA Directory and those that people name. It is not changed once read, and any number of goroutines
// may use it.
type Guide struct {
	Pages     []*Page    // by id
	Questions []Question // as they stand in questions.yaml
	Services  []Service  // those of the 2FA Directory by name, then the others

	pages     map[string]*Page
	questions map[string]Question
	names     func() *nameIndex // made when the first name is looked up
}

// Open returns the guide that is built into the program. It is read at the first
// call and once; an error means that the program was built wrongly.
var Open = sync.OnceValues(func() (*Guide, error) { return Read(files) })

// Read reads a guide from a folder with pages/*.yaml, questions.yaml, services.tsv
// and names.yaml. Its errors name the page and the field.
func Read(fsys fs.FS) (*Guide, error) {
	g := &Guide{pages: map[string]*Page{}, questions: map[string]Question{}}
	g.names = sync.OnceValue(func() *nameIndex { return indexNames(g) })
	if err := g.readQuestions(fsys); err != nil {
		return nil, err
	}
	for _, read := range []func(fs.FS) error{g.readServices, g.readNames} {
		if err := read(fsys); err != nil {
			return nil, err
		}
	}
	names, err := fs.Glob(fsys, "pages/*.yaml") // sorted
	if err != nil {
		return nil, fmt.Errorf("failed to list pages: %w", err)
	}
	for _, name := range names {
		if err := g.readPage(fsys, name); err != nil {
			return nil, err
		}
	}
	return g, g.checkLinks()
}

// Page returns the page with an id.
func (g *Guide) Page(id string) (*Page, bool) {
	p, ok := g.pages[id]
	return p, ok
}

// Question returns the question with an id.
func (g *Guide) Question(id string) (Question, bool) {
	q, ok := g.questions[id]
	return q, ok
}

func (g *Guide) readQuestions(fsys fs.FS) error {
	const name = "questions.yaml"
	if err := decode(fsys, name, &g.Questions); err != nil {
		return err
	}
	for _, q := range g.Questions {
		c := checker{page: name}
		c.id("id", q.ID)
		c.text(q.ID+": ask", q.Ask)
		c.text(q.ID+": why", q.Why)
		if _, twice := g.questions[q.ID]; twice {
			c.fail(q.ID, "stands twice")
		}
		if c.err != nil {
			return c.err
		}
		g.questions[q.ID] = q
	}
	return nil
}

func (g *Guide) readPage(fsys fs.FS, name string) error {
	p := &Page{}
	if err := decode(fsys, name, p); err != nil {
		return err
	}
	inherit(p)
	id := strings.TrimSuffix(path.Base(name), ".yaml")
	if err := g.checkPage(p, id); err != nil {
		return err
	}
	g.Pages = append(g.Pages, p)
	g.pages[p.ID] = p
	return nil
}

// decode reads one YAML file strictly: a field that is not known is an error.
func decode(fsys fs.FS, name string, into any) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("failed to read %s: %w", name, err)
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("failed to read %s: %w", name, err)
	}
	return nil
}

// inherit gives every step the mark and the sources that it is shown with.
func inherit(p *Page) {
	for i := range p.Paths {
		path := &p.Paths[i]
		for j := range path.Steps {
			s := &path.Steps[j]
			if s.Mark == "" {
				s.Mark = path.Mark
			}
			if s.Source == nil && s.Mark != Own {
				s.Source = path.Source
			}
		}
	}
}
