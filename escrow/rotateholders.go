package escrow

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// putHolders writes those who stay, and what becomes of each record.
func (r *rotator) putHolders() error {
	ids := map[string]bool{}
	for _, c := range r.plan.Holders {
		if c.Outcome != OutcomeStays {
			r.done.Left = append(r.done.Left, c.Holder)
			continue
		}
		h, err := r.holder(c)
		if err != nil {
			return &HolderError{c.Name, err}
		}
		if ids[h.holder.ID] { // a person has kept both of two that claimed one id
			h.holder.ID = format.NewID()
		}
		ids[h.holder.ID] = true
		files, err := h.files(r.b.Key, r.done.Pin)
		if err != nil {
			return &HolderError{c.Name, err}
		}
		for _, f := range files {
			if err := r.b.Put(f.rel, f.data); err != nil {
				return err
			}
		}
		r.done.Stayed = append(r.done.Stayed, h.holder)
		r.sayRecords(c, files[len(files)-1].rel)
		if c.Kind == roster.KindPaper || c.Kind == roster.KindQuorum && slices.ContainsFunc(c.Members, key.Member.OnPaper) {
			r.done.Sheets = append(r.done.Sheets, c.Name)
		}
	}
	return nil
}

// sayRecords says where the records that a holder was made of live on.
func (r *rotator) sayRecords(c PlannedHolder, rel string) {
	for _, read := range r.plan.read {
		if h, is := roster.ReadHolder(read.Record); is && h.ID == c.ID && h.Recipient == c.Recipient && h.Kind == c.Kind {
			r.said.lives(folderOfPath(read.ref.Path), read.ref.Hash(), hashOfPath(rel))
		}
	}
}

// holder gives a holder as it enters the new epoch: its key files byte for byte,
// or for a quorum a new key and new shares.
func (r *rotator) holder(c PlannedHolder) (NewHolder, error) {
	ro := r.plan.options
	keeps := len(c.Unseated) == 0 && (slices.Contains(ro.KeepShares, c.Name) || slices.Contains(ro.KeepShares, c.Key))
	if c.Kind == roster.KindQuorum && !keeps {
		if ro.Renew == nil {
			return NewHolder{}, ErrNoRenew
		}
		h, err := ro.Renew(c.Holder, c.staying())
		h.holder.ID, h.holder.Name = c.ID, c.Name
		h.holder.Kept, h.holder.Who = c.Kept, c.Who
		return h, err
	}
	to, err := r.recipient(c.Recipient)
	return NewHolder{holder: c.Holder, to: to, own: r.ownFiles(c), kept: c.record}, err
}

func (r *rotator) recipient(text string) (age.Recipient, error) {
	to, _, err := key.ParseRecipient(text)
	if errors.Is(err, key.ErrPluginRecipient) && r.plan.options.Recipient != nil {
		return r.plan.options.Recipient(text)
	}
	return to, err
}

// ownFiles copies what a holder's secret comes out of. A file that can be read
// nowhere is named, and costs that way in alone.
func (r *rotator) ownFiles(c PlannedHolder) []ownFile {
	var own []ownFile
	dir := c.folder + "/holders/" + c.Name + "/"
	sealed := r.from.seals(r.from.view.ByFolder(c.folder))
	for _, ref := range sealed.Under(dir) {
		kind, hash, _ := format.HolderFile(ref.Path)
		if kind != format.KindKey && kind != format.KindShare && kind != format.KindHolderOther || !slices.Contains(c.Files, hash) {
			continue
		}
		data := r.content(ref)
		if data == nil {
			r.done.Damaged = append(r.done.Damaged, ref.Path)
			continue
		}
		own = append(own, ownFile{strings.TrimSuffix(strings.TrimPrefix(ref.Path, dir), hash+".age"), data})
	}
	return own
}

// putOtherRecords carries the records that are not about holders byte for byte,
// and writes down who leaves.
func (r *rotator) putOtherRecords() error {
	placed := map[[32]byte]string{}
	for _, read := range r.plan.carried {
		what := format.Sum(read.Plain)
		if placed[what] == "" {
			rel, err := r.putRecord(read.Plain)
			if err != nil {
				return err
			}
			placed[what] = hashOfPath(rel)
		}
		r.said.lives(folderOfPath(read.ref.Path), read.ref.Hash(), placed[what])
	}
	for _, read := range r.plan.read { // as many as were not made part of another
		if !r.said.speaksOf(read.ref.Hash()) {
			r.said.gone(folderOfPath(read.ref.Path), read.ref.Hash())
		}
	}
	for _, f := range r.formers() {
		r.done.Former = append(r.done.Former, f.Name)
		plain, err := f.Record().Marshal()
		if err != nil {
			return err
		}
		if _, err := r.putRecord(plain); err != nil {
			return err
		}
	}
	return nil
}

func (r *rotator) putRecord(plain []byte) (rel string, err error) {
	file, err := r.b.Key.Encrypt(plain)
	if err != nil {
		return "", err
	}
	rel = "roster/" + format.Hash(format.Sum(file)) + ".age"
	return rel, r.b.Put(rel, file)
}

// formers gives those who leave with this rotation, each name once.
func (r *rotator) formers() []roster.Former {
	at := map[string]int{}
	var list []roster.Former
	leaves := func(name, id, folder string) {
		i, seen := at[name]
		if !seen {
			i, at[name] = len(list), len(list)
			list = append(list, roster.Former{Name: name, Until: format.Time(r.now)})
		}
		list[i].ID = cmp.Or(list[i].ID, id)
		list[i].AddEpochs(r.folders(folder))
	}
	for _, c := range r.plan.Holders {
		if c.Outcome != OutcomeStays {
			leaves(c.Name, c.ID, c.folder)
		}
		for _, name := range append(slices.Clone(c.Unseated), c.People...) {
			leaves(name, "", c.folder)
		}
	}
	for i := range list {
		list[i].ID = cmp.Or(list[i].ID, format.NewID())
	}
	return list
}

// folders are those of the epochs that an epoch's holders can open: its own, and
// older ones.
func (r *rotator) folders(folder string) []string {
	line := r.lineOf(r.from.view.ByFolder(folder))
	var list []string
	for _, e := range r.from.view.Epochs {
		if e.Folder == folder || e.Desc != nil && line[e.Fingerprint] || line[r.from.attested[e.Folder].Fingerprint] {
			list = append(list, e.Folder)
		}
	}
	return list
}
