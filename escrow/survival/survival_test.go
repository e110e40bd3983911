package survival

import (
	"flag"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

var testTime = time.Date(2026, 11, 14, 9, 12, 44, 0, time.UTC)

// randomSituation has holders, people, places and copies of every kind, and at most
// as many components as asked for.
func randomSituation(r *rand.Rand, most int) Situation {
	places := []string{"", "home", "office", "safe", roster.KeptThisPC, keptPhone, keptHead}
	people := []string{"alice", "bob", "carol", "dave"}
	for {
		in := Situation{Away: r.IntN(4) == 0}
		for i := range r.IntN(4) {
			in.Copies = append(in.Copies, CopyState{Copy: roster.Copy{Name: fmt.Sprint("copy", i), Kept: places[r.IntN(len(places)-2)]}, Whole: r.IntN(5) > 0, Guard: []string{"", "", "Cloud"}[r.IntN(3)]})
		}
		for i := range 1 + r.IntN(4) {
			h := roster.Holder{Name: fmt.Sprint("holder", i), Kind: roster.KindKey, Kept: places[r.IntN(len(places))]}
			if r.IntN(3) == 0 {
				h.Kind, h.Kept, h.Threshold = roster.KindQuorum, "", 1+r.IntN(3)
				for _, name := range people[:max(h.Threshold, 2+r.IntN(3))] {
					h.Members = append(h.Members, key.Member{Name: name, Recipient: "age1x"})
				}
			} else {
				for range r.IntN(3) {
					if who := people[r.IntN(len(people))]; !slices.Contains(h.Who, who) {
						h.Who = append(h.Who, who)
					}
				}
			}
			h.ID = h.Name
			if r.IntN(5) == 0 {
				in.Elsewhere = append(in.Elsewhere, h.ID)
			}
			in.Holders = append(in.Holders, h)
		}
		if len(in.Components()) <= most {
			return in
		}
	}
}

// restorable judges a loss straight from the holders and copies, as a person would.
func restorable(in Situation, lost []Component) bool {
	gone := func(kind Kind, name string) bool { return slices.Contains(lost, Component{kind, name}) }
	place := func(kept string) bool {
		switch kept {
		case roster.KeptThisPC:
			return gone(KindPC, "")
		case keptPhone:
			return gone(KindPhone, "")
		case "", keptHead:
			return false
		}
		return gone(KindPlace, kept)
	}
	files := !in.Away && !gone(KindPC, "")
	for _, c := range in.Copies {
		away := gone(KindCopy, c.Name) || place(c.Kept) || c.Kept == "" && gone(KindPC, "") || c.Guard != "" && gone(KindPhone, "")
		files = files || c.Whole && !away
	}
	for _, h := range in.Holders {
		if slices.Contains(in.Elsewhere, h.ID) || gone(KindHolder, h.Name) || place(h.Kept) || MaybeOnPC(h) && gone(KindPC, "") {
			continue
		}
		left := 0
		for _, name := range peopleOf(h) {
			if !gone(KindPerson, name) {
				left++
			}
		}
		nobody := h.Kind != roster.KindQuorum && len(h.Who) == 0
		if files && (nobody || left >= max(h.Threshold, 1)) {
			return true
		}
	}
	return false
}

var situations = flag.Int("situations", 300, "how many random situations are compared with trying every subset")

// TestCutSetsAgainstBruteForce tries every subset of the components of random vaults.
func TestCutSetsAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	sizes := map[int]int{}
	for range *situations {
		in := randomSituation(r, 12)
		components := in.Components()
		represent := survivalOf(in).representatives()
		smallest := len(components) + 1
		var want [][]Component
		for set := range uint64(1) << len(components) {
			var lost []Component
			represents := true
			for i, component := range components {
				if set>>i&1 == 1 {
					lost = append(lost, component)
					represents = represents && slices.Contains(represent, i)
				}
			}
			n := bits.OnesCount64(set)
			if in.Survives(lost...) != restorable(in, lost) {
				t.Fatalf("%+v without %v: survives %v", in, lost, in.Survives(lost...))
			}
			if n > smallest || restorable(in, lost) {
				continue
			}
			if n < smallest {
				smallest, want = n, nil
			}
			if represents {
				want = append(want, lost)
			}
		}
		slices.SortFunc(want, func(a, b []Component) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		got, ok := in.CutSets()
		if !ok {
			t.Fatalf("not searched: %d components", len(components))
		}
		if smallest == 0 {
			want = nil
		}
		if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\ngot  %v\nwant %v", in, got, want)
		}
		sizes[smallest]++
	}
	if len(sizes) < 4 {
		t.Errorf("the vaults were too much alike: %v", sizes)
	}
}

