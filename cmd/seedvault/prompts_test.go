package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// prompts are all prompts of the program. World.Ask and World.Confirm read every yes and no:
// prompts.txtar plays them once for all, with nothing, nonsense, Ctrl-C, a closed terminal,
// y and n in both languages, and a paste. Of every other prompt it is the script that is
// about it; "-" is one that no script reaches, since it takes a second disk.
var prompts = map[string]string{
	"AskAccept": "Confirm", "AskCopyRefill": "Confirm", "AskCopyRemove": "Confirm", "AskExportRest": "Confirm", "AskHolder": "Confirm",
	"AskLost": "Confirm", "AskRemove": "Confirm", "AskRotate": "Confirm", "AskShare": "Confirm",
	"AskWithoutFiles": "Confirm", "AskWithoutMissing": "Confirm",
	"AskCounter": "Ask", "AskNoSheet": "Ask", "AskPage": "Ask", "AskRetired": "Ask", "AskSave": "Ask", "AskWaiting": "Ask",

	"PromptKey": "prompts-forgive", "PromptKeyOrPass": "prompts-forgive", "AskKeyLine": "prompts-forgive", "AskPassphraseOr": "locked-keys",
	"AskSeed": "add-prompt", "AskNextPart": "google", "AskIssuer": "add-prompt", "AskAccount": "add-prompt", "AskParameters": "add-prompt",
	"AskCompare": "add-prompt", "AskFingerprint": "open-terminal", "AskPhoneCode": "restore-walk", "AskSheetKey": "prompts",
	"AskPassword": "import-passwords", "AskExportPassword": "export-typed", "AskExportAgain": "export-typed",
	"AskFilePassphrase": "locked-keys", "AskSecretAnswer": "plugins", "AskAnswer": "plugins", "AskEnter": "plugins", "AskChoice": "plugins",
	"AskCopyKept": "copies-mounts", "AskDrill": "drill", "AskRecipient": "successor", "AskRotation": "successor", "AskNextShare": "quorum", "AskShareLine": "quorum",
	"FirstWritten": "first-run", "FirstWord": "first-run", "FirstSheetWhere": "first-run", "FirstCopyWhere": "first-run", "FirstCopyNone": "first-run",
	"FirstAskGo": "first-run", "ShowSeen": "show",
}

// asking are the functions that put a prompt before a person.
var asking = []string{"Line", "Secret", "Ask", "Confirm"}

// TestPromptsAreListed: every message that the source hands to a prompt is in the list, and
// so is every message that is named like one; nothing else is. A yes is read by no function
// but World.Ask and World.Confirm.
func TestPromptsAreListed(t *testing.T) {
	found := map[string]bool{}
	for _, m := range wordstest.All(t, "internal/words") {
		if regexp.MustCompile(`^(Ask|Prompt)[A-Z]`).MatchString(m.ID()) {
			found[m.ID()] = true
		}
	}
	asked := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if set, ok := n.(*ast.AssignStmt); ok && isPrompt(set.Lhs[0]) {
				for _, name := range promptsIn(set.Rhs) {
					found[name] = true
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			by, ok := call.Fun.(*ast.SelectorExpr)
			if ok && by.Sel.Name == "askOn" { // its last argument is the prompt below a screen
				for _, name := range promptsIn(call.Args[len(call.Args)-1:]) {
					found[name] = true
				}
			}
			if !ok || !slices.Contains(asking, by.Sel.Name) {
				return true
			}
			for _, name := range promptsIn(call.Args) {
				asked++
				found[name] = true
				how := prompts[name]
				if yes := how == "Ask" || how == "Confirm"; yes != (by.Sel.Name == "Ask" && !isView(by) || by.Sel.Name == "Confirm") {
					t.Errorf("%s: %s is asked by %s, and listed as %q", path, name, by.Sel.Name, how)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || asked < 30 {
		t.Fatalf("only %d prompts are asked: %v", asked, err)
	}
	for name := range found {
		if prompts[name] == "" {
			t.Errorf("%s is a prompt and not listed", name)
		}
	}
	for name := range prompts {
		if !found[name] {
			t.Errorf("%s is listed, and no prompt", name)
		}
	}
	scripted, err := filepath.Glob(scripts + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range slices.Sorted(maps.Values(prompts)) {
		if how != "Ask" && how != "Confirm" && how != "-" && !slices.Contains(scripted, filepath.Join(scripts, how+".txtar")) {
			t.Errorf("there is no script %s", how)
		}
	}
}

// isPrompt reports whether a variable holds a prompt until it is asked.
func isPrompt(e ast.Expr) bool {
	x, ok := e.(*ast.Ident)
	return ok && x.Name == "prompt"
}

// isView reports whether what asks is a screen, which reads any answer.
func isView(by *ast.SelectorExpr) bool {
	name := ""
	switch x := by.X.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	}
	return strings.EqualFold(name, "view") || name == "v"
}

// promptsIn are the messages in a call's arguments that stand there as such, and not to
// fill the blanks of another.
func promptsIn(args []ast.Expr) (names []string) {
	for _, arg := range args {
		ast.Inspect(arg, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if by, ok := n.Fun.(*ast.SelectorExpr); ok && by.Sel.Name == "Text" && len(n.Args) > 0 {
					names = append(names, promptsIn(n.Args[:1])...)
				}
				return false
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "words" {
					names = append(names, n.Sel.Name)
				}
			}
			return true
		})
	}
	return names
}
