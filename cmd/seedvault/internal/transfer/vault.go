package transfer

import (
	"context"
	"path/filepath"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
)

// vaultFormat is what another vault is called in a ledger, and where its seeds come
// from.
const vaultFormat = "seedvault"

// isVault reports whether a folder holds a vault.
func isVault(path string) bool {
	dir, err := escrow.OpenDir(path)
	if err != nil {
		return false
	}
	defer dir.Close()
	_, err = escrow.Open(dir, nil)
	return err == nil
}

// vault reads another vault. Accepted seeds are taken with everything in their records, under
// new ids; seeds that nobody has accepted, or that are lost, are refused.
func (r *Reader) vault(ctx context.Context, path string) error {
	whole, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	r.World.Voice.Remark(words.OpeningOther, console.Safe(path, 0))
	s, err := contents.OpenSeeds(ctx, r.World, place.Choice{Vault: whole, Keys: r.Keys})
	if err != nil {
		return err
	}
	defer s.Close()
	r.found.Files = append(r.found.Files, File{Source: path, Format: vaultFormat})
	for i, e := range s.Entries {
		item := exchange.Item{
			Source: path, Format: vaultFormat, Position: exchange.Position{Kind: exchange.AtEntry, N: i + 1},
			Label: seedlist.Title(e), Record: RecordOf(e.Seed),
		}
		if e.Status != escrow.Accepted {
			item.Record, item.Err = exchange.Record{}, say.Fail(words.NotAcceptedThere).WithHint(words.HintNotAcceptedThere)
		}
		r.found.whole[r.found.Ledger.Len()] = come(e.Seed)
		r.found.Ledger.Enter(item)
	}
	for _, l := range s.Lost {
		r.found.Ledger.Enter(exchange.Item{
			Source: path, Format: vaultFormat, Label: l.Name(r.World.Voice),
			Err: say.Fail(words.LostThere).WithHint(words.HintLostThere),
		})
	}
	return nil
}

// come returns a seed of another vault as it is saved in this one.
func come(s escrow.Seed) escrow.Seed {
	if s.Origin() == "" {
		s = s.With("origin", vaultFormat)
	}
	return s.Renewed()
}

// Seed makes the seed of the item with that number, with details that all seeds get.
func (f *Found) Seed(n int, all escrow.Details) (escrow.Seed, error) {
	s, ok := f.whole[n]
	if !ok {
		return SeedOf(f.Ledger.Item(n).Record, all)
	}
	if len(all.Tags) > 0 {
		s = s.With("tag", append(s.Tags(), all.Tags...)...)
	}
	if len(all.Notes) > 0 {
		s = s.With("note", append(s.Notes(), all.Notes...)...)
	}
	return s, nil
}
