package guide

import (
	"encoding/json"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// open returns the guide that is built in.
func open(t *testing.T) *Guide {
	t.Helper()
	return Open()
}

// testPage is a page with every field; the tests below change one thing each.
const testPage = `id: example
kind: provider
name: {en: Example, ja: 例}
match: [example.com, example web services, example]
as-of: 2026-08
sources:
  - {id: E1, url: "https://example.com/help/lost", mark: O, about: {en: undated copy, ja: 日付のない写し}}
  - {id: E2, url: "https://example.net/blog", mark: S, about: {en: 2024 post, ja: 2024 年の投稿}}
summary: {en: Use a recovery code., ja: 復旧コードを使います。}
wait: {en: Three days., ja: 3 日。, mark: O, source: [E1]}
cost: {en: People reported a fee., ja: 費用がかかったという報告があります。, mark: S, source: [E2]}
have:
  - {en: The registered mailbox., ja: 登録したメール。, mark: O, source: [E1]}
limit: {en: Support does not restore., ja: サポートは解除しません。, mark: O, source: [E1]}
warnings:
  - {en: Do not sign out., ja: サインアウトしないでください。, mark: own}
paths:
  - id: codes
    if: recovery-code
    who: you
    title: {en: You have a recovery code, ja: 復旧コードがある}
    mark: O
    source: [E1]
    steps:
      - id: C1
        do: {en: 'Choose "More options".', ja: 「More options」を選びます。}
        see: {en: A field for the code., ja: コードの入力欄。}
        stuck: {en: Reload the page., ja: 画面を読み込み直します。}
        url: https://example.com/login
      - id: C2
        do: {en: Look for the file., ja: ファイルを探します。}
        run: |
          ls ~/Downloads
          ls ~/Documents
        mark: own
    failed: {en: Used codes are refused., ja: 使用済みのコードは拒否されます。}
    stories: [told]
  - id: mail
    if: mailbox
    who: you
    title: {en: You read the mailbox, ja: メールを読める}
    mark: O
    source: [E1]
    steps:
      - id: M1
        do: {en: Ask for a mail., ja: メールを請求します。}
  - id: support
    if: support
    who: support
    title: {en: Ask support, ja: サポートに依頼する}
    mark: S
    source: [E2]
    steps:
      - id: U1
        do: {en: People reported that a form helped., ja: フォームで解決したという報告があります。}
  - id: nothing
    if: last
    who: you
    title: {en: What remains, ja: 残る手段}
    mark: own
    steps:
      - id: L1
        do: {en: Make a new account., ja: 新しいアカウントを作ります。}
notes:
  - {en: The form is English., ja: フォームは英語です。, mark: O-, source: [E1]}
prepare:
  - {word: codes, en: Save the codes., ja: コードを保存します。, mark: O, source: [E1]}
`

const testStory = `id: told
kind: story
name: {en: A story, ja: 体験談}
as-of: 2020-01-02
sources:
  - {id: B1, url: "https://example.net/story", mark: S, about: {en: one person, ja: ひとりの体験}}
summary: {en: How one person reported it., ja: ひとりの報告です。}
paths:
  - id: story
    who: you
    title: {en: As reported, ja: 報告}
    mark: S
    source: [B1]
    steps:
      - id: S1
        do: {en: He reported a call., ja: 電話が来たという報告があります。}
`

const testHub = `id: hub
kind: common
name: {en: Which kind, ja: どの種類}
as-of: 2026-08-01
summary: {en: Two kinds., ja: 2 種類あります。}
ask:
  question: {en: "How do you sign in?", ja: "サインインの方法は?"}
  why: {en: Different people help., ja: 助ける人が違うためです。}
  answers:
    - {en: By mail, ja: メール, page: example}
    - {en: Do not know, ja: わからない, page: generic}
`

const testGeneric = `id: generic
kind: common
name: {en: Any service, ja: どのサービスでも}
as-of: 2026-08-01
summary: {en: Look first., ja: まず探します。}
paths:
  - id: look
    if: other-device
    who: you
    title: {en: Look, ja: 探す}
    mark: own
    steps:
      - {id: A1, do: {en: Look for the codes., ja: コードを探します。}}
  - id: support
    if: support
    who: support
    title: {en: Ask, ja: 依頼する}
    mark: own
    steps:
      - {id: A2, do: {en: Ask support., ja: サポートに依頼します。}}
prepare:
  - {word: codes, en: Save the codes., ja: コードを保存します。, mark: own}
`

// folder returns a guide of the pages above, with the questions and services that are
// built in.
func folder(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, page := range map[string]string{"example": testPage, "told": testStory, "hub": testHub, "generic": testGeneric} {
		fsys["pages/"+name+".yaml"] = &fstest.MapFile{Data: []byte(page)}
	}
	for _, name := range []string{"questions.yaml", "services.tsv", "names.yaml"} {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// example returns the guide of the pages above.
func example(t *testing.T) *Guide {
	t.Helper()
	g, err := Read(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestOpen(t *testing.T) {
	g := open(t)
	if len(g.Pages) == 0 || len(g.Questions) < 17 || len(g.Services) < 1300 {
		t.Errorf("%d pages, %d questions, %d services", len(g.Pages), len(g.Questions), len(g.Services))
	}
	if again := open(t); again != g {
		t.Error("read twice")
	}
}

func TestReadEverything(t *testing.T) {
	g := example(t)
	p, ok := g.Page("example")
	if !ok || p.Wait.En != "Three days." || p.Limit.Ja != "サポートは解除しません。" || p.Prepare[0].Word != "codes" {
		t.Fatalf("page: %+v", p)
	}
	path, _ := p.Path("codes")
	first, _ := path.Step("C1")
	second, _ := path.Step("C2")
	if first.Mark != Official || len(first.Source) != 1 || first.Source[0] != "E1" {
		t.Errorf("a step has its path's mark and sources: %+v", first)
	}
	if second.Mark != Own || len(second.Source) != 0 || second.Run != "ls ~/Downloads\nls ~/Documents\n" {
		t.Errorf("own advice has no source: %+v", second)
	}
}

// TestReadErrors changes the example in one place each; the error names the page
// and the field.
func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown field", "match: [", "matches: [", "field matches not found"},
		{"id", "id: example", "id: other", "example: id"},
		{"kind", "kind: provider", "kind: shop", "example: kind"},
		{"date", "as-of: 2026-08", "as-of: summer", "example: as-of"},
		{"no Japanese", "en: Three days., ja: 3 日。,", "en: Three days.,", "example: wait"},
		{"two lines", "ja: 3 日。", `ja: "3\n日。"`, "example: wait"},
		{"mark", "mark: O-,", "mark: U,", "example: notes 1: mark"},
		{"no source", "ja: 登録したメール。, mark: O, source: [E1]", "ja: 登録したメール。, mark: O", "example: have 1"},
		{"source of own advice", "mark: own}\npaths", "mark: own, source: [E1]}\npaths", "example: warnings 1"},
		{"source not there", "source: [E2]}\nhave", "source: [E3]}\nhave", "example: cost: source E3"},
		{"source twice", "{id: E2,", "{id: E1,", "example: source E1"},
		{"source's address", "https://example.net/blog", "example.net/blog", "example: source E2: url"},
		{"condition", "if: mailbox", "if: raining", "example: path mail: if"},
		{"who", "who: support", "who: dave", "example: path support: who"},
		{"path twice", "id: mail", "id: codes", "example: path codes: stands twice"},
		{"step twice", "id: M1", "id: C1", "example: path mail: step C1"},
		{"step's address", "url: https://example.com/login", "url: here", "example: path codes: step C1: url"},
		{"story", "stories: [told]", "stories: [untold]", "example: link: no page untold"},
		{"upper case match", "match: [example.com,", "match: [Example.com,", "example: match"},
		{"word", "word: codes", "word: the codes", "example: prepare the codes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(testPage, c.from) != 1 {
				t.Fatalf("%q stands %d times on the page", c.from, strings.Count(testPage, c.from))
			}
			fsys := folder(t)
			fsys["pages/example.yaml"].Data = []byte(strings.Replace(testPage, c.from, c.to, 1))
			if _, err := Read(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestReadOtherFiles(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"questions.yaml", "- {id: x, ask: {en: a, ja: あ}, why: {en: b}}", "questions.yaml: x: why"},
		{"questions.yaml", "- {id: x, ask: {en: a, ja: あ}, why: {en: b, ja: い}}\n- {id: x, ask: {en: a, ja: あ}, why: {en: b, ja: い}}", "x: stands twice"},
		{"services.tsv", "name\tdomain\nExample\n", "line 2 of services.tsv"},
		{"pages/hub.yaml", strings.Replace(testHub, "page: example", "page: nowhere", 1), "hub: link: no page nowhere"},
	} {
		fsys := folder(t)
		fsys[c.file] = &fstest.MapFile{Data: []byte(c.text)}
		if _, err := Read(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.file, err, c.want)
		}
	}
}

// TestPageAsJSON: a page is the same after it was written as JSON and read again.
func TestPageAsJSON(t *testing.T) {
	g := example(t)
	for _, p := range g.Pages {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var again Page
		if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(&again, p) {
			t.Errorf("%s: %v\n%s", p.ID, err, text)
		}
	}
}
