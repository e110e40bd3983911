package escrow

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"seedvault/escrow/key"
)

// oldSheetsOf are the holders whose sheets a check calls out of date.
func oldSheetsOf(t *testing.T, o *Opened) (names []string) {
	t.Helper()
	report, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	for _, f := range report.Findings {
		if f.Code == CodeSheetOld {
			names = append(names, f.Detail)
			if f.Red {
				t.Error("an old sheet opens the vault all the same, and is red")
			}
		}
	}
	return names
}

// TestSheetIsOutOfDate is F69: a sheet is named once the fingerprint, the recipient or
// the copies are not those that stand on it, until it is printed anew.
func TestSheetIsOutOfDate(t *testing.T) {
	f := newFixture(t)
	paper, _, err := PaperHolder("drawer", false)
	must(t, err)
	silent, _, err := PaperHolder("attic", false)
	must(t, err)
	o := f.unlock()
	must(t, o.Roster().AddHolder(paper.OnSheet(testTime, o.Roster().Copies()), silent))
	f.seal(o)
	if names := oldSheetsOf(t, f.unlock()); names != nil {
		t.Fatalf("a new sheet is out of date: %v", names)
	}
	id := paper.Holder().ID
	stick := newTestCopy(t, "stick", "office")
	for i, change := range []func(){
		func() { o := f.unlock(); must(t, o.Roster().AddCopy(stick)); f.seal(o) },
		func() { f.pin = f.rotate(RotateOptions{}).Pin },
		func() { o := f.unlock(); must(t, o.Roster().RemoveCopy(stick.ID)); f.seal(o) },
	} {
		change()
		if names := oldSheetsOf(t, f.unlock()); !slices.Equal(names, []string{"drawer"}) {
			t.Fatalf("change %d: %v", i, names)
		}
		o := f.unlock()
		must(t, o.Roster().SheetPrinted(id, testTime.Add(time.Duration(i/2)*time.Hour))) // twice in one second, too
		f.seal(o)
		if names := oldSheetsOf(t, f.unlock()); names != nil {
			t.Fatalf("change %d, printed anew: %v", i, names)
		}
	}
	if err := f.unlock().Roster().SheetPrinted("nobody", testTime); !errors.Is(err, ErrNotHere) {
		t.Errorf("a sheet of nobody: %v", err)
	}
}

// TestSharesAreOutOfDate: a quorum with shares on paper is told apart, since nobody
// but its members can have their sheets printed anew.
func TestSharesAreOutOfDate(t *testing.T) {
	f := newFixture(t)
	board, _, err := QuorumHolder("board", 2, []key.Member{{Name: "alice", Recipient: key.OnPaper}, {Name: "bob", Recipient: key.OnPaper}}, false, nil)
	must(t, err)
	o := f.unlock()
	must(t, o.Roster().AddHolder(board.OnSheet(testTime, nil)))
	must(t, o.Roster().AddCopy(newTestCopy(t, "stick", "office")))
	f.seal(o)
	report, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	if !slices.Contains(report.Findings, Finding{Code: CodeSharesOld, Detail: "board"}) {
		t.Errorf("found %v", report.Findings)
	}
}
