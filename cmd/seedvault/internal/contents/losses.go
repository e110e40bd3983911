package contents

import (
	"context"
	"path"
	"slices"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// Loss is a seed's file that is missing or damaged, with what this machine and the copies
// within reach know of it.
type Loss struct {
	escrow.Finding
	Title string    // issuer and account, "" where nothing tells
	Added time.Time // when this machine has added it, zero if it has not
	Copy  string    // the copy at hand that has it whole, "" for none
	Home  string    // where a copy was read: the vault's folder, if that has it whole
}

// Losses returns the seeds' files that are missing or damaged according to the findings,
// each once. If o is not nil, the copies within reach tell which seeds these are.
func Losses(ctx context.Context, v *session.Vault, o *escrow.Opened, found []escrow.Finding) []Loss {
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
	var reach *upkeep.Copies
	if home, ok := v.Home(); ok {
		reach = home.Copies()
	} else if v.Copied() && v.Place.Pinned() { // a copy was read: the vault and the others may have it
		lookIntoPlace(v.Place.Path, o, losses)
		reach = upkeep.New(upkeep.Original{Place: v.Place})
	} else {
		return losses
	}
	for _, c := range v.Place.Copies() {
		reach.LookInto(ctx, c, func(there copies.Store, alive func()) { lookInto(there, alive, c.Name, o, losses) })
	}
	return losses
}

// lookIntoPlace searches the vault's own folder for the lost files.
func lookIntoPlace(path string, o *escrow.Opened, losses []Loss) {
	dir, err := escrow.OpenDir(path)
	if err != nil {
		return
	}
	defer dir.Close()
	for i := range losses {
		if data, whole := copies.ReadWhole(dir, losses[i].Path); whole {
			losses[i].Home = path
			losses[i].identify(o, data)
		}
	}
}

// identify reads which seed it is from the content of the lost file, which a copy has.
func (l *Loss) identify(o *escrow.Opened, data []byte) {
	if o == nil {
		return
	}
	if seed, err := o.Peek(l.Path, data); err == nil {
		l.Title = seedlist.TitleOfSeed(seed, escrow.Receipt{})
	}
}

// lookInto searches a copy for the lost files.
func lookInto(there copies.Store, alive func(), name string, o *escrow.Opened, losses []Loss) {
	for i := range losses {
		l := &losses[i]
		data, whole := copies.ReadWhole(there, l.Path)
		if alive(); !whole || l.Copy != "" {
			continue
		}
		l.Copy = name
		l.identify(o, data)
	}
}

// Name returns issuer and account of the lost seed or, if they are unknown, whatever else
// identifies it.
func (l Loss) Name(voice say.Voice) string {
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

// ReceiptOf returns the receipt in the name of a seed's file.
func ReceiptOf(name string) string {
	base := path.Base(name)
	return base[:min(len(base), len(escrow.Receipt{}.String()))]
}

// mostLosses is how many losses are named where not all are: check names all of them.
const mostLosses = 20

// remarkLosses names what is lost, and where it still is: what was accepted first, since of
// anything else whoever can write to the vault's folder may have planted thousands.
func remarkLosses(voice say.Voice, losses []Loss) {
	losses = slices.Clone(losses)
	slices.SortStableFunc(losses, func(a, b Loss) int {
		switch {
		case a.Red == b.Red:
			return 0
		case a.Red:
			return -1
		}
		return 1
	})
	for i, l := range losses {
		if i == mostLosses {
			voice.Remark(words.SeedsLostMore, len(losses)-i)
			return
		}
		called, what, at := l.Name(voice), voice.Text(words.FindingCodes.Of(string(l.Code))), console.Safe(l.Path, 0)
		switch {
		case l.Home != "":
			voice.Remark(words.SeedLostVault, called, what, console.Safe(l.Home, 0), at)
		case l.Copy != "":
			voice.Remark(words.SeedLostCopy, called, what, l.Copy, l.Copy, at)
		default:
			voice.Remark(words.SeedLost, called, what, at)
		}
	}
}
