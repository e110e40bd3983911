package guide

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Service is one without a page of its own here: one that takes TOTP codes, from
// the 2FA Directory, with an address where its own help stands, or one that people
// name. Kind says what is likely for it, where that is known.
type Service struct {
	Name          string   `json:"name"`
	Ja            string   `json:"ja,omitempty"` // where its name is another in Japanese
	Domain        string   `json:"domain"`
	Others        []string `json:"others,omitempty"` // more domains
	Documentation string   `json:"documentation,omitempty"`
	Recovery      string   `json:"recovery,omitempty"` // what to do after a loss, where listed
	Kind          *Text    `json:"kind,omitempty"`

	names []string // what else people call it
}

// Title is what a service is called.
func (s *Service) Title() Text {
	if s.Ja == "" {
		return Text{s.Name, s.Name}
	}
	return Text{s.Name, s.Ja}
}

// DirectoryAsOf is the date of the 2FA Directory that the services were taken from.
const DirectoryAsOf = "2026-08-04"

// Attribution names the source of the services, for the end of a list of them.
var Attribution = Text{
	En: "Services and their addresses: 2FA Directory, 2factorauth and Contributors, MIT license, " + DirectoryAsOf + ".",
	Ja: "サービス名とアドレスの出典: 2FA Directory（2factorauth and Contributors、MIT ライセンス、" + DirectoryAsOf + "）。",
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
		s.Others = strings.FieldsFunc(f[2], func(r rune) bool { return r == ',' || r == ' ' })
		g.Services = append(g.Services, s)
	}
	return nil
}

// readNames reads names.yaml: what is likely for each kind of service, and services
// by the names that people use. Those that the 2FA Directory lists too are one with
// it.
func (g *Guide) readNames(fsys fs.FS) error {
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
		of.Ja, of.Kind, of.names = s.Ja, &kind, append(s.Names, s.Name)
		if s.Ja != "" {
			of.names = append(of.names, s.Ja)
		}
	}
	return c.err
}

// Service returns the service with a domain, exactly as it is listed.
func (g *Guide) Service(domain string) (*Service, bool) {
	i := slices.IndexFunc(g.Services, func(s Service) bool { return s.Domain == domain })
	if i < 0 {
		return nil, false
	}
	return &g.Services[i], true
}
