package transfer

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/qr/scan"
)

// IsExport reports whether a name belongs to import rather than to add: an export, a list, a
// folder with such files, or another vault, and not a picture or lines from a pipe. It reads
// standard input to find out, and puts back what it has read.
func IsExport(w *world.World, name string) bool {
	if name == "-" {
		return isExportInput(w)
	}
	return slices.ContainsFunc(w.PastedPaths(name), isExportPath)
}

// isExportInput reports whether standard input is something other than addresses and
// links, one a line.
func isExportInput(w *world.World) bool {
	if w.Attended() {
		return false
	}
	data, err := io.ReadAll(io.LimitReader(w.In, exchange.MaxInput+1))
	w.In = io.MultiReader(bytes.NewReader(data), w.In)
	if err != nil || scan.IsPicture(data) {
		return false
	}
	f, err := formats.Recognise(formats.NewFile("-", data))
	return err == nil && f.Name != "uris" && f.Name != "google"
}

func isExportPath(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return false
	case info.IsDir():
		return isExportFolder(path)
	case !info.Mode().IsRegular(): // a pipe is read once
		return true
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	start, err := io.ReadAll(io.LimitReader(f, 1024))
	return err == nil && len(start) > 0 && !scan.IsPicture(start)
}

func isExportFolder(path string) bool {
	if isVault(path) {
		return true
	}
	entries, err := os.ReadDir(path)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && isExportPath(filepath.Join(path, e.Name()))
	})
}

// InClear returns the files that hold seeds unencrypted.
func (f *Found) InClear() (files []string) {
	for _, file := range f.Files {
		_, err := os.Stat(file.Source)
		if err == nil && file.Err == nil && file.Format != vaultFormat && !file.isEncrypted() && !slices.Contains(files, file.Source) {
			files = append(files, file.Source)
		}
	}
	return files
}

// Several returns the names of files, for a sentence.
func Several(voice say.Voice, files []string) string {
	var names []string
	for _, f := range files {
		names = append(names, console.Safe(f, 60))
	}
	return some(voice, names)
}
