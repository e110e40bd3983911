//go:build !windows

package main

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/words"
)

var (
	damages     = flag.Int("damages", 40, "damage a vault and its copies in so many random ways")
	firstDamage = flag.Uint64("first-damage", 1, "the seed of the first one")
)

// claims are what a command may say of a vault and its copies, and what makes it true.
var claims = []struct {
	name string
	made func(spoken) bool
	so   func(*damageRig, seen) (bool, []string)
}{
	{"nothing is damaged or missing", func(s spoken) bool { return s.said(words.CheckGood) },
		func(_ *damageRig, v seen) (bool, []string) { l := v.lacks(); return len(l) == 0, l }},
	{"not red", func(s spoken) bool {
		return s.args[0] == "check" && s.status == 0 && strings.Contains(s.out, `"findings": []`)
	},
		func(_ *damageRig, v seen) (bool, []string) { l := v.lacks(); return len(l) == 0, l }},
	{"survives the loss of the phone", func(s spoken) bool {
		return s.said(words.VerdictAll) || s.said(words.VerdictNotPC) || s.said(words.VerdictNotBoth) || strings.Contains(s.out, `"phone": true`)
	}, func(r *damageRig, v seen) (bool, []string) {
		return v.restores("pc", "words", "friend") || r.copyRestores(), v.lacks()
	}},
	{"survives the loss of the PC", func(s spoken) bool {
		return s.said(words.VerdictAll) || s.said(words.VerdictNotPhone) || s.said(words.VerdictNotBoth) || strings.Contains(s.out, `"pc": true`) || strings.Contains(s.out, `"both": true`)
	}, func(r *damageRig, v seen) (bool, []string) { return r.copyRestores(), v.lacks() }},
	{"survived", func(s spoken) bool { return s.said(words.LossSurvived) },
		func(r *damageRig, v seen) (bool, []string) {
			return v.restores("pc", "words", "friend") || r.copyRestores(), v.lacks()
		}},
}

// copyRestores reports whether a copy brings everything back without this PC.
func (r *damageRig) copyRestores() bool {
	return r.look(stickPlace).restores("words", "friend") || r.look(officePlace).restores("words", "friend")
}

// lost reports whether a command named a seed that is missing or damaged.
func (s spoken) lost() bool { return s.said(words.SeedLost) || s.said(words.SeedLostCopy) }

// damageSteps are what is typed after the damage.
var damageSteps = [][]string{
	{"check"}, {"check", "--json"}, {"check", "--explain"}, {"check", "--thorough"}, {"copy", "list"}, {"copy", "list", "--json"}, {"copy", "sync"}, {"copy", "sync", "stick"},
	{"add", "-"}, {"list"}, {"restore", "Alpha", "--uri"}, {"restore", "Beta", "--uri"}, {"drill", "pc"}, {"accept", "--all", "--yes"}, {"code", "Gamma"},
}

// TestDamageIsNeverGlossedOver: whatever happens to files of a vault and of its copies, no
// command says that the seeds survive a loss, that a copy is up to date, that something is
// saved or that nothing is damaged, where whoever did the damage knows better.
// go test ./cmd/seedvault -run Glossed -damages 10000 plays the long run.
func TestDamageIsNeverGlossedOver(t *testing.T) {
	rigs := []*damageRig{newDamageRig(t, 0), newDamageRig(t, 1)}
	said := map[string]int{}
	for n := range *damages {
		seed := *firstDamage + uint64(n)
		playDamage(t, rigs[seed%2], seed, said)
	}
	t.Logf("damages %d from %d on; said: %v", *damages, *firstDamage, said)
	for _, c := range claims {
		if *damages > 40 && said[c.name] == 0 {
			t.Errorf("in %d cases nothing said %q", *damages, c.name)
		}
	}
}

// TestOracleKnowsDamage is the control: a command that praised whatever lies there would be
// caught, and is believed where nothing is lost.
func TestOracleKnowsDamage(t *testing.T) {
	r := newDamageRig(t, 0)
	praise := spoken{args: []string{"check"}, heard: []words.Message{words.CheckGood, words.VerdictAll}, out: "copy stick: up to date\n"}
	harmless := []string{"duplicate", "plant", "add a slot", "unplug"}
	before := filesOf(t, filepath.Join(r.earlier[len(r.earlier)-1], vaultPlace))
	seeds := slices.DeleteFunc(slices.Sorted(maps.Keys(r.owed)), func(p string) bool { // one that no earlier state has
		_, had := before[p]
		return !strings.Contains(p, "/seeds/") || r.unaccepted(p) || had
	})
	for _, kind := range damageKinds {
		for _, place := range damagePlaces[:2] {
			r.reset()
			if err := kind.do(r, rand.New(rand.NewPCG(1, 1)), place, seeds[0]); err != nil {
				t.Fatal(err)
			}
			if found := len(r.lies(praise)) > 0; found == slices.Contains(harmless, kind.name) {
				t.Errorf("%s in the %s: caught %t", kind.name, place, found)
			}
		}
	}
}

// playDamage plays one case.
func playDamage(t *testing.T, r *damageRig, seed uint64, said map[string]int) {
	rnd := rand.New(rand.NewPCG(seed, 15))
	started := r.now
	defer func() { r.now = started }()
	r.reset()
	done := r.damage(rnd)
	if rnd.IntN(4) == 0 {
		r.hideKey()
		done = append(done, "no key")
	}
	var steps []string
	for range 1 + rnd.IntN(3) {
		step := damageSteps[rnd.IntN(len(damageSteps))]
		r.now = r.now.Add(time.Minute)
		before := filesOf(t, r.at(vaultPlace))
		s := r.run("home", damageURI(fmt.Sprint("New", rnd.IntN(100)), 'F')+"\n", step...)
		r.notice(before)
		steps = append(steps, fmt.Sprintf("%s -> %d", strings.Join(step, " "), s.status))
		for _, c := range claims {
			if c.made(s) {
				said[c.name]++
			}
		}
		if lies := r.lies(s); len(lies) > 0 {
			t.Errorf("seed %d\n%s\n%s\nsays what is not so:\n%s\n--\n%s%s", seed, strings.Join(done, "\n"), strings.Join(steps, "\n"), strings.Join(lies, "\n"), s.out, s.errs)
			return
		}
	}
}
