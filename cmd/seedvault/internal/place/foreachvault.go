package place

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// vaultAnswer is the answer of a command about one vault, with --all-vaults --json.
type vaultAnswer struct {
	Vault  string          `json:"vault"` // its name, if it has one
	Path   string          `json:"path"`
	Answer json.RawMessage `json:"answer,omitempty"` // as the command gives it for one vault
}

// ForEachVault runs a command on each configured vault, continuing after failures. It returns
// the general error if any run failed, else the first [say.ErrFound].
func ForEachVault(w *world.World, choice Choice, asJSON bool, run func(*world.World, Choice) error) error {
	vaults, err := configuredVaults(w)
	if err != nil {
		return err
	}
	answers := []vaultAnswer{}
	var worst error
	for _, of := range vaults {
		answer, err := onVault(w, choice, asJSON, of, run)
		answers = append(answers, answer)
		if err != nil && !errors.Is(err, say.ErrFound) {
			w.Voice.Tell(explain.Error(err))
			worst = say.Fail(words.SomeVaults).WithHint(words.HintSomeVaults)
		} else if worst == nil {
			worst = err
		}
	}
	if asJSON {
		if err := w.WriteJSON(answers); err != nil {
			return err
		}
	}
	return worst
}

// onVault runs a command on one vault, for [ForEachVault].
func onVault(w *world.World, choice Choice, asJSON bool, of local.VaultConfig, run func(*world.World, Choice) error) (vaultAnswer, error) {
	answer := vaultAnswer{Vault: of.Name, Path: of.Path}
	choice.Vault = of.Path
	if !asJSON {
		w.Voice.Say(words.VaultTitle, cmp.Or(of.Name, "-"), console.Safe(of.Path, 0))
		return answer, run(w, choice)
	}
	var out bytes.Buffer
	err := run(w.Answering(&out), choice)
	if json.Valid(out.Bytes()) {
		answer.Answer = out.Bytes()
	}
	return answer, err
}
