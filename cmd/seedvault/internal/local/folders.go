// Package local reads and writes the files in which one machine keeps what it knows of all its
// vaults, outside them: where a vault lies, its pin and recipient, which identity files open it,
// what this machine deposited, and what it has seen. Which vault a command means, and what is
// known of that one, package place finds out.
//
// Start with [FindFolders] and [Folders.Load]. Folders are 0700 and files 0600. Where all of it
// is lost, the person has to compare the vault's fingerprint again before this machine trusts
// it, the key kept on this PC is gone, and an older copy in the vault's place goes unnoticed. No
// seed is ever written here.
package local

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"runtime"
)

// ErrNoHome is returned where the environment names no home folder.
var ErrNoHome = errors.New("no home folder: HOME is not set")

// Folders are the folders of this machine and user.
type Folders struct {
	Config string // configuration and the keys kept on this PC
	State  string // what was deposited and seen
	Data   string // the vault, by default
}

// FindFolders returns this user's folders, from the environment: the XDG base directories on
// Linux and the like, and on macOS where XDG_DATA_HOME is set, else the usual places on macOS
// and Windows.
func FindFolders(env func(string) string) (Folders, error) { return find(runtime.GOOS, env) }

func find(system string, env func(string) string) (Folders, error) {
	switch system {
	case "windows":
		roaming, local := env("AppData"), env("LocalAppData")
		if roaming == "" || local == "" {
			return Folders{}, ErrNoHome
		}
		return Folders{
			Config: filepath.Join(roaming, "seedvault"),
			State:  filepath.Join(local, "seedvault", "state"),
			Data:   filepath.Join(local, "seedvault", "vault"),
		}, nil
	case "darwin":
		if home := env("HOME"); filepath.IsAbs(home) && env("XDG_DATA_HOME") == "" {
			support := filepath.Join(home, "Library", "Application Support", "seedvault")
			return Folders{Config: support, State: filepath.Join(support, "state"), Data: filepath.Join(support, "vault")}, nil
		}
	}
	config, err1 := base(env, "XDG_CONFIG_HOME", ".config")
	state, err2 := base(env, "XDG_STATE_HOME", ".local/state")
	data, err3 := base(env, "XDG_DATA_HOME", ".local/share")
	return Folders{config, state, data}, errors.Join(err1, err2, err3)
}

// base returns a base directory of the XDG specification, which says that a
// relative one is to be ignored.
func base(env func(string) string, variable, fallback string) (string, error) {
	if dir := env(variable); filepath.IsAbs(dir) {
		return filepath.Join(dir, "seedvault"), nil
	}
	home := env("HOME")
	if !filepath.IsAbs(home) {
		return "", ErrNoHome
	}
	return filepath.Join(home, filepath.FromSlash(fallback), "seedvault"), nil
}

// NamedVault returns the folder of a vault that was given a name and no place.
func (p Folders) NamedVault(name string) string { return p.Data + "-" + name }

// VaultPath returns the one form of a path under which a pin is stored: absolute, clean, and
// without links as far as the path exists. It is the same before and after the folder is made.
func VaultPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return withoutLinks(abs), nil
}

func withoutLinks(abs string) string {
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	parent := filepath.Dir(abs)
	if parent == abs {
		return abs
	}
	return filepath.Join(withoutLinks(parent), filepath.Base(abs))
}

// stateDir returns the folder of what is remembered of the vault at a path.
func (p Folders) stateDir(vault string) string {
	sum := sha256.Sum256([]byte(vault))
	return filepath.Join(p.State, hex.EncodeToString(sum[:8]))
}
