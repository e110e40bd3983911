package escrow

import (
	"errors"
	"runtime"
	"slices"
	"sync"

	"filippo.io/age"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// DepositAll deposits seeds as [Vault.Deposit] does, on all cores and with one sync
// of the folder for all of them. It returns a receipt for each seed, in their order:
// the zero Receipt for one that is not proven to survive a power cut. The error is
// about the first thing that went wrong; what was written before it stays, and has
// its receipts. A machine that is stopped on the way leaves each seed whole or not
// there.
//
// Each call of progress tells how many seeds have been written so far; it may be nil.
func (v *Vault) DepositAll(seeds []Seed, progress func(done, total int)) ([]Receipt, error) {
	e, to, err := v.depositTarget()
	if err != nil {
		return make([]Receipt, len(seeds)), err
	}
	d := deposits{
		seeds: seeds, receipts: make([]Receipt, len(seeds)), progress: progress,
		batch: durable.NewBatch(v.view.Files.FS), dir: e.Folder + "/seeds", to: to,
	}
	var workers sync.WaitGroup
	for range max(4, runtime.GOMAXPROCS(0)) { // some encrypt while others wait for the disk
		workers.Go(d.work)
	}
	workers.Wait()
	return d.finish()
}

// depositTarget returns the epoch that deposits go into, and what encrypts to it.
func (v *Vault) depositTarget() (*epochs.Epoch, age.Recipient, error) {
	e, err := mayDeposit(v.view)
	if err != nil {
		return nil, nil, err
	}
	to, public, err := key.ParsePublic(v.view.Pin.Recipient)
	if err != nil || format.Sum([]byte(public)) != e.Desc.RecipientSum {
		return nil, nil, ErrNoRecipient
	}
	return e, to, nil
}

// deposits is a DepositAll on its way.
type deposits struct {
	seeds    []Seed
	receipts []Receipt
	progress func(done, total int)
	batch    *durable.Batch
	dir      string
	to       age.Recipient

	mu         sync.Mutex
	next, done int
	failed     error // the first thing that went wrong: nothing is begun after it
}

// work writes seeds until there are none left.
func (d *deposits) work() {
	for i, ok := d.claim(); ok; i, ok = d.claim() {
		r, err := d.write(d.seeds[i])
		d.mu.Lock()
		if d.done++; err != nil {
			d.failed = errors.Join(d.failed, err)
		} else if d.receipts[i] = r; d.progress != nil {
			d.progress(d.done, len(d.seeds))
		}
		d.mu.Unlock()
	}
}

// claim returns the number of a seed that nobody else writes.
func (d *deposits) claim() (int, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.failed != nil || d.next == len(d.seeds) {
		return 0, false
	}
	d.next++
	return d.next - 1, true
}

// write encrypts a seed and writes it. Its name is not durable yet.
func (d *deposits) write(s Seed) (Receipt, error) {
	file, err := encryptRecord(s.plaintext, d.to)
	if err != nil {
		return Receipt{}, err
	}
	r := receiptOf(d.dir, "", file)
	if err := d.batch.Write(r.Path, file); err != nil {
		return Receipt{}, writeError(r.Path, err)
	}
	return r, nil
}

// finish makes what was written durable, and takes back the receipts of what is not.
func (d *deposits) finish() ([]Receipt, error) {
	whole, err := d.batch.Flush()
	for i, r := range d.receipts {
		if _, ok := slices.BinarySearch(whole, r.Path); !ok {
			d.receipts[i] = Receipt{}
		}
	}
	if d.failed == nil && err != nil {
		var of *durable.Error
		errors.As(err, &of)
		d.failed = writeError(of.Path, err)
	}
	return d.receipts, d.failed
}
