package wordstest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

// read is what a declaration of package words would give.
func read(t *testing.T, source string) ([]Named, error) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", "package words\n"+source, 0)
	if err != nil {
		t.Fatal(err)
	}
	return declared(file.Decls[0].(*ast.GenDecl))
}

func TestDeclared(t *testing.T) {
	got, err := read(t, "var (\n\tGone = Message{En: \"it is \\\"gone\\\"\", Ja: `ありません`}\n\tKinds = Table{{\"a\", Message{Ja: \"え\", En: \"A\"}}, {\"b\", Message{En: \"B\"}}}\n\tcount = 3\n\tnone, two = 1, 2\n)")
	if err != nil {
		t.Fatal(err)
	}
	want := []Named{
		{Message: words.Message{En: `it is "gone"`, Ja: "ありません"}, Name: "Gone"},
		{Message: words.Message{En: "A", Ja: "え"}, Name: "Kinds", InTable: true, Code: "a"},
		{Message: words.Message{En: "B"}, Name: "Kinds", InTable: true, Code: "b"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("read %+v", got)
	}
	if got[0].ID() != "Gone" || got[2].ID() != "Kinds[b]" {
		t.Errorf("named %s and %s", got[0].ID(), got[2].ID())
	}
}

// TestDeclaredRefuses: a message that is not written as literals is an error, since no test
// would see its text.
func TestDeclaredRefuses(t *testing.T) {
	for _, source := range []string{
		`var Sum = Message{En: "one" + "two", Ja: "三"}`,
		`var Unnamed = Message{"one", "一"}`,
		`var Called = Message{En: text(), Ja: "一"}`,
		`var Row = Table{{"a", other}}`,
		`var Code = Table{{code, Message{En: "A", Ja: "え"}}}`,
	} {
		if got, err := read(t, source); err == nil {
			t.Errorf("%s gives %+v", source, got)
		}
	}
}

// TestReadFindsNothing: a folder without the messages is an error, since a test of all of them
// would pass there.
func TestReadFindsNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "few.go"), []byte("package words\nvar A = Message{En: \"a\", Ja: \"あ\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if all, err := Read(dir); err == nil {
		t.Errorf("read %d messages", len(all))
	}
}

func TestMisnamed(t *testing.T) {
	term := Term{English: "seal", Japanese: "封印", not: regexp.MustCompile("シール|印"), but: []string{"封印", "印刷"}}
	for text, want := range map[string]string{
		"封印を確かめます": "",
		"印刷します":    "",
		"シールを貼る":   "シール",
		"印を付ける":    "印",
		"「シール」を押す": "",
	} {
		if got := term.Misnamed(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := (Term{}).Misnamed("シール"); got != "" {
		t.Errorf("a term without wrong names finds %q", got)
	}
}
