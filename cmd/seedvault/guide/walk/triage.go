package walk

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// choosePath asks what the paths of a page rest on until one holds, and returns
// the best of those that have not failed: nil where all have. The error is errBack where the
// person goes back from the first question.
func (g *Walk) choosePath(page *guide.Page) (*guide.Path, error) {
	rest := *page
	rest.Paths = slices.DeleteFunc(slices.Clone(page.Paths), func(p guide.Path) bool { return slices.Contains(g.failed, p.ID) })
	for {
		t := g.Book.Triage(&rest, g.replies)
		t.Paths = slices.DeleteFunc(t.Paths, func(p *guide.Path) bool { return slices.Contains(g.failed, p.ID) })
		switch {
		case t.Next != nil:
			back, err := g.askQuestion(page, *t.Next)
			if err != nil {
				return nil, err
			}
			if back && !g.takeBack() {
				return nil, errBack
			}
		case len(t.Paths) > 0:
			return t.Paths[0], nil
		default:
			return nil, nil
		}
	}
}

// askQuestion asks one question until there is an answer; back says that the
// person wants to answer the one before again.
func (g *Walk) askQuestion(page *guide.Page, q guide.Question) (back bool, err error) {
	why := ""
	for {
		answer, err := g.ask(g.Voice.Text(words.GuideKeysQuestion), para(page.Name.In(g.Voice.Lang)), para(q.Ask.In(g.Voice.Lang)), para(why))
		if err != nil {
			return false, err
		}
		switch answer {
		case "y", "yes", "はい":
			g.reply(q.ID, guide.Yes)
		case "n", "no", "いいえ":
			g.reply(q.ID, guide.No)
		case "", "d", "わからない":
			g.reply(q.ID, guide.Unknown)
		case "b":
			return true, nil
		case "q":
			return false, ErrLeft
		case "?", "why":
			why = g.Voice.Text(words.GuideWhy, q.Why.In(g.Voice.Lang))
			continue
		default:
			g.noKey(answer)
			continue
		}
		return false, nil
	}
}

// reply notes an answer of the person's, which can be taken back.
func (g *Walk) reply(question string, r guide.Reply) {
	g.answered(question, r)
	g.asked = append(g.asked, question)
}

func (g *Walk) answered(question string, r guide.Reply) {
	if g.replies == nil {
		g.replies = guide.Replies{}
	}
	g.replies[question] = r
}

// takeBack forgets the last answer, so that its question is asked again. It reports whether
// there was one.
func (g *Walk) takeBack() bool {
	n := len(g.asked)
	if n == 0 {
		return false
	}
	delete(g.replies, g.asked[n-1])
	g.asked = g.asked[:n-1]
	return true
}

// askAgain forgets what was not known, so that it is asked once more.
func (g *Walk) askAgain() {
	g.asked = slices.DeleteFunc(g.asked, func(q string) bool { return g.replies[q] == guide.Unknown })
	maps.DeleteFunc(g.replies, func(_ string, r guide.Reply) bool { return r == guide.Unknown })
}

// leadOn asks the one question of a page that leads to others. The error is errBack where the
// person goes back.
func (g *Walk) leadOn(page *guide.Page) (*guide.Page, error) {
	blocks := []block{para(page.Name.In(g.Voice.Lang)), para(page.Ask.Question.In(g.Voice.Lang))}
	for i, a := range page.Ask.Answers {
		blocks = append(blocks, item(strconv.Itoa(i+1)+"  "+a.Text.In(g.Voice.Lang)))
	}
	why := ""
	for {
		answer, err := g.ask(g.Voice.Text(words.GuideKeysChoice), append(slices.Clone(blocks), para(why))...)
		if err != nil {
			return nil, err
		}
		n, notNumber := strconv.Atoi(answer)
		switch {
		case answer == "q":
			return nil, ErrLeft
		case answer == "b":
			return nil, errBack
		case answer == "?":
			why = g.Voice.Text(words.GuideWhy, page.Ask.Why.In(g.Voice.Lang))
		case notNumber == nil && n >= 1 && n <= len(page.Ask.Answers):
			return Always(g.Book, page.Ask.Answers[n-1].Page), nil
		default:
			g.noKey(answer)
		}
	}
}

// askService asks which service it is about, until one is found; Enter alone is
// any.
func (g *Walk) askService() (*guide.Page, error) {
	var said []block
	for {
		typed, err := g.askAsTyped(g.Voice.Text(words.GuideKeysService), append([]block{para(g.Voice.Text(words.GuideAskService))}, said...)...)
		if err != nil {
			return nil, err
		}
		switch keyOf(typed) {
		case "":
			return Always(g.Book, guide.Generic), nil
		case "q":
			return nil, ErrLeft
		case "l":
			said = []block{para(g.Voice.Text(words.GuideKnown, strings.Join(g.pageNames(), ", ")))}
			continue
		}
		found := g.Book.Find(typed)
		if found.Page == nil {
			unknown := words.Part(words.GuideUnknown, console.Safe(typed, 40))
			said = g.phrases(append([]words.Phrase{unknown}, near(found)...))
			continue
		}
		g.service = found.Service
		return found.Page, nil
	}
}
