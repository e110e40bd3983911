package escrow

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/staging"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/roster"
)

// HolderError says which holder cannot be given the new vault key.
type HolderError struct {
	Name string
	err  error
}

// Error says what is wrong, and nothing secret.
func (e *HolderError) Error() string {
	return fmt.Sprintf("failed to rotate: holder %s: %v", e.Name, e.err)
}

// Unwrap gives the reason.
func (e *HolderError) Unwrap() error { return e.err }

// StageRotation writes the next epoch as planned: a new vault key for those who stay,
// every accepted seed encrypted anew, and what became of each older file. Until it is
// published, and wherever the work is stopped, the old one is as it was: an error leaves
// nothing behind. Who keeps the new pin before publishing knows the new epoch again if
// the power goes just then. What was opened here still speaks of the old one afterwards:
// the caller opens the vault anew.
func (o *Opened) StageRotation(ctx context.Context, p *RotationPlan, now time.Time) (*Staged, error) {
	if err := o.changes.mayRotate(p.options.Join); err != nil {
		return nil, err
	}
	if len(p.Open()) > 0 {
		return nil, ErrUnanswered
	}
	if len(p.with(OutcomeStays)) == 0 {
		return nil, ErrNobodyLeft
	}
	if err := p.CheckMissing(); err != nil {
		return nil, err
	}
	r, err := newRotator(o.reader, p, now)
	if err != nil {
		return nil, err
	}
	if err := r.write(ctx); err != nil {
		r.b.Abandon()
		return nil, writeErrorOf(err)
	}
	return &Staged{r.b, r.done.Pin, &r.done}, nil
}

// Rotate stages a rotation and publishes it at once. An error that comes with a rotation
// is a [*WriteError] with Saved set: the epoch is there, and may not survive a power cut
// that comes now.
func (o *Opened) Rotate(ctx context.Context, p *RotationPlan, now time.Time) (*Rotation, error) {
	s, err := o.StageRotation(ctx, p, now)
	if err != nil {
		return nil, err
	}
	if err = s.Publish(ctx); err != nil && !s.b.Published {
		return nil, err
	}
	return s.done, err
}

// rotator writes the epoch that follows another.
type rotator struct {
	from *reader
	plan *RotationPlan
	now  time.Time
	b    *staging.Epoch
	desc format.Descriptor
	old  *epochs.Epoch
	said olderNotes
	done Rotation
}

func newRotator(from *reader, p *RotationPlan, now time.Time) (*rotator, error) {
	old := from.view.Pinned()
	hybrid := from.pin().PostQuantum()
	key, err := vaultkey.Generate(p.options.PostQuantum || hybrid)
	if err != nil {
		return nil, err
	}
	number := old.Number
	for _, e := range p.joined {
		number = max(number, e.Number)
	}
	if number == format.MaxNumber {
		return nil, errLastEpoch
	}
	d := format.Descriptor{Epoch: number + 1, Signer: key.Signer, RecipientSum: key.RecipientSum(), Previous: old.Fingerprint}
	fp := Fingerprint(format.Sum(d.Marshal()))
	pin := Pin{fp, key.Public(), from.view.Pin.Refused}
	b := newStaged(from.view.Files.FS, d.Epoch, pin, key, now, from.holder())
	r := &rotator{from: from, plan: p, now: now, b: b, desc: d, old: old, said: olderNotes{to: map[string]string{}}}
	r.done = Rotation{Pin: pin, Folder: b.Folder}
	return r, nil
}

