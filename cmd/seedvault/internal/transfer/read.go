package transfer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/exchange/google"
	"seedvault/qr/scan"
)

// Reader reads exports.
type Reader struct {
	World         *world.World
	From          string // the format that is insisted on, "" for any
	How           picture.How
	PasswordFiles []string
	Keys          unlocking.Given // open files encrypted with age, and other vaults

	found     *Found
	passwords *passwords
	ids       func() []age.Identity // nil until the first file that may want them
	parts     []*scan.PartsError    // of texts that are spread over several pictures
}

// Found is the result of reading: everything that was found, and in which files.
type Found struct {
	Ledger  exchange.Ledger
	Files   []File
	Exports google.Exports // which parts of Google's have come

	whole map[int]escrow.Seed // of another vault: the seed itself, by the item's number
}

// File is one file that was read.
type File struct {
	Source  string
	Format  string // "" where it was not recognised
	Form    string
	Err     error // why nothing of it was taken
	Notices []exchange.Notice
}

// folderLimit is how many files of a folder are read.
const folderLimit = 1000

// Read reads what is named: files, folders with files in them, folders of other vaults, and
// standard input for "-". A file that cannot be read is an entry of the ledger; an error means
// that reading has ended.
func (r *Reader) Read(ctx context.Context, names []string) (*Found, error) {
	if r.From != "" {
		if _, err := formats.Named(r.From); err != nil {
			return nil, say.Usage(words.NoSuchFormat, console.Safe(r.From, 40)).WithHint(words.HintFormats)
		}
	}
	r.found = &Found{whole: map[int]escrow.Seed{}}
	r.passwords = newPasswords(r.World, r.PasswordFiles)
	for _, name := range names {
		if name == "-" {
			if err := r.input(ctx); err != nil {
				return nil, err
			}
			continue
		}
		for _, path := range r.World.PastedPaths(name) {
			if err := r.path(ctx, path); err != nil {
				return nil, err
			}
		}
	}
	return r.found, r.join()
}

// input reads standard input as one file.
func (r *Reader) input(ctx context.Context) error {
	data, err := io.ReadAll(io.LimitReader(r.World.In, exchange.MaxInput+1))
	if err != nil {
		return say.Fail(words.InputUnreadable, explain.Reason(err)).WithHint(words.HintImportWhat)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return say.Fail(words.EmptyInput).WithHint(words.HintImportWhat)
	}
	return r.data(ctx, "-", data)
}

func (r *Reader) path(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		r.refuse(path, explain.UnreadSource(path, err))
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return r.folder(ctx, path)
	}
	data, err := io.ReadAll(io.LimitReader(f, exchange.MaxInput+1))
	if err != nil {
		r.refuse(path, explain.UnreadSource(path, err))
		return nil
	}
	return r.data(ctx, path, data)
}

// folder reads another vault, or the files of a folder, without its subfolders and hidden
// files.
func (r *Reader) folder(ctx context.Context, path string) error {
	if isVault(path) {
		return r.vault(ctx, path)
	}
	names, err := r.World.FilesIn(path)
	if err != nil {
		r.refuse(path, explain.UnreadSource(path, err))
		return nil
	}
	for i, name := range names {
		if i == folderLimit {
			r.refuse(path, say.Fail(words.FolderTooFull, folderLimit).WithHint(words.HintImportWhat))
			break
		}
		if err := r.path(ctx, filepath.Join(path, name)); err != nil {
			return err
		}
	}
	if len(names) == 0 {
		r.refuse(path, say.Fail(words.FolderEmpty).WithHint(words.HintImportWhat))
	}
	return nil
}

// refuse records a file that cannot be read.
func (r *Reader) refuse(source string, err error) {
	r.found.Files = append(r.found.Files, File{Source: source, Err: err})
	r.found.Ledger.EnterRefused(source, err)
}

// data reads the content of one file. An error ends all reading, as when the person has given
// up.
func (r *Reader) data(ctx context.Context, source string, data []byte) error {
	if r.From == "" && scan.IsPicture(data) {
		r.picture(ctx, source, data)
		return nil
	}
	reading, err := formats.Read(formats.NewFile(source, data), r.options(ctx, source))
	r.passwords.done(err == nil)
	var refused *exchange.Error
	var said *say.Error
	switch {
	case errors.As(err, &refused):
		r.refuse(source, err)
		r.found.Files[len(r.found.Files)-1].Format = reading.Format
		return nil
	case errors.As(err, &said), err != nil:
		return err
	}
	r.found.Files = append(r.found.Files, File{Source: source, Format: reading.Format, Form: reading.Form, Notices: reading.Notices})
	r.found.Ledger.Enter(reading.Items...)
	return nil
}

func (r *Reader) options(ctx context.Context, source string) formats.Options {
	return formats.Options{
		From: r.From, Password: r.passwords.ask, Exports: &r.found.Exports,
		Cost: func(c exchange.Cost) error { return r.passwords.cost(source, c) },
		Pictures: func(data []byte) ([]string, error) {
			return r.How.Codes(ctx, r.World, bytes.NewReader(data))
		},
		Identities: r.identities(),
	}
}

// identities returns the keys in the files that the person named.
func (r *Reader) identities() []age.Identity {
	if r.ids == nil {
		var list []age.Identity
		for _, file := range r.Keys.Identities {
			ids, err := unlocking.File(r.World, file)
			if err != nil {
				r.World.Voice.Remark(words.IdentityUnreadable, console.Safe(file, 0))
			}
			list = append(list, ids...)
		}
		r.ids = func() []age.Identity { return list }
	}
	return r.ids()
}

// picture reads the codes in a picture.
func (r *Reader) picture(ctx context.Context, source string, data []byte) {
	texts, err := r.How.Codes(ctx, r.World, bytes.NewReader(data))
	r.texts(source, texts)
	var part *scan.PartsError
	switch {
	case errors.As(err, &part):
		r.parts = append(r.parts, part)
	case err != nil:
		r.refuse(source, err)
	}
}

// texts adds the texts of a picture's codes: an address each, or links of a Google export.
func (r *Reader) texts(source string, texts []string) {
	if len(texts) == 0 {
		return
	}
	f := File{Source: source}
	for i, text := range texts {
		text = world.Trimmed(text) // some makers end it in a NUL
		reading, err := formats.Read(formats.NewFile(source, []byte(text)), formats.Options{From: "uris", Exports: &r.found.Exports})
		if err != nil {
			r.found.Ledger.EnterRefused(source, err)
			continue
		}
		f.Notices = append(f.Notices, reading.Notices...)
		for _, item := range reading.Items {
			r.found.Ledger.Enter(pictured(item, i+1))
		}
	}
	r.found.Files = append(r.found.Files, f)
}

// pictured returns an item with the place in the picture that it was read from.
func pictured(item exchange.Item, n int) exchange.Item {
	if item.Position.Kind == exchange.AtLine {
		item.Position = exchange.Position{Kind: exchange.AtCode, N: n}
	}
	if d := item.Record.Details(); item.Err == nil && d.Origin == "uris" {
		d.Origin = ""
		item.Record = exchange.NewRecord(item.Record.Line(), d)
	}
	return item
}

// join puts together texts that are split over several pictures.
func (r *Reader) join() error {
	if len(r.parts) == 0 {
		return nil
	}
	whole, missing := scan.JoinParts(r.parts...)
	for _, w := range whole {
		r.texts(r.World.Voice.Text(words.SeveralFiles), []string{w.Text()})
	}
	for _, m := range missing {
		r.refuse(r.World.Voice.Text(words.SeveralFiles), m)
	}
	return nil
}
