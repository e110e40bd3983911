package guide

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// files are the guide's sources: what the program carries is made of them.
var files = os.DirFS(".")

// Read reads a guide from a folder with pages/*.yaml, questions.yaml, services.tsv
// and names.yaml. Its errors name the page and the field.
func Read(fsys fs.FS) (*Guide, error) {
	g, _, err := read(fsys)
	return g, err
}

// read does so, and returns too what people call each service, by its place in the list.
func read(fsys fs.FS) (*Guide, map[int][]string, error) {
	g, called := &Guide{}, map[int][]string{}
	pages, err := fs.Glob(fsys, "pages/*.yaml") // sorted
	if err != nil {
		return nil, nil, err
	}
	steps := []func() error{
		func() error { return g.readQuestions(fsys) },
		func() error { return g.readServices(fsys) },
		func() error { return g.readNames(fsys, called) },
	}
	for _, name := range pages {
		steps = append(steps, func() error { return g.readPage(fsys, name) })
	}
	for _, step := range append(steps, g.checkLinks) {
		if err := step(); err != nil {
			return nil, nil, err
		}
	}
	g.names = indexNames(g, called)
	return g, called, nil
}

func (g *Guide) readQuestions(fsys fs.FS) error {
	const name = "questions.yaml"
	if err := decode(fsys, name, &g.Questions); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, q := range g.Questions {
		c := checker{page: name}
		c.id("id", q.ID)
		c.text(q.ID+": ask", q.Ask)
		c.text(q.ID+": why", q.Why)
		if _, twice := seen[q.ID]; twice {
			c.fail(q.ID, "stands twice")
		}
		if c.err != nil {
			return c.err
		}
		seen[q.ID] = true
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

// readServices reads services.tsv: a line of headings, then name, domain, other
// domains (separated by commas), documentation and recovery.
func (g *Guide) readServices(fsys fs.FS) error {
	const name = "services.tsv"
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("failed to read %s: %w", name, err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for i, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 5 || f[0] == "" || f[1] == "" {
			return fmt.Errorf("invalid line %d of %s", i+2, name)
		}
		s := Service{Name: f[0], Domain: f[1], Documentation: f[3], Recovery: f[4]}
		if f[2] != "" {
			s.Others = strings.FieldsFunc(f[2], func(r rune) bool { return r == ',' || r == ' ' })
		}
		g.Services = append(g.Services, s)
	}
	return nil
}

// readNames reads names.yaml: what is likely for each kind of service, and services
// by the names that people use. Those that the 2FA Directory lists too are one with
// it. Called holds what people call each.
func (g *Guide) readNames(fsys fs.FS, called map[int][]string) error {
	const name = "names.yaml"
	var list struct {
		Kinds    map[string]Text
		Services []struct {
			Name, Ja, Domain, Kind string
			Names                  []string
		}
	}
	if err := decode(fsys, name, &list); err != nil {
		return err
	}
	c := checker{page: name}
	for id, kind := range list.Kinds {
		c.text("kind "+id, kind)
	}
	at := map[string]int{}
	for i, s := range g.Services {
		for _, domain := range append([]string{s.Domain}, s.Others...) {
			at[domain] = i
		}
	}
	for _, s := range list.Services {
		kind, known := list.Kinds[s.Kind]
		if !known || s.Name == "" || s.Domain == "" || len(s.Names) == 0 {
			c.fail("service "+s.Domain, "has no name, no domain, or an unknown kind")
		}
		i, listed := at[s.Domain]
		if !listed {
			i = len(g.Services)
			g.Services = append(g.Services, Service{Name: s.Name, Domain: s.Domain})
		}
		of := &g.Services[i]
		of.Ja, of.Kind, called[i] = s.Ja, &kind, append(s.Names, s.Name)
		if s.Ja != "" {
			called[i] = append(called[i], s.Ja)
		}
	}
	return c.err
}

// readCall reads call.yaml.
func readCall(fsys fs.FS) (*Call, error) {
	c := &Call{}
	return c, decode(fsys, "call.yaml", c)
}
