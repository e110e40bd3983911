//go:build !windows

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// hashName is HASH of a file's content, as names have it.
func hashName(data []byte) string {
	sum := sha256.Sum256(data)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:32]
}

// seen is what lies in a place, held against what should.
type seen struct {
	r     *damageRig
	files map[string][]byte
	epoch string // the folder that is written to
}

func (r *damageRig) look(place string) seen {
	epochs := slices.DeleteFunc(slices.Sorted(maps.Keys(r.owed)), func(p string) bool { return path.Base(p) != "vault.txt" })
	newest := path.Dir(epochs[len(epochs)-1])
	return seen{r, filesOf(r.t, r.at(place)), newest}
}

func (s seen) whole(p string) bool {
	data, there := s.files[p]
	return there && bytes.Equal(data, s.r.owed[p])
}

// holds reports whether a content lies there under any name.
func (s seen) holds(content []byte) bool {
	for _, data := range s.files {
		if bytes.Equal(data, content) {
			return true
		}
	}
	return false
}

// renamed reports whether a seed or a record of the roster lies in its folder under another
// name, as programs that synchronize name what was there twice: it counts then (F2).
func (s seen) renamed(p string) bool {
	if folder := path.Base(path.Dir(p)); folder != "seeds" && folder != "roster" {
		return false
	}
	for other, data := range s.files {
		if path.Dir(other) == path.Dir(p) && path.Ext(other) == path.Ext(p) && bytes.Equal(data, s.r.owed[p]) {
			return true
		}
	}
	return false
}

// wholePair is that of a seal's text and signature together, which travel so.
func (s seen) wholePair(p string) bool {
	text := strings.TrimSuffix(p, ".sig")
	return s.whole(p) && (!isSeal(text) || s.whole(text) && s.whole(text+".sig"))
}

var (
	includesLine = pattern(`(?m)^# includes (\S+)$`)
	retiredLine  = pattern(`(?m)^# retired (\S+) `)
)

// contained returns the seals that a whole one here includes, by HASH.
func (s seen) contained() map[string]bool {
	by := map[string]bool{}
	for p, text := range s.r.owed {
		if isSeal(p) && s.whole(p) && s.whole(p+".sig") {
			for _, m := range includesLine().FindAllSubmatch(text, -1) {
				by[string(m[1])] = true
			}
		}
	}
	return by
}

func isSeal(p string) bool { return strings.Contains(p, "/seals/") && strings.HasSuffix(p, ".txt") }

// retired returns the files that seals say are removed.
func (r *damageRig) retired() map[string]bool {
	gone := map[string]bool{}
	for p, text := range r.owed {
		if isSeal(p) {
			for _, m := range retiredLine().FindAllSubmatch(text, -1) {
				gone[string(m[1])] = true
			}
		}
	}
	return gone
}

// lacks names what is missing or damaged, of all that anybody can know to be owed. What
// may be missing: a file that is removed, a seal that others contain, what an older epoch
// has left, and what somebody else deposited and nobody has accepted.
func (s seen) lacks() (lacking []string) {
	contained, retired := s.contained(), s.r.retired()
	for _, p := range slices.Sorted(maps.Keys(s.r.owed)) {
		if s.whole(p) || s.renamed(p) || p == ".gitattributes" {
			continue
		}
		_, there := s.files[p]
		seal := strings.TrimSuffix(p, ".sig")
		contains := isSeal(seal) && contained[seal[strings.LastIndex(seal, "-")+1:len(seal)-len(".txt")]]
		spare := retired[p] || s.r.others[p] || contains || !strings.HasPrefix(p, s.epoch+"/") && strings.Contains(p, "/")
		if !spare || there && !contains && !strings.HasSuffix(p, ".sig") {
			lacking = append(lacking, p)
		}
	}
	return lacking
}

// needed returns those without which something is not restored: a way in counts apart.
func needed(lacking []string) []string {
	return slices.DeleteFunc(slices.Clone(lacking), func(p string) bool {
		return !strings.Contains(p, "/") || strings.Contains(p, "/holders/") || strings.Contains(p, "/roster/")
	})
}

// opens reports whether a holder's files are whole.
func (s seen) opens(holder string) bool {
	n := 0
	retired := s.r.retired()
	for p := range s.r.owed {
		if strings.HasPrefix(p, s.epoch+"/holders/"+holder+"/") && !retired[p] {
			if n++; !s.whole(p) {
				return false
			}
		}
	}
	return n > 0
}

// restores reports whether everything comes back from a place by one of the holders.
func (s seen) restores(holders ...string) bool {
	return len(needed(s.lacks())) == 0 && slices.ContainsFunc(holders, s.opens)
}

// notice adds to what is owed what a command has written into the vault.
func (r *damageRig) notice(before map[string][]byte) {
	for p, data := range filesOf(r.t, r.at(vaultPlace)) {
		_, had := before[p]
		if _, owed := r.owed[p]; !had && !owed && !r.planted[p] && !strings.Contains(path.Base(p), ".tmp-") {
			r.owed[p] = data
		}
	}
}

// lies names what a command said that is not so.
func (r *damageRig) lies(s spoken) (lies []string) {
	say := func(claim string, so bool, why ...string) {
		if !so {
			lies = append(lies, claim+" "+strings.Join(why, " "))
		}
	}
	vault := r.look(vaultPlace)
	for _, c := range claims {
		if c.made(s) {
			so, why := c.so(r, vault)
			say(c.name, so, why...)
		}
	}
	for _, place := range damagePlaces[1:] {
		name, _, _ := strings.Cut(place, "/")
		if upToDate(s, name) {
			copied := r.look(place)
			for _, p := range copied.lacks() {
				say("up to date: "+name, !vault.wholePair(p), p)
			}
		}
	}
	r.lieOfSeeds(s, vault, say)
	return lies
}

// upToDate reports whether a copy was said to be.
func upToDate(s spoken, name string) bool {
	for line := range strings.Lines(s.out + s.errs) {
		before, _, _ := strings.Cut(line, "not reached:")
		for _, form := range []string{"^copy " + name + ": up to date", "^" + name + ` +\S+ +up to date`, "^" + name + ": up to date", "saved here and in [^;]*" + name} {
			if regexp.MustCompile(form).MatchString(before) {
				return true
			}
		}
	}
	return false
}

// lieOfSeeds holds what a command gave of seeds against what they are.
func (r *damageRig) lieOfSeeds(s spoken, vault seen, say func(string, bool, ...string)) {
	switch verb := s.args[0]; {
	case s.status != 0:
	case verb == "restore" && len(s.args) > 2:
		say("restored", strings.TrimSpace(s.out) == r.uris[s.args[1]], s.out)
	case verb == "list" && !s.lost():
		for _, p := range vault.lacks() {
			if strings.HasPrefix(p, vault.epoch+"/seeds/") && !r.retired()[p] {
				say("listed without a word", vault.holds(r.owed[p]), p) // under whatever name: it is listed then
			}
		}
	case verb == "drill":
		for _, p := range vault.lacks() {
			say("proven", !strings.HasPrefix(p, vault.epoch+"/seeds/") || r.unaccepted(p), p)
		}
	}
}

// unaccepted reports whether no seal lists a file.
func (r *damageRig) unaccepted(p string) bool {
	for seal, text := range r.owed {
		if isSeal(seal) && bytes.Contains(text, []byte("  "+p+"\n")) {
			return false
		}
	}
	return true
}
