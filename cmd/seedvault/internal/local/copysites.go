package local

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// CopySite is a place for a copy that was found on this machine.
type CopySite struct {
	Name      string // as the person knows it: a stick's label, a service's name
	Path      string
	Removable bool // a stick or a disk; else a folder that a program carries away
}

// FindCopySites looks for removable media that are plugged in and for folders that
// are synchronized with another place, media first.
func FindCopySites(env func(string) string) []CopySite {
	return append(media(runtime.GOOS, env), synced(env)...)
}

// media lists what is mounted where the system mounts sticks and disks. A folder left there by
// a stick that was pulled out does not count.
func media(system string, env func(string) string) []CopySite {
	var found []CopySite
	for _, pattern := range mediaFolders(system, env) {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			if isMount(path) && writable(path) {
				found = append(found, CopySite{Name: filepath.Base(path), Path: path, Removable: true})
			}
		}
	}
	return append(found, removableDrives()...)
}

func mediaFolders(system string, env func(string) string) []string {
	if system == "darwin" {
		return []string{"/Volumes/*"}
	}
	folders := []string{"/media/*"}
	if user := env("USER"); user != "" && !strings.ContainsAny(user, `/\*?[`) {
		folders = append(folders, "/media/"+user+"/*", "/run/media/"+user+"/*")
	}
	return folders
}

// syncedFolders are the usual places, below the home folder, of folders that a
// program carries to another place.
var syncedFolders = []string{
	"Dropbox", "OneDrive*", "Google Drive", "GoogleDrive", "Nextcloud", "ownCloud", "Sync", "Syncthing", "MEGA", "pCloudDrive", "Box",
	"Library/Mobile Documents/com~apple~CloudDocs", "Library/CloudStorage/*", "iCloudDrive",
}

func synced(env func(string) string) []CopySite {
	home := env("HOME")
	if home == "" {
		home = env("USERPROFILE")
	}
	if !filepath.IsAbs(home) || strings.ContainsAny(home, "*?[") {
		return nil
	}
	var found []CopySite
	for _, folder := range syncedFolders {
		paths, _ := filepath.Glob(filepath.Join(home, filepath.FromSlash(folder)))
		slices.Sort(paths)
		for _, path := range paths {
			if info, err := os.Stat(path); err == nil && info.IsDir() && inUse(path) && writable(path) {
				found = append(found, CopySite{Name: syncedName(path), Path: path})
			}
		}
	}
	return found
}

// inUse reports whether a folder holds anything besides our own files: a synchronizing program
// leaves marks there, and a folder that only has such a program's name is synchronized by
// none.
func inUse(path string) bool {
	entries, err := os.ReadDir(path)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != OwnFolder })
}

// syncedName returns what a person calls a synchronized folder.
func syncedName(path string) string {
	if base := filepath.Base(path); base != "com~apple~CloudDocs" {
		return base
	}
	return "iCloud Drive"
}

// writable reports whether files can be made in a folder.
func writable(path string) bool {
	f, err := os.CreateTemp(path, ".tmp-")
	if err != nil {
		return false
	}
	f.Close()
	os.Remove(f.Name())
	return true
}

// SameDisk reports whether two folders would fail together: whether they lie on one device, as
// far as that can be seen. For a folder that does not exist yet its nearest existing parent
// decides.
func SameDisk(a, b string) bool { return sameDisk(existing(a), existing(b)) }

func existing(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || filepath.Dir(path) == path {
			return path
		}
		path = filepath.Dir(path)
	}
}
