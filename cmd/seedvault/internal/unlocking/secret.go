package unlocking

import (
	"io"
	"os"
	"runtime"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// warnIfShared remarks on a key file that others on this machine can read.
func warnIfShared(w *world.World, f *os.File) {
	info, err := f.Stat()
	if err == nil && runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		w.Voice.Remark(words.SharedKeyFile, console.Safe(f.Name(), 0), console.Safe(f.Name(), 0))
	}
}

const secretLimit = 4 << 10

// SecretFile reads a passphrase or a key from a file; the line end after it is
// not part of it.
func SecretFile(w *world.World, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", explain.Unreadable(path, err)
	}
	defer f.Close()
	warnIfShared(w, f)
	text, err := ReadShort(f)
	return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"), err
}

// ReadShort reads a file that holds one passphrase, key or recipient.
func ReadShort(f *os.File) (string, error) { return readUpTo(f, secretLimit) }

// shareLimit is how long a share may be that somebody sends: armored, with the
// lines of 32 members.
const shareLimit = 128 << 10

// readUpTo reads a file, and fails if it is longer than the limit.
func readUpTo(f *os.File, limit int) (string, error) {
	data, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err != nil || len(data) > limit {
		return "", say.Fail(words.CannotRead, console.Safe(f.Name(), 0)).WithHint(words.HintCannotRead)
	}
	return world.Decoded(data), nil
}

// InputText returns standard input, without empty lines and the space around lines.
func InputText(w *world.World) (string, error) {
	lines, err := w.Lines()
	if err != nil {
		return "", say.Fail(words.InputUnreadable, explain.Reason(err)).WithHint(words.HintAddWhat)
	}
	text := ""
	for _, l := range lines {
		text += l.Text + "\n"
	}
	return text, nil
}
