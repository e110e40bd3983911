package copies

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"seedvault/escrow"
	"seedvault/escrow/internal/format"
	"seedvault/internal/lazy"
)

// rule says which files belong to a vault, and so may travel, by their paths. What
// lies in them is for [reconciler.examine] to say.
type rule struct {
	epochs map[string]bool // folders
	listed map[string]bool // what a seal lists under a name that the format does not have
}

// ruleOf asks a vault which files belong to it.
func ruleOf(v *escrow.Vault) rule {
	r := rule{map[string]bool{}, map[string]bool{}}
	for _, folder := range v.Carried() {
		r.epochs[folder] = true
	}
	for _, name := range v.Listed() {
		r.listed[name] = true
	}
	return r
}

// names reports whether a path in the folder of an epoch that travels is one that the
// format has, or reserves.
func (r rule) names(name string) bool {
	return escrow.PartOf(name) != escrow.PartNone || isReserved(name)
}

// leadsTo reports whether something that a seal lists lies in a folder.
func (r rule) leadsTo(dir string) bool {
	for name := range r.listed {
		if strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	return false
}

var otherFile = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}-([a-z2-7]{32})\.age$`)
}}

// isOtherSig reports whether a path is one of a signature of another kind beside one
// that the format has.
func isOtherSig(name string) bool {
	_, rel, _ := strings.Cut(name, "/")
	kind, _ := format.Classify(rel)
	return kind == format.KindOtherSig && escrow.PartOf(name) != escrow.PartNone
}

// isReserved reports whether the format keeps a name for later: it is carried and not
// understood.
func isReserved(name string) bool {
	return isOtherSig(name) || reservedHash(name) != ""
}

// reservedHash returns the HASH in the name of a file of a holder that only a record
// explains, "" for any other name.
func reservedHash(name string) string {
	if escrow.PartOf(name) != escrow.PartNone || !isFolder(path.Dir(name)) || path.Base(path.Dir(path.Dir(name))) != "holders" {
		return ""
	}
	if m := otherFile.Get().FindStringSubmatch(path.Base(name)); m != nil {
		return m[1]
	}
	return ""
}

// limitOf returns how large the file at a path may be.
func limitOf(name string) int64 {
	if isReserved(name) {
		return format.KindSlot.Limit()
	}
	_, rel, inFolder := strings.Cut(name, "/")
	if kind, _ := format.Classify(rel); inFolder && kind != format.KindUnknown {
		return kind.Limit()
	}
	return format.LimitOf(name)
}

const ageHeader = "age-encryption.org/v1\n"

// hasForm reports whether bytes have the form that files of their name have, as far as
// one sees without a key.
func hasForm(name string, data []byte) bool {
	switch {
	case path.Ext(name) == ".age":
		return bytes.HasPrefix(data, []byte(ageHeader))
	case path.Base(path.Dir(name)) == "older":
		_, err := format.ParseOlderList(data)
		return err == nil
	}
	return true
}
