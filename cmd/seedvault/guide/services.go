package guide

import "slices"

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
}

// Title returns what a service is called.
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

// Service returns the service with a domain, exactly as it is listed.
func (g *Guide) Service(domain string) (*Service, bool) {
	i := slices.IndexFunc(g.Services, func(s Service) bool { return s.Domain == domain })
	if i < 0 {
		return nil, false
	}
	return &g.Services[i], true
}