// TestPeopleAgainstBruteForce tries every set of people.
func TestPeopleAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	together := 0
	for range max(1000, *situations) { // which cost little
		in := randomSituation(r, 12)
		var people []string
		for _, h := range in.Holders {
			people = append(people, peopleOf(h)...)
		}
		slices.Sort(people)
		people = slices.Compact(people)
		opens := func(set uint64) bool {
			return slices.ContainsFunc(in.Holders, func(h roster.Holder) bool {
				have := 0
				for i, name := range people {
					if set>>i&1 == 1 && slices.Contains(peopleOf(h), name) {
						have++
					}
				}
				return have >= max(h.Threshold, 1)
			})
		}
		alone, groups := in.People()
		var wantAlone []string
		var able uint64
		for i, name := range people {
			if opens(1 << i) {
				wantAlone = append(wantAlone, name)
				able |= 1 << i
			}
		}
		if !slices.Equal(alone, wantAlone) {
			t.Fatalf("%+v: alone %v, want %v", in.Holders, alone, wantAlone)
		}
		fewest := 0
		for set := range uint64(1) << len(people) {
			if n := bits.OnesCount64(set); set&able == 0 && opens(set) && (fewest == 0 || n < fewest) {
				fewest = n
			}
		}
		for _, g := range groups {
			together++
			if g.Need != fewest {
				t.Fatalf("%+v: a group of %d, but %d are enough", in.Holders, g.Need, fewest)
			}
		}
		if fewest > 0 && len(groups) == 0 {
			t.Fatalf("%+v: no group, but %d are enough", in.Holders, fewest)
		}
	}
	if together < 100 {
		t.Error("too few groups were found:", together)
	}
}

func peopleOf(h roster.Holder) (names []string) {
	if h.Kind != roster.KindQuorum {
		if len(h.Who) == 0 {
			return []string{h.Name}
		}
		return h.Who
	}
	for _, m := range h.Members {
		names = append(names, m.Name)
	}
	return names
}

// TestLosingMoreNeverHelps: nor does another holder or copy ever harm.
func TestLosingMoreNeverHelps(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		in := randomSituation(r, 14)
		components := in.Components()
		var lost []Component
		survived := true
		for _, i := range r.Perm(len(components)) {
			lost = append(lost, components[i])
			now := in.Survives(lost...)
			if now && !survived {
				t.Fatalf("%+v: survives %v, but not less", in, lost)
			}
			survived = now
		}
		more := in
		more.Holders = append(slices.Clone(in.Holders), roster.Holder{Name: "another", Kind: roster.KindPaper, Kept: "far away"})
		more.Copies = append(slices.Clone(in.Copies), CopyState{Copy: roster.Copy{Name: "another", Kept: "far away"}, Whole: true})
		for _, component := range components {
			if in.Survives(component) && !more.Survives(component) {
				t.Fatalf("%+v: with more it does not survive %v", in, component)
			}
		}
	}
}

