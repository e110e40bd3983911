package local

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"seedvault/escrow"
)

// VaultConfig is the configuration of the vault at one path.
type VaultConfig struct {
	Path        string        `json:"path"`
	Name        string        `json:"name,omitempty"`       // what --vault may call it
	Fingerprint string        `json:"fingerprint"`          // 64 hexadecimal digits
	Recipient   string        `json:"recipient,omitempty"`  // age1...
	Refused     []string      `json:"refused,omitempty"`    // fingerprints
	Identities  []string      `json:"identities,omitempty"` // files that open it unasked
	Keyring     []string      `json:"keyring,omitempty"`    // names of keys in the system's keyring that do
	KeysHere    []string      `json:"keysHere,omitempty"`   // ids of holders that a person here said are kept on this PC
	Copies      []Copy        `json:"copies,omitempty"`
	Next        *AnnouncedPin `json:"next,omitempty"`       // of a rotation that has not ended
	Remembered  bool          `json:"remembered,omitempty"` // there was a memory: if there is none now, it was lost
}

// Copy is where a copy of the vault lies for this machine. Its id, its name and where it is
// kept are the same as in the vault's records.
type Copy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"` // as in the vault's records: folder, kit, git or rclone
	Kept string `json:"kept,omitempty"`
	Path string `json:"path"` // of the folder or the kit, or the address
}

// AnnouncedPin is the pin of the epoch that a rotation on this machine has announced. By it the
// machine recognises its own rotation if it was interrupted before the pin was replaced.
type AnnouncedPin struct {
	Fingerprint string `json:"fingerprint"`
	Recipient   string `json:"recipient"`
}

// Follow makes a pin the one under which this machine writes. It clears the announced pin of a
// rotation, and takes back a refusal of this one.
func (v *VaultConfig) Follow(p escrow.Pin) {
	v.Fingerprint, v.Recipient, v.Next = p.Fingerprint.Hex(), p.Recipient, nil
	v.Refused = slices.DeleteFunc(v.Refused, func(fp string) bool { return fp == v.Fingerprint })
}

// Refuse records that a person has refused the epoch with a fingerprint.
func (v *VaultConfig) Refuse(fp escrow.Fingerprint) {
	if !slices.Contains(v.Refused, fp.Hex()) {
		v.Refused = append(v.Refused, fp.Hex())
	}
}

// Pin returns the vault's pin.
func (v VaultConfig) Pin() (escrow.Pin, error) {
	fp, err := escrow.ParseFingerprint(v.Fingerprint)
	if err != nil {
		return escrow.Pin{}, err
	}
	p := escrow.Pin{Fingerprint: fp, Recipient: v.Recipient}
	for _, r := range v.Refused {
		fp, err := escrow.ParseFingerprint(r)
		if err != nil {
			return escrow.Pin{}, err
		}
		p.Refused = append(p.Refused, fp)
	}
	return p, nil
}

// Config is the configuration file, config.json:
//
//	{"vaults": [{"path": ..., "name": ..., "fingerprint": ..., "recipient": ...,
//	             "refused": [...], "identities": [...], "keyring": [...],
//	             "copies": [{"id": ..., "name": ..., "kind": "folder", "kept": ..., "path": ...}],
//	             "next": {"fingerprint": ..., "recipient": ...}, "remembered": true}]}
//
// Fields that this version does not know are kept.
type Config struct {
	folders Folders
	file    map[string]json.RawMessage
	vaults  []map[string]json.RawMessage
}

// ErrConfig is returned for a configuration file that is not one.
var ErrConfig = errors.New("invalid configuration file")

// ConfigFile returns the configuration file's path.
func (p Folders) ConfigFile() string { return filepath.Join(p.Config, "config.json") }

// KeyFile returns the path of a key kept on this PC.
func (p Folders) KeyFile(name string) string { return filepath.Join(p.Config, "keys", name+".txt") }

// Load reads the configuration; a missing one is empty.
func (p Folders) Load() (*Config, error) {
	c := &Config{folders: p, file: map[string]json.RawMessage{}}
	data, err := read(p.ConfigFile())
	if err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return c, nil
	}
	if json.Unmarshal(data, &c.file) != nil {
		return nil, ErrConfig
	}
	if vaults, ok := c.file["vaults"]; ok && json.Unmarshal(vaults, &c.vaults) != nil {
		return nil, ErrConfig
	}
	return c, nil
}

// Vaults returns every vault that is configured, in the order in which they came.
func (c *Config) Vaults() ([]VaultConfig, error) {
	var list []VaultConfig
	data, err := json.Marshal(c.vaults)
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, ErrConfig
	}
	return list, nil
}

// Named returns the path of the vault that has a name, "" if none has it.
func (c *Config) Named(name string) string {
	list, _ := c.Vaults()
	for _, v := range list {
		if v.Name == name && name != "" {
			return v.Path
		}
	}
	return ""
}

// Find returns the configuration of the vault at a path, and reports whether there is one.
func (c *Config) Find(path string) (VaultConfig, bool, error) {
	i := c.index(path)
	if i < 0 {
		return VaultConfig{}, false, nil
	}
	var v VaultConfig
	data, err := json.Marshal(c.vaults[i])
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		return VaultConfig{}, false, ErrConfig
	}
	return v, true, nil
}

func (c *Config) index(path string) int {
	return slices.IndexFunc(c.vaults, func(m map[string]json.RawMessage) bool {
		var have string
		return json.Unmarshal(m["path"], &have) == nil && have == path
	})
}

// Update changes the configuration of the vault at a path, or begins one, and writes the file.
// It locks the file and reads it anew before the change, so that what other processes have
// written stays. On a file system without locks it goes on without.
func (c *Config) Update(path string, change func(*VaultConfig)) error {
	if _, err := MakeFolder(c.folders.Config); err != nil {
		return err
	}
	held, err := openRegular(c.folders.ConfigFile()+".lock", os.O_RDWR|os.O_CREATE)
	if err != nil {
		return err
	}
	defer held.Close() // which unlocks it
	if err := lock(held); err != nil && !isNoLock(err) {
		return err
	}
	now, err := c.folders.Load()
	if err != nil {
		return err
	}
	v, _, err := now.Find(path)
	if err != nil {
		return err
	}
	v.Path = path
	change(&v)
	if err := now.put(v); err != nil {
		return err
	}
	*c = *now
	return nil
}

// isNoLock reports whether a file system has no locks.
func isNoLock(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK)
}

// HasLocks reports whether the file system of the configuration has locks. Without them, of
// two commands that change the configuration at once, each may undo the other's change.
func (p Folders) HasLocks() bool {
	held, err := openRegular(p.ConfigFile()+".lock", os.O_RDWR|os.O_CREATE)
	if err != nil {
		return true // whatever that is, whoever writes the configuration says it
	}
	defer held.Close()
	return !isNoLock(lock(held))
}

// put writes the file with this configuration in place of the previous one for its path.
func (c *Config) put(v VaultConfig) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	fresh := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &fresh); err != nil {
		return err
	}
	i := c.index(v.Path)
	if i < 0 {
		c.vaults = append(c.vaults, fresh)
	} else {
		for _, known := range []string{"path", "name", "fingerprint", "recipient", "refused", "identities", "keyring", "copies", "next", "remembered"} {
			delete(c.vaults[i], known)
		}
		maps.Copy(c.vaults[i], fresh)
	}
	if c.file["vaults"], err = json.Marshal(c.vaults); err != nil {
		return err
	}
	out, err := json.MarshalIndent(c.file, "", "  ")
	if err != nil {
		return err
	}
	return write(c.folders.ConfigFile(), append(out, '\n'))
}
