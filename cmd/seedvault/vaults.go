package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// vaultNamed is the path of the vault that the configuration has by a name, "" for
// none: a path is no name.
func (p *program) vaultNamed(name string) string {
	if escrow.CheckName(name) != nil {
		return ""
	}
	places, err := p.places()
	if err != nil {
		return ""
	}
	config, err := places.Load()
	if err != nil {
		return ""
	}
	return config.Named(name)
}

// placeNamed has init and open work on a vault of the name that --as gives, in a
// folder of its own where none was named.
func (p *program) placeNamed(c *cli.Context) error {
	name := c.String("as")
	if name == "" {
		return nil
	}
	if err := escrow.CheckName(name); err != nil {
		return err
	}
	if path := p.vaultNamed(name); path != "" {
		return say.Fail(words.VaultNameTaken, name, console.Safe(path, 0)).WithHint(words.HintVaultNameTaken)
	}
	if c.String("vault") != "" {
		return nil
	}
	places, err := p.places()
	if err != nil {
		return err
	}
	return c.Set("vault", places.NamedVault(name))
}

// keepName gives the vault the name that --as gives.
func (s *site) keepName(c *cli.Context) error {
	if c.String("as") == "" {
		return nil
	}
	return s.config.Update(s.path, func(v *local.Vault) { v.Name = c.String("as") })
}

// everyVault runs a command on one vault after the other. What is wrong with one
// keeps nobody from the others.
func (p *program) everyVault(c *cli.Context, run func(*cli.Context) error) error {
	places, err := p.places()
	if err != nil {
		return err
	}
	config, err := places.Load()
	if err != nil {
		return err
	}
	vaults, err := config.Vaults()
	if err != nil {
		return err
	}
	if len(vaults) == 0 {
		return say.Fail(words.NoVault, console.Safe(places.Data, 0)).WithHint(words.HintNoVault)
	}
	all := []vaultAnswer{}
	var worst error
	for _, v := range vaults {
		answer, err := p.onVault(c, v, run)
		all = append(all, answer)
		var found *foundError
		if err != nil && !errors.As(err, &found) {
			p.Tell(explain(err))
			worst = say.Fail(words.SomeVaults).WithHint(words.HintSomeVaults)
		} else if worst == nil {
			worst = err
		}
	}
	if c.Bool("json") {
		if err := p.writeJSON(all); err != nil {
			return err
		}
	}
	return worst
}

// vaultAnswer is what a command said of one vault, with --json.
type vaultAnswer struct {
	Vault  string          `json:"vault"` // its name, if it has one
	Path   string          `json:"path"`
	Answer json.RawMessage `json:"answer,omitempty"` // as the command gives it for one vault
}

func (p *program) onVault(c *cli.Context, v local.Vault, run func(*cli.Context) error) (vaultAnswer, error) {
	answer := vaultAnswer{Vault: v.Name, Path: v.Path}
	if err := c.Set("vault", v.Path); err != nil {
		return answer, err
	}
	if !c.Bool("json") {
		called := v.Name
		if called == "" {
			called = "-"
		}
		p.Say(words.VaultTitle, called, console.Safe(v.Path, 0))
		return answer, run(c)
	}
	var out bytes.Buffer
	kept := p.Out
	p.Out = io.Writer(&out)
	err := run(c)
	p.Out = kept
	if json.Valid(out.Bytes()) {
		answer.Answer = out.Bytes()
	}
	return answer, err
}
