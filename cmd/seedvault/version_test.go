package main

import (
	"runtime/debug"
	"testing"
)

// TestVersionSaysTheCommit: a tag alone where there is one, else the commit, and no more
// than the build knows.
func TestVersionSaysTheCommit(t *testing.T) {
	stamped := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"},
			{Key: "vcs.time", Value: "2026-11-29T08:00:00Z"}, {Key: "vcs.modified", Value: modified},
		}
	}
	const made = "v0.0.0-20261129080000-0123456789ab"
	for _, c := range []struct {
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"", nil, "(devel)"},
		{"(devel)", nil, "(devel)"},
		{"(devel)", stamped("false"), "(untagged) commit 0123456789ab of 2026-11-29"},
		{made + "+dirty", stamped("true"), "(untagged) commit 0123456789ab of 2026-11-29, changed since"},
		{made, nil, made}, // as go install has it: the commit is in it
		{"v1.2.3", stamped("false"), "v1.2.3"},
		{"v1.2.3-rc.1", stamped("false"), "v1.2.3-rc.1"},
		{"", []debug.BuildSetting{{Key: "vcs.revision", Value: "01"}}, "(untagged) commit 01 of "},
	} {
		info := &debug.BuildInfo{Main: debug.Module{Version: c.version}, Settings: c.settings}
		if got := versionOf(info); got != c.want {
			t.Errorf("%q: %q, want %q", c.version, got, c.want)
		}
	}
}
