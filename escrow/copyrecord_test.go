package escrow

import (
	"errors"
	"reflect"
	"testing"

	"seedvault/escrow/roster"
)

func newTestCopy(t *testing.T, name, kept string) roster.Copy {
	t.Helper()
	c, err := roster.NewCopy(name, roster.CopyFolder, kept)
	must(t, err)
	return c
}

func TestCopiesAreRecorded(t *testing.T) {
	f := newFixture(t)
	stick, cloud := newTestCopy(t, "stick", "drawer"), newTestCopy(t, "cloud", "")
	o := f.unlock()
	must(t, o.Roster().AddCopy(stick))
	if got := f.unlock().Roster().Copies(); len(got) != 0 {
		t.Errorf("a copy that no seal lists counts: %v", got)
	}
	f.seal(o)
	o = f.unlock()
	must(t, o.Roster().AddCopy(cloud))
	must(t, o.Roster().AddCopy(stick)) // once more changes nothing
	f.seal(o)
	if got, want := f.unlock().Roster().Copies(), []roster.Copy{cloud, stick}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if err := f.unlock().Roster().AddCopy(newTestCopy(t, "stick", "home")); !errors.Is(err, ErrCopyName) {
		t.Error("another copy of a name that is taken:", err)
	}
	if _, err := roster.NewCopy("My Stick", roster.CopyFolder, ""); !errors.Is(err, ErrName) {
		t.Error("a name of another form:", err)
	}
	o = f.unlock()
	must(t, o.Roster().RemoveCopy(stick.ID))
	f.seal(o)
	if got, want := f.unlock().Roster().Copies(), []roster.Copy{cloud}; !reflect.DeepEqual(got, want) {
		t.Errorf("after the removal: %v, want %v", got, want)
	}
}

func TestCopyAddress(t *testing.T) {
	f := newFixture(t)
	hub := newTestCopy(t, "hub", "office")
	hub.Kind, hub.At = roster.CopyGit, "git:git@host.example:vault.git#main"
	o := f.unlock()
	must(t, o.Roster().AddCopy(hub))
	f.seal(o)
	f.pin = f.rotate(RotateOptions{}).Pin
	if got := f.unlock().Roster().Copies(); !reflect.DeepEqual(got, []roster.Copy{hub}) {
		t.Errorf("got %v, want %v", got, hub)
	}
}

func TestCopiesStayInARotation(t *testing.T) {
	f := newFixture(t)
	o := f.unlock()
	stick := newTestCopy(t, "stick", "drawer")
	must(t, o.Roster().AddCopy(stick))
	f.seal(o)
	f.pin = f.rotate(RotateOptions{}).Pin
	if got := f.unlock().Roster().Copies(); !reflect.DeepEqual(got, []roster.Copy{stick}) {
		t.Errorf("got %v", got)
	}
}
