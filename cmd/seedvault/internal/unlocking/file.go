package unlocking

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/key"
)

// File reads the identities of a key file, or the one that a sheet of paper has: in the lines
// that somebody has copied from it, or in a picture of its code. If they need a plugin that is
// not installed, that is an error.
func File(w *world.World, path string) ([]age.Identity, error) {
	f, err := openKeyFile(w, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ids, err := identitiesIn(f, asker{w: w, file: path})
	if errors.Is(err, key.ErrIdentityFile) {
		if id, paper := fromPaper(w, f); id != nil || paper != nil {
			return []age.Identity{id}, paper
		}
	}
	if err == nil {
		err = Installed(key.Plugins(ids))
	}
	return ids, err
}

// configuredFile reads one key file of this machine. Its identities are silent, or else all of
// them prompting: for those a person or a plugin has to do something.
func configuredFile(w *world.World, path string) (silent, prompting []age.Identity, err error) {
	f, err := openKeyFile(w, path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	silent, err = identitiesIn(f, nil)
	if !errors.Is(err, key.ErrIdentityLocked) && !errors.Is(err, key.ErrPluginIdentity) {
		return silent, nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	prompting, err = identitiesIn(f, asker{w: w, file: path, optional: true})
	return nil, prompting, err
}

// openKeyFile opens a key file, and warns if others can read it.
func openKeyFile(w *world.World, path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, explain.Unreadable(path, err)
	}
	warnIfShared(w, f)
	return f, nil
}

// identitiesIn reads a key file. If that needs a question and there is no asker, the error is
// key.ErrIdentityLocked or key.ErrPluginIdentity.
func identitiesIn(f *os.File, ask key.Asker) ([]age.Identity, error) {
	ids, err := key.ParseIdentities(f, ask)
	if errors.Is(err, key.ErrIdentityFile) {
		return nil, notAKeyFile(f.Name())
	}
	return ids, err
}

// fromPaper reads a key that somebody has copied line by line from a sheet into a file, or a
// picture of its QR code. It returns nil for any other file.
func fromPaper(w *world.World, f *os.File) (age.Identity, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil
	}
	text, err := io.ReadAll(io.LimitReader(f, secretLimit))
	if err == nil && key.LooksLikeIdentity(firstLine(string(text))) {
		return identityOf(strings.Split(string(text), "\n")...)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil
	}
	texts, _ := picture.How{}.Codes(context.Background(), w, f)
	for _, text := range texts {
		if key.LooksLikeIdentity(text) {
			return identityOf(text)
		}
	}
	return nil, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// identityOf makes an identity of the lines of a sheet's key.
func identityOf(lines ...string) (age.Identity, error) {
	text, err := key.ReadPaper(lines...)
	if err != nil {
		return nil, err
	}
	return key.ParseIdentity(text)
}

// notAKeyFile returns the error about a file that holds no key.
func notAKeyFile(path string) error {
	return say.Fail(words.NotAnIdentityFile, console.Safe(path, 0)).WithHint(words.HintIdentityFile).Wrapping(key.ErrIdentityFile)
}
