package local

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"

	"seedvault/escrow"
)

// Vault is what is configured for the vault at one path.
type Vault struct {
	Path        string   `json:"path"`
	Fingerprint string   `json:"fingerprint"`          // 64 hexadecimal digits
	Recipient   string   `json:"recipient,omitempty"`  // age1...
	Refused     []string `json:"refused,omitempty"`    // fingerprints
	Identities  []string `json:"identities,omitempty"` // files that open it unasked
}

// Pin returns the vault's pin.
func (v Vault) Pin() (escrow.Pin, error) {
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
//	{"vaults": [{"path": ..., "fingerprint": ..., "recipient": ...,
//	             "refused": [...], "identities": [...]}]}
//
// Fields that this version does not know are kept.
type Config struct {
	places Places
	file   map[string]json.RawMessage
	vaults []map[string]json.RawMessage
}

// ErrConfig is returned for a configuration file that cannot be read.
var ErrConfig = errors.New("invalid configuration file")

// ConfigFile is the configuration file's path.
func (p Places) ConfigFile() string { return filepath.Join(p.Config, "config.json") }

// KeyFile is the path of a key kept on this PC.
func (p Places) KeyFile(name string) string { return filepath.Join(p.Config, "keys", name+".txt") }

// Load reads the configuration; a missing one is empty.
func (p Places) Load() (*Config, error) {
	c := &Config{places: p, file: map[string]json.RawMessage{}}
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

// Find returns what is configured for a path, and whether anything is.
func (c *Config) Find(path string) (Vault, bool, error) {
	i := c.index(path)
	if i < 0 {
		return Vault{}, false, nil
	}
	var v Vault
	data, err := json.Marshal(c.vaults[i])
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		return Vault{}, false, ErrConfig
	}
	return v, true, nil
}

func (c *Config) index(path string) int {
	return slices.IndexFunc(c.vaults, func(m map[string]json.RawMessage) bool {
		var have string
		return json.Unmarshal(m["path"], &have) == nil && have == path
	})
}

// Save configures a vault, in place of what was configured for its path, and
// writes the file.
func (c *Config) Save(v Vault) error {
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
		for _, known := range []string{"path", "fingerprint", "recipient", "refused", "identities"} {
			delete(c.vaults[i], known)
		}
		for k, value := range fresh {
			c.vaults[i][k] = value
		}
	}
	if c.file["vaults"], err = json.Marshal(c.vaults); err != nil {
		return err
	}
	out, err := json.MarshalIndent(c.file, "", "  ")
	if err != nil {
		return err
	}
	return write(c.places.ConfigFile(), append(out, '\n'))
}
