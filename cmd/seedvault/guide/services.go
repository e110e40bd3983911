package guide

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Service is one that takes TOTP codes, from the 2FA Directory: it has no page of
// its own here, but an address where its own help stands.
type Service struct {
	Name          string   `json:"name"`
	Domain        string   `json:"domain"`
	Others        []string `json:"others,omitempty"` // more domains
	Documentation string   `json:"documentation,omitempty"`
	Recovery      string   `json:"recovery,omitempty"` // what to do after a loss, where listed
}

// DirectoryAsOf is the date of the 2FA Directory that the services were taken from.
const DirectoryAsOf = "2026-08-04"

// Attribution names the source of the services, for the end of a list of them.
var Attribution = Text{
	En: "Services and their addresses: 2FA Directory, 2factorauth and Contributors, MIT license, " + DirectoryAsOf + ".",
	Ja: "サービス名とアドレスの出典: 2FA Directory (2factorauth and Contributors、MIT ライセンス、" + DirectoryAsOf + ")。",
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

// Service returns the service with a domain, exactly as it is listed.
func (g *Guide) Service(domain string) (*Service, bool) {
	i := slices.IndexFunc(g.Services, func(s Service) bool { return s.Domain == domain })
	if i < 0 {
		return nil, false
	}
	return &g.Services[i], true
}
