package exchange

import (
	"html"
	"strings"
)

// isStratumPage knows the page by its rows: a URI in code tags, as no other export
// has it.
func isStratumPage(in *input) bool {
	return in.root == "html" && (strings.Contains(in.text, "<code>otpauth://") || strings.Contains(in.text, "<code>motp://"))
}

func readStratumPage(r *reading, in *input) error {
	r.form = "html"
	return htmlRows(in.text, r, func(n int, cells []string) error {
		at := Place{Kind: AtEntry, N: n}
		uri := ""
		for _, c := range cells {
			if code, _, ok := cutTagged(c, "code"); ok {
				uri = strings.TrimSpace(code)
			}
		}
		if uri == "" {
			return r.refuseAt(at, "", refuse(Damaged))
		}
		// Stratum writes the URI unescaped; whoever saved the page anew has escaped it.
		if strings.Contains(uri, "&amp;") {
			uri = html.UnescapeString(uri)
		}
		return r.add(at, codeDraft(uri, "", ""))
	})
}
