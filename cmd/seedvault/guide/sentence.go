package guide

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"seedvault/internal/lazy"
)

// script is a kind of letters. A run of one kind is a word, in Japanese too: there
// katakana begins where hiragana ends.
type script int

const (
	notLetter script = iota
	western
	katakana
	hiragana
	han
)

func scriptOf(r rune) script {
	switch {
	case r == 'ー' || unicode.Is(unicode.Katakana, r):
		return katakana
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return western
	}
	return notLetter
}

// word is a run of letters of one script in a sentence, folded and as it was typed.
type word struct {
	key    string
	script script
	typed  string
}

// wordsOf returns the words of a sentence. What stands between them is no letter; a
// dot, a hyphen or the like within a name is left out as fold does.
func wordsOf(sentence string) (list []word) {
	last := notLetter
	for _, r := range norm.NFKC.String(sentence) {
		s := scriptOf(r)
		switch {
		case s == notLetter:
		case s == last:
			list[len(list)-1].typed += string(r)
		default:
			list = append(list, word{script: s, typed: string(r)})
		}
		last = s
	}
	for i := range list {
		list[i].key = fold(list[i].typed)
	}
	return list
}

// mention is a name found in a sentence: which words, and what it means.
type mention struct {
	from, to int // words
	target
}

// longestName is how many words a name may have that is looked for in a sentence.
const longestName = 5

// inSentence finds what a whole sentence is about: the longest names in it, and of
// a page that only leads on the one that further words choose. Where it names no
// service but says what happened, the page for any service is meant.
func (g *Guide) inSentence(sentence string) Found {
	words := wordsOf(sentence)
	if _, address := hostOf(sentence); address || len(words) < 2 { // part of an address says nothing of whose it is
		return Found{}
	}
	found := g.narrowed(longest(g.mentions(words)))
	switch {
	case len(found) == 1:
		return g.found(found[0])
	case len(found) > 1:
		return Found{Near: namesOf(found[:min(len(found), maxNear)])}
	case topic(words):
		return Found{Page: g.generic()}
	}
	return Found{}
}

// mentions returns all names in a sentence, those of pages before those of services:
// what a page is called is never taken for a service.
func (g *Guide) mentions(words []word) (list []mention) {
	inJapanese := japanese(words)
	for from := range words {
		key := ""
		for to := from; to < len(words) && to < from+longestName; to++ {
			key += words[to].key
			if !nameLike(words[from:to+1], inJapanese) {
				continue
			}
			if t, ok := g.called(key); ok {
				list = append(list, mention{from, to, t})
			} else if services := g.services(key); len(services) == 1 {
				list = append(list, mention{from, to, services[0]})
			}
		}
		if words[from].script == han {
			list = append(list, g.within(from, words[from])...)
		}
	}
	return list
}

// within returns the names in a run of kanji, which has no spaces: 楽天 in 楽天会員.
func (g *Guide) within(at int, w word) (list []mention) {
	runes := []rune(w.key)
	for size := len(runes) - 1; size >= 2; size-- {
		for i := 0; i+size <= len(runes); i++ {
			if t, ok := g.called(string(runes[i : i+size])); ok {
				return append(list, mention{at, at, t})
			}
		}
	}
	return nil
}

// japanese reports whether a sentence is Japanese: in such a one a western word is more often
// a name than not.
func japanese(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.script != western })
}

// nameLike reports whether words of a sentence may be a name: not one that is an
// ordinary word, unless it stands in capitals or among Japanese; nor a single
// letter or hiragana alone.
func nameLike(words []word, japanese bool) bool {
	if len(words) > 1 {
		return true
	}
	w := words[0]
	switch {
	case w.script == hiragana:
		return len([]rune(w.key)) >= 4
	case w.script == western:
		capital := w.typed == strings.ToUpper(w.typed)
		ordinary := slices.Contains(ordinaryWords.Get(), w.key) || len(w.key) < 2
		return !ordinary || capital && strings.ContainsFunc(w.typed, unicode.IsLetter) && w.key != "i" || japanese && len(w.key) >= 2
	}
	return true
}

// ordinaryWords are names of pages and services that are words of the language
// too, as people use them about a lost phone.
var ordinaryWords = lazy.Value[[]string]{Make: func() []string {
	return strings.Fields("a access account am an and any app apps auth bill box buffer can cannot card cash chat circle close cloud code " +
		"codes credly domain drive env expo for forge frame front get go got had hello help hey hide hint home hosting how i id in inbox is it key keeper " +
		"keys kick line log login lost mail mailbox me meet mega merge message mint month my name names new no not now of off old on one only open or other " +
		"other out password pay phone place plan play please pocket post privacy put reset ring root server service shadow sign signal sketch " +
		"split spring square stake stripe sync team text that the this time to two up user verify view wave we web what with work x you your")
}}

// longest keeps of names that overlap the longer ones.
func longest(list []mention) (kept []mention) {
	slices.SortStableFunc(list, func(a, b mention) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	for _, m := range list {
		if !slices.ContainsFunc(kept, func(k mention) bool { return m.from <= k.to && k.from <= m.to }) {
			kept = append(kept, m)
		}
	}
	slices.SortStableFunc(kept, func(a, b mention) int { return cmp.Compare(a.from, b.from) })
	return kept
}

// narrowed returns what a sentence is about: each target once, pages before services,
// and neither the page for any service beside another nor one that only leads on
// beside a page that it leads to.
func (g *Guide) narrowed(list []mention) []target {
	var all []target
	for _, m := range list {
		all = append(all, m.target)
	}
	all = distinct(all)
	kept := slices.DeleteFunc(slices.Clone(all), func(t target) bool {
		return t.page != nil && slices.ContainsFunc(all, func(other target) bool { return other != t && g.says(other, t.page) })
	})
	if slices.ContainsFunc(kept, func(t target) bool { return t.page != nil }) {
		kept = slices.DeleteFunc(kept, func(t target) bool { return t.page == nil })
	}
	return kept
}

// says reports whether a target says all that a page says, and more.
func (g *Guide) says(t target, p *Page) bool {
	if p.Kind == Common || p.Kind == Runbook {
		return true
	}
	return t.page != nil && p.Ask != nil && slices.ContainsFunc(p.Ask.Answers, func(a Answer) bool { return a.Page == t.page.ID })
}

// topic reports whether a sentence says that a phone or its codes are gone.
func topic(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return slices.Contains(topics.Get(), w.key) })
}

// topics are what people say of what happened, folded.
var topics = lazy.Value[[]string]{Make: func() (keys []string) {
	for _, t := range strings.Fields("機種変更 機種変 スマホ スマートフォン 携帯 携帯電話 電話 iphone android 紛失 故障 破損 盗難 水没 初期化 認証 認証アプリ 認証コード 二段階 二段階認証 段階認証 " +
		"要素認証 ログイン サインイン コード phone smartphone mobile lost broke broken stolen reset wiped locked lockout 2fa mfa totp authenticator code codes login") {
		keys = append(keys, fold(t))
	}
	return keys
}}
