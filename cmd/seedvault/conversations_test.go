//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/words/wordstest"
	"seedvault/testdata/everything"
)

// behaviours are what people do at a prompt. Each has what it types, and what must come
// of it.
var behaviours = []struct {
	name string
	play func(*conversing, prompted)
}{
	{"empty", func(c *conversing, a prompted) { c.typed(""); c.leads(a, a.empty) }},
	{"wrong three times", func(c *conversing, a prompted) {
		for i, wrong := range a.wrong {
			e := again(c.prompt)
			if a.wrongs != nil {
				e = a.wrongs[i]
			}
			c.typed(wrong)
			c.leads(a, e)
			if e.next == "" {
				return
			}
		}
	}},
	{"Ctrl-C", func(c *conversing, a prompted) { c.types("\x03"); c.leads(a, c.interrupted(a)) }},
	{"closed", func(c *conversing, _ prompted) { c.hangUp() }},
	{"yes", func(c *conversing, a prompted) { c.typed(c.word("y", "はい")); c.leads(a, a.yes) }},
	{"no", func(c *conversing, a prompted) { c.typed(c.word("n", "いいえ")); c.leads(a, a.no) }},
	{"paste", func(c *conversing, a prompted) {
		c.types(strings.ReplaceAll(c.filled(a.paste), "\n", "\r"))
		c.rest = !a.hidden
		c.leads(a, a.pasted)
	}},
}

// TestConversations plays each behaviour at each prompt, on a terminal of its own: in one
// language after the other, or with everything asked for in both. Whatever is stopped has written nothing; the terminal shows what is typed again;
// no secret is on the screen, or left for the shell to read.
func TestConversations(t *testing.T) {
	messages := wordstest.ByID(t, "internal/words")
	worlds := map[string][]string{}
	for name, a := range conversations {
		worlds[a.world] = append(worlds[a.world], name)
	}
	for world, names := range worlds {
		t.Run(world, func(t *testing.T) {
			t.Parallel()
			w := buildWorld(t, world)
			slices.Sort(names)
			for i, name := range names {
				for j, b := range behaviours {
					for k, l := range languages {
						if !everything.Asked && (i+j)%len(languages) != k {
							continue
						}
						t.Run(fmt.Sprintf("%s/%s/%s", name, l, b.name), func(t *testing.T) {
							c := w.begin(t, l, messages, conversations[name], b.name == "closed" && l == words.Japanese)
							c.prompt = name
							c.reach(name, conversations[name])
							b.play(c, conversations[name])
							c.finish()
						})
					}
				}
			}
		})
	}
}