func TestVerdicts(t *testing.T) {
	words := roster.Holder{Name: "words", Kind: roster.KindPassphrase, Kept: keptHead}
	paper := roster.Holder{Name: "paper", Kind: roster.KindPaper, Kept: "home"}
	pc := roster.Holder{Name: "pc", Kind: roster.KindKey, Kept: roster.KeptThisPC}
	otherPC := roster.Holder{ID: "other", Name: "pc", Kind: roster.KindKey, Kept: roster.KeptThisPC}
	onPhone := roster.Holder{Name: "app", Kind: roster.KindKey, Kept: keptPhone}
	stick := CopyState{Copy: roster.Copy{Name: "stick", Kept: "home"}, Whole: true}
	behind := CopyState{Copy: roster.Copy{Name: "stick", Kept: "home"}, Synced: testTime}
	guarded := CopyState{Copy: roster.Copy{Name: "cloud", Kept: "cloud"}, Whole: true, Guard: "Cloud anna"}
	nowhere := CopyState{Copy: roster.Copy{Name: "nowhere"}, Whole: true}
	anybody := roster.Holder{Name: "anybody", Kind: roster.KindKey, Recipient: "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"}
	anna := roster.Holder{Name: "anna", Kind: roster.KindKey, Who: []string{"anna"}}
	here := CopyState{Copy: roster.Copy{Name: "second", Kept: roster.KeptThisPC}, Whole: true}
	for _, c := range []struct {
		what string
		in   Situation
		want Verdict
	}{
		{"nothing is known", Situation{Copies: []CopyState{stick}}, Verdict{}},
		{"one PC", Situation{Holders: []roster.Holder{words, paper}}, Verdict{Known: true, Phone: true, Remedy: RemedyCopy}},
		{"all is well", Situation{Holders: []roster.Holder{words, paper}, Copies: []CopyState{stick}}, Verdict{Known: true, Phone: true, PC: true, Both: true}},
		{"the copy is behind", Situation{Holders: []roster.Holder{words, paper}, Copies: []CopyState{behind}}, Verdict{Known: true, Phone: true, Remedy: RemedySync, About: "stick"}},
		{"the copy is on this PC", Situation{Holders: []roster.Holder{words, paper}, Copies: []CopyState{here}}, Verdict{Known: true, Phone: true, Remedy: RemedyCopy}},
		{"the copy's own seed is in the vault", Situation{Holders: []roster.Holder{words, paper}, Copies: []CopyState{guarded}}, Verdict{Known: true, Phone: true, PC: true, Remedy: RemedyCopy}},
		{"a key on this PC alone", Situation{Holders: []roster.Holder{pc}, Copies: []CopyState{stick}}, Verdict{Known: true, Phone: true, Single: []Component{{KindHolder, "pc"}}, Remedy: RemedyHolder}},
		{"a key of another PC beside it", Situation{Holders: []roster.Holder{otherPC, words}, Copies: []CopyState{stick}, Elsewhere: []string{otherPC.ID}}, Verdict{Known: true, Phone: true, PC: true, Both: true, Single: []Component{{KindHolder, "words"}}, Remedy: RemedyHolder}},
		{"the passphrase alone", Situation{Holders: []roster.Holder{words}, Copies: []CopyState{stick}}, Verdict{Known: true, Phone: true, PC: true, Both: true, Single: []Component{{KindHolder, "words"}}, Remedy: RemedyHolder}},
		{"a key that may be anywhere", Situation{Holders: []roster.Holder{anybody}, Copies: []CopyState{stick}}, Verdict{Known: true, Phone: true, Single: []Component{{KindHolder, "anybody"}}, Remedy: RemedyHolder}},
		{"a key in somebody's hands", Situation{Holders: []roster.Holder{anna, words}, Copies: []CopyState{stick}}, Verdict{Known: true, Phone: true, PC: true, Both: true}},
		{"a copy that may be anywhere", Situation{Holders: []roster.Holder{words, paper}, Copies: []CopyState{nowhere}}, Verdict{Known: true, Phone: true, Remedy: RemedyCopy}},
		{"keys on the phone and on this PC", Situation{Holders: []roster.Holder{onPhone, pc}, Copies: []CopyState{stick}}, Verdict{Known: true, Phone: true, PC: true, Remedy: RemedyHolder}},
	} {
		if c.want.Single == nil {
			c.want.Single = []Component{}
		}
		if got := c.in.Verdict(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.what, got, c.want)
		}
	}
}

