package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What a command shows on a terminal is broken into lines by the length of the paths in it.
// So every script is played below a path of one length, whatever the length of the folder
// for temporary files and of this checkout: a script that holds with it holds everywhere.
// Zone and clock are fixed in the same way: .ci/slow plays the scripts with all lengths in
// which lines can break otherwise, and with other zones and clocks.
var (
	folderLength = flag.Int("folder-length", 30, "play the scripts in a folder whose path has so many bytes")
	zone         = flag.String("zone", "UTC", "play the scripts in this time zone")
	ahead        = flag.Duration("ahead", 0, "play the scripts with clocks that are so far ahead")
)

// scriptAhead names the variable with how far the clocks in scripts are ahead.
const scriptAhead = "SEEDVAULT_TEST_AHEAD"

// scriptTime returns what the clocks in scripts say.
func scriptTime() time.Time { return time.Now().Add(*ahead) }

// scriptFolder makes the folder in which scripts are played, and removes it after the test.
func scriptFolder(t *testing.T) string {
	t.Helper()
	places := []string{os.TempDir(), "/tmp"}
	for _, place := range places {
		place, err := filepath.EvalSymlinks(place)
		if err != nil || *folderLength-len(place)-1 < shortestName {
			continue
		}
		path, err := emptyFolder(place, *folderLength-len(place)-1)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if !keepsWork() {
				removeTree(path)
			}
		})
		return path
	}
	t.Fatalf("no folder with a path of %d bytes can be made in %q", *folderLength, places)
	return ""
}

// shortestName is how long a folder's name must be for several test runs to have their own.
const shortestName = 5

// emptyFolder makes a new folder whose name has n letters. It has no digits and none of the
// letters that words have in common, so that no pattern of a script fits it.
func emptyFolder(place string, n int) (string, error) {
	const letters = "jqxz"
	for number := range 1 << 16 {
		name := []byte(strings.Repeat(letters[:1], n))
		for i, rest := n-1, os.Getpid()+number; i > 0 && rest > 0; i, rest = i-1, rest/len(letters) {
			name[i] = letters[rest%len(letters)]
		}
		path := filepath.Join(place, string(name))
		err := os.Mkdir(path, 0o700)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return path, err
		}
	}
	return "", fs.ErrExist
}

// keepsWork reports whether testscript's own flag asks for the folders of the scripts.
func keepsWork() bool {
	f := flag.Lookup("testwork")
	return f != nil && f.Value.String() == "true"
}

// removeTree removes a folder, and what a script has made read-only in it.
func removeTree(path string) {
	filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			os.Chmod(path, 0o700)
		}
		return nil
	})
	os.RemoveAll(path)
}

// TestScriptFolder: the folder's path is as long as asked for, and nobody else has it.
func TestScriptFolder(t *testing.T) {
	before := *folderLength
	defer func() { *folderLength = before }()
	seen := map[string]bool{}
	for _, *folderLength = range []int{len(os.TempDir()) + 1 + shortestName, 60, 60, before} {
		path := scriptFolder(t)
		if len(path) != *folderLength || seen[path] {
			t.Errorf("%s has %d bytes, want %d; seen before: %t", path, len(path), *folderLength, seen[path])
		}
		seen[path] = true
	}
}
