package session

import (
	"context"
	"path"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// Loss is a seed's file that is missing or damaged, with all that this machine and the
// copies at hand tell of it.
type Loss struct {
	escrow.Finding
	Title string    // issuer and account, "" where nothing tells
	Added time.Time // when this machine has added it, zero if it has not
	Copy  string    // the copy at hand that has it whole, "" for none
}

// Losses returns, of what was found, the seeds' files that are missing or damaged, each
// once. Opened, the copies at hand tell which seeds they are.
func (v *Vault) Losses(ctx context.Context, o *escrow.Opened, found []escrow.Finding) []Loss {
	var losses []Loss
	named := map[string]bool{}
	for _, f := range found {
		if f.Code.Incomplete() && escrow.PartOf(f.Path) == escrow.PartSeed && !named[f.Path] {
			named[f.Path] = true
			losses = append(losses, Loss{Finding: f})
		}
	}
	if len(losses) == 0 {
		return nil
	}
	added := v.Place.Memory().DepositedOn()
	for i := range losses {
		losses[i].Added = added[losses[i].Path]
	}
	if home, ok := v.Home(); ok {
		for _, c := range v.Place.conf.Copies {
			home.tellFrom(ctx, c, o, losses)
		}
	}
	return losses
}

// tellFrom looks into a copy for what is lost.
func (h *Home) tellFrom(ctx context.Context, c local.Copy, o *escrow.Opened, losses []Loss) {
	h.onCopy(ctx, c, func(ctx context.Context, there copies.Store, alive func()) (r copies.Result, err error) {
		for i := range losses {
			l := &losses[i]
			data, whole := copies.ReadWhole(there, l.Path)
			if alive(); !whole || l.Copy != "" {
				continue
			}
			l.Copy = c.Name
			if o == nil {
				continue
			}
			if seed, err := o.Peek(l.Path, data); err == nil {
				l.Title = seedlist.TitleOf(seed, escrow.Receipt{})
			}
		}
		return r, ctx.Err()
	})
}

// Called is what a person calls it: by issuer and account where anything tells.
func (l Loss) Called(voice say.Voice) string {
	receipt := ReceiptOf(l.Path)
	switch {
	case l.Title != "":
		return voice.Text(words.LostNamed, l.Title, receipt)
	case !l.Added.IsZero():
		return voice.Text(words.LostOwn, l.Added.Format(time.DateOnly), receipt)
	case l.Red:
		return voice.Text(words.LostAccepted)
	}
	return voice.Text(words.LostWaiting)
}

// ReceiptOf is the receipt of a seed's file, as its name has it.
func ReceiptOf(name string) string {
	base := path.Base(name)
	return base[:min(len(base), len(escrow.Receipt{}.String()))]
}

// remarkLosses names what is lost, and where it still is.
func (v *Vault) remarkLosses(losses []Loss) {
	voice := v.Place.world.Voice
	for _, l := range losses {
		called, what, at := l.Called(voice), voice.Text(words.FindingCodes.Of(string(l.Code))), console.Safe(l.Path, 0)
		if l.Copy != "" {
			voice.Remark(words.SeedLostCopy, called, what, l.Copy, l.Copy, at)
		} else {
			voice.Remark(words.SeedLost, called, what, at)
		}
	}
}