// write writes everything in an order that leaves the seals for the end.
func (r *rotator) write(ctx context.Context) error {
	r.acceptRoot()
	for _, step := range []func() error{
		func() error { return putRootFiles(r.b, r.plan.options.Page) },
		r.putDescriptor,
		r.putHolders,
		r.putOtherRecords,
		func() error { return r.carrySeeds(ctx) },
		r.putOlderLists,
		r.putSeals,
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// acceptRoot takes over what the old seals list outside of any epoch.
func (r *rotator) acceptRoot() {
	for _, ref := range r.from.seals(r.old).Under("") {
		if _, _, isEpoch := format.ParseEpochFolder(folderOfPath(ref.Path)); !isEpoch {
			r.b.Seal.Accept(ref)
		}
	}
}

// putDescriptor writes vault.txt, the word of the old signer and of those of the
// other epochs that this one follows, and the older identities.
func (r *rotator) putDescriptor() error {
	text := r.desc.Marshal()
	if err := r.b.Put("vault.txt", text); err != nil {
		return err
	}
	for _, e := range r.followed() {
		key, name := r.from.keys[e.Folder], "vault.txt.sig-"+e.Folder
		if e == r.old {
			name = "vault.txt.sig"
		}
		if key == nil || e.Desc == nil || e.Desc.Unverified {
			continue
		}
		if err := r.b.Put(name, key.Sign(epochs.Namespace, text)); err != nil {
			return err
		}
	}
	var old bytes.Buffer
	for _, k := range r.olderKeys() {
		old.WriteString(k.Secret() + "\n")
	}
	file, err := r.b.Key.Encrypt(old.Bytes())
	if err != nil {
		return err
	}
	return r.b.Put("old.age", file)
}

// olderKeys gives the identity of the epoch that is left, of those that are
// joined and of every older one, newest first. Those whose epochs are not here
// come last: the folder may still arrive.
func (r *rotator) olderKeys() []*vaultkey.Key {
	var keys []*vaultkey.Key
	for _, e := range r.followed() {
		if key := r.from.keys[e.Folder]; key != nil {
			keys = append(keys, key)
		}
	}
	for _, e := range append([]*epochs.Epoch{r.old}, r.plan.joined...) {
		keys = append(keys, r.readOldKeys(e)...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(keys, func(k *vaultkey.Key) bool {
		again := seen[k.Secret()]
		seen[k.Secret()] = true
		return again
	})
}

// readOldKeys opens an epoch's old.age as far as it was sealed, from a copy if
// it is damaged here. The first epoch has none.
func (r *rotator) readOldKeys(e *epochs.Epoch) []*vaultkey.Key {
	name, sums := e.Folder+"/old.age", r.from.seals(e).Accepted(e.Folder+"/old.age")
	for _, sum := range sums {
		if data := r.content(format.Ref{Path: name, Sum: sum}); data != nil {
			if plain, err := r.from.keys[e.Folder].Decrypt(data); err == nil {
				if keys, err := vaultkey.ParseAll(plain); err == nil {
					return keys
				}
			}
		}
	}
	if len(sums) > 0 {
		r.done.Damaged = append(r.done.Damaged, name)
	}
	return nil
}

// content reads a file that is what was sealed, here or in a copy, or gives nil.
func (r *rotator) content(ref format.Ref) []byte {
	return fromCopies(append([]FS{r.from.view.Files.FS}, r.plan.options.Copies...), ref)
}

// putSeals signs the epoch. One that leaves anybody out closes all that it follows:
// who was left out can forge what grows from there.
func (r *rotator) putSeals() error {
	s := r.b.Seal
	maps.Copy(s.Joined, r.line())
	maps.Copy(s.Closed, r.from.seals(r.old).Closed())
	if r.leavesOut() {
		maps.Copy(s.Closed, r.line())
	}
	s.Due = roster.FirstDue(r.done.Stayed)
	return r.b.PutSeals()
}

func (r *rotator) leavesOut() bool {
	return slices.ContainsFunc(r.plan.Holders, func(c PlannedHolder) bool { return c.Outcome != OutcomeStays || len(c.Unseated) > 0 })
}

// line is every epoch that the new one follows.
func (r *rotator) line() map[Fingerprint]bool {
	line := map[Fingerprint]bool{}
	for _, e := range append([]*epochs.Epoch{r.old}, r.plan.joined...) {
		maps.Copy(line, r.lineOf(e))
	}
	return line
}

// followed returns those of them that are here, newest first.
func (r *rotator) followed() []*epochs.Epoch {
	line := r.line()
	return slices.DeleteFunc(slices.Clone(r.from.view.Epochs), func(e *epochs.Epoch) bool {
		return e != r.old && !(e.Desc != nil && line[e.Fingerprint]) && !line[r.from.attested[e.Folder].Fingerprint]
	})
}

// lineOf is an epoch and those that it follows by its own word.
func (r *rotator) lineOf(e *epochs.Epoch) map[Fingerprint]bool {
	facts := r.from.view.Facts(r.from.attested)
	facts.Pin = e.Fingerprint
	return facts.Line()
}
