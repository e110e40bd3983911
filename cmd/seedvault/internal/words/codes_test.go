package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

const escrowDir = "../../../../escrow"

// TestTablesHoldEveryCode: each code that a library has, found in its source, has a
// message, and each row of a table a code.
func TestTablesHoldEveryCode(t *testing.T) {
	for _, c := range []struct {
		name  string
		table words.Table
		dirs  []string
		kind  string // the type of the constants
		extra []string
		least int
	}{
		{"Refusals", words.Refusals, []string{escrowDir + "/otpauth", escrowDir + "/exchange"}, "Reason", nil, 30},
		{"SeedRemarks", words.SeedRemarks, []string{escrowDir + "/otpauth"}, "Remark", nil, 6},
		{"ExchangeRemarks", words.ExchangeRemarks, []string{escrowDir + "/exchange", escrowDir + "/exchange/apps"}, "Remark", nil, 14},
		{"LedgerOutcomes", words.LedgerOutcomes, []string{escrowDir + "/exchange"}, "Outcome", nil, 4},
		{"FindingCodes", words.FindingCodes, []string{escrowDir}, "FindingCode", nil, 20},
		{"HolderKinds", words.HolderKinds, []string{escrowDir + "/roster"}, "Kind", []string{""}, 4},
		{"HoldersLost", words.HoldersLost, []string{escrowDir + "/roster"}, "Kind", nil, 4},
		{"Outcomes", words.Outcomes, []string{escrowDir}, "HolderOutcome", nil, 3},
		{"OutcomeReasons", words.OutcomeReasons, []string{escrowDir}, "RotationReason", nil, 8},
		{"DrillResults", words.DrillResults, []string{"../drilling"}, "result", []string{"share"}, 3},
		{"CopyStates", words.CopyStates, []string{escrowDir + "/copies"}, "State", []string{"elsewhere", "linked", "in-memory", "vault", "twin", "no-kit"}, 16},
		{"TraceStates", words.TraceStates, []string{escrowDir + "/trace"}, "State", nil, 30},
		{"Components", words.Components, []string{escrowDir + "/survival"}, "Kind", nil, 6},
	} {
		var codes []string
		for _, dir := range c.dirs {
			codes = append(codes, constantsOf(t, dir, c.kind)...)
		}
		if len(codes) < c.least {
			t.Errorf("only %d codes for %s", len(codes), c.name)
		}
		for _, code := range codes {
			if m, ok := c.table.Lookup(code); !ok || m.En == "" || m.Ja == "" {
				t.Errorf("%s has no message for %q", c.name, code)
			}
		}
		for _, row := range c.table {
			if !slices.Contains(codes, row.Code) && !slices.Contains(c.extra, row.Code) {
				t.Errorf("%s has a message for %q, which is no code", c.name, row.Code)
			}
		}
	}
	reasons := constantsOf(t, escrowDir, "RotationReason")
	for _, row := range words.RotationQuestions {
		if !slices.Contains(reasons, row.Code) {
			t.Errorf("a question for %q, which is no reason", row.Code)
		}
	}
}

// constantsOf returns the strings that a package declares as constants of a type.
func constantsOf(t *testing.T, dir, kind string) (list []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && isOfType(spec.Type, kind) && len(spec.Values) == 1 {
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
					value, _ := strconv.Unquote(lit.Value)
					list = append(list, value)
				}
			}
			return true
		})
	}
	return list
}

// isOfType reports whether an expression is a type's name, of this package or of another.
func isOfType(e ast.Expr, name string) bool {
	if s, ok := e.(*ast.SelectorExpr); ok {
		e = s.Sel
	}
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func TestTable(t *testing.T) {
	if got := words.HolderKinds.Of("paper").In(words.Japanese); got != "紙" {
		t.Errorf("%q", got)
	}
	if got := words.HolderKinds.Of("new-kind"); got.In(words.English) != "new-kind" || got.In(words.Japanese) != "new-kind" {
		t.Errorf("an unknown code says %q", got)
	}
	if m, ok := words.HolderKinds.Lookup("new-kind"); ok || m != (words.Message{}) {
		t.Errorf("an unknown code has %q", m)
	}
}
