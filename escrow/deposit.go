package escrow

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/key"
)

// Deposit encrypts a seed to the vault recipient and writes it. It needs no
// secret, and costs the same however many seeds there are. The seed is not yet
// accepted: that is a holder's to do. When Deposit returns without an error the
// file survives a power cut.
func (v *Vault) Deposit(s Seed) (Receipt, error) {
	e, to, err := v.depositTarget()
	if err != nil {
		return Receipt{}, err
	}
	return writeRecord(v.view.Files.FS, e.Folder+"/seeds", s.plaintext, to)
}

// MayDeposit returns what stops every deposit for now: an epoch that may follow the
// pinned one and that nobody here has confirmed or refused, or that there is nothing to
// write to. It reads no seal.
func (v *Vault) MayDeposit() error {
	_, err := mayDeposit(v.view)
	return err
}

// Join returns the pin of a machine that deposits without any key: the vault's
// present pin with a recipient, as a person has it from the sheet, that must be
// the one that vault.txt speaks of. The error is [ErrNoRecipient] if it is not;
// [ErrNotPinned], [ErrDamaged] or [ErrUnverified] where nothing may be deposited at all.
func (v *Vault) Join(recipient string) (Pin, error) {
	e, err := writeTarget(v.view)
	if err != nil {
		return Pin{}, err
	}
	_, public, err := key.ParseNativeRecipient(recipient)
	if err != nil {
		return Pin{}, err
	}
	if format.Sum([]byte(public)) != e.Desc.RecipientSum {
		return Pin{}, ErrNoRecipient
	}
	p := v.Pin()
	p.Recipient = public
	return p, nil
}

// MissingDeposits names those of this machine's own deposits that are not here whole, though
// nothing says that they were removed or live on under another name.
func (o *Opened) MissingDeposits(own []Receipt) []Finding {
	var files []judge.File
	for _, r := range own {
		folder, _, _ := strings.Cut(r.Path, "/")
		if o.reader.keys[folder] != nil && !o.reader.whole[r] && !holds(o.reader.view.Files.FS, r) {
			files = append(files, judge.File{Folder: folder, Ref: r})
		}
	}
	if len(files) == 0 {
		return nil
	}
	facts := o.reader.facts()
	facts.Files = files
	lies := map[[32]byte]bool{} // under whatever name
	for _, f := range o.reader.seedFiles(false) {
		lies[f.Sum] = true
	}
	verdicts := judge.Judge(facts)
	var findings []Finding
	for _, f := range facts.Files {
		if verdicts.Of[f.Ref].Status.Shown() && !lies[f.Ref.Sum] {
			findings = append(findings, Finding{Code: lossAt(o.reader.view.Files.FS, f.Ref.Path), Path: f.Ref.Path, Red: true})
		}
	}
	return findings
}

// holds reports whether a file lies whole under its name.
func holds(fsys FS, r Receipt) bool {
	data, err := vaultfs.ReadFile(fsys, r.Path, format.KindSeed.Limit())
	return err == nil && format.Sum(data) == r.Sum
}

// DepositAll deposits seeds as [Vault.Deposit] does, on all cores and with one sync
// of the folder for all of them. It returns a receipt for each seed, in their order:
// the zero Receipt for one that is not proven to survive a power cut. After the first
// thing that went wrong none is begun; the error is about that, and about what else went
// wrong at the same time. What was written stays, and has its receipts. A machine that is
// stopped on the way leaves each seed whole or not there.
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
	to, public, err := key.ParseNativeRecipient(v.view.Pin.Recipient)
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
	failed     error // what went wrong: nothing is begun after it
}

// work writes seeds until there are none left.
func (d *deposits) work() {
	for i, ok := d.claim(); ok; i, ok = d.claim() {
		r, err := d.write(d.seeds[i])
		d.mu.Lock()
		if err != nil {
			d.failed = errors.Join(d.failed, err)
		} else if d.receipts[i], d.done = r, d.done+1; d.progress != nil {
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
