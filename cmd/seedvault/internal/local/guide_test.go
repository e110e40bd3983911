package local

import (
	"reflect"
	"testing"
)

func TestGuideProgress(t *testing.T) {
	p := testPlaces(t)
	if _, ok := p.GuideProgress(); ok {
		t.Error("remembers what was never kept")
	}
	if err := p.ForgetGuide(); err != nil {
		t.Errorf("forgetting nothing: %v", err)
	}
	want := GuideProgress{Page: "aws-root", Path: "resync", Step: "R4", Done: []string{"R1", "R2"}, Skipped: []string{"R3"}, Failed: []string{"x"}}
	if err := p.KeepGuide(want); err != nil {
		t.Fatal(err)
	}
	private(t, p.guideFile())
	if got, ok := p.GuideProgress(); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %t", got, ok)
	}
	if err := write(p.guideFile(), []byte("{")); err != nil {
		t.Fatal(err)
	}
	if got, ok := p.GuideProgress(); ok || got.Page != "" {
		t.Errorf("of a damaged file: %+v", got)
	}
	if err := p.ForgetGuide(); err != nil {
		t.Fatal(err)
	}
	if _, ok := p.GuideProgress(); ok {
		t.Error("remembers what was forgotten")
	}
}