// TestQuorumOfTooFew: nobody opens a vault with a quorum whose record names fewer members
// than it takes, or none.
func TestQuorumOfTooFew(t *testing.T) {
	for n := range 3 {
		var members []key.Member
		for i := range n {
			members = append(members, key.Member{Name: fmt.Sprint("member", i), Recipient: key.OnPaper})
		}
		in := Situation{Holders: []roster.Holder{{Name: "board", Kind: roster.KindQuorum, Threshold: 2, Members: members}}}
		if in.Survives() != (n >= 2) {
			t.Errorf("%d members: opens %t", n, in.Survives())
		}
	}
}

// TestOneNameIsOneComponent: a place and a person are the same however somebody typed them.
func TestOneNameIsOneComponent(t *testing.T) {
	in := Situation{
		Away: true,
		Holders: []roster.Holder{
			{Name: "safe", Kind: roster.KindPaper, Kept: "Office", Who: []string{"Alice"}},
			{Name: "desk", Kind: roster.KindPaper, Kept: "office ", Who: []string{"alice"}},
			{Name: "pc", Kind: roster.KindPaper, Kept: "This-PC", Who: []string{"ＡＬＩＣＥ"}},
		},
		Copies: []CopyState{{Copy: roster.Copy{Name: "cloud", Kept: "cloud"}, Whole: true}},
	}
	if in.Survives(Component{KindPlace, "OFFICE"}, Component{Kind: KindPC}) {
		t.Error("two spellings of a place are two places")
	}
	if in.Survives(Component{KindPerson, "alice"}) {
		t.Error("two spellings of a person are two people")
	}
	if alone, _ := in.People(); len(alone) != 1 {
		t.Errorf("can open it alone: %v", alone)
	}
}

func TestUnproven(t *testing.T) {
	proven := func(ago int) []roster.Proof {
		return []roster.Proof{{Time: testTime.AddDate(0, -ago, 0), Copy: roster.InVault, Seal: "-"}}
	}
	in := Situation{Holders: []roster.Holder{{Name: "never"}, {Name: "lately", Proven: proven(11)}, {Name: "long-ago", Proven: proven(13)}}}
	var got []string
	for _, h := range in.Unproven(testTime) {
		got = append(got, h.Name)
	}
	if !slices.Equal(got, []string{"never", "long-ago"}) {
		t.Error(got)
	}
}

// BenchmarkCutSets searches a vault of 30 components in which no few losses lock out.
func BenchmarkCutSets(b *testing.B) {
	in := Situation{}
	for i := range 4 {
		in.Copies = append(in.Copies, CopyState{Copy: roster.Copy{Name: fmt.Sprint("copy", i), Kept: fmt.Sprint("place", i)}, Whole: true})
	}
	var members []key.Member
	for i := range 15 {
		members = append(members, key.Member{Name: fmt.Sprint("member", i), Recipient: "age1x"})
	}
	in.Holders = []roster.Holder{{Name: "board", Kind: roster.KindQuorum, Threshold: 8, Members: members}}
	for i := range 5 {
		in.Holders = append(in.Holders, roster.Holder{Name: fmt.Sprint("key", i), Kind: roster.KindKey, Kept: fmt.Sprint("place", i%5)})
	}
	if n := len(survivalOf(in).representatives()); n != mostComponents {
		b.Fatalf("%d components", n)
	}
	for b.Loop() {
		if cutSets, ok := in.CutSets(); !ok || len(cutSets) == 0 {
			b.Fatal(cutSets, ok)
		}
	}
	b.ReportMetric(float64(b.Elapsed()/time.Millisecond)/float64(b.N), "ms/search")
}
