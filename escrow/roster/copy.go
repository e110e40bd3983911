package roster

import "seedvault/escrow/internal/format"

// The kinds of copies: in a folder, a git repository, a storage service that rclone
// reaches, and in one file that opens itself.
const (
	CopyFolder = "folder"
	CopyGit    = "git"    // on a branch of a repository
	CopyRclone = "rclone" // wherever rclone can put files
	CopyKit    = "kit"    // one HTML file with the page and the vault
)

// Copy is another place where the vault's files lie, as the roster has it: what
// every holder may know of it. Where exactly it is to be found, each machine knows
// for itself.
type Copy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	Kept string `json:"kept"` // home, office, this-pc, ...
	// At is its address, without credentials, as whoever made it reached it. It is only
	// ever shown: a machine dials what a person there has typed.
	At string `json:"at,omitempty"`
}

// NewCopy describes a copy that the roster does not have yet. The name has the
// form of a holder's, else the error is [format.ErrName].
func NewCopy(name, kind, kept string) (Copy, error) {
	if err := format.CheckName(name); err != nil {
		return Copy{}, err
	}
	return Copy{ID: format.NewID(), Name: name, Kind: kind, Kept: kept}, nil
}

// Record gives the copy's record.
func (c Copy) Record() *format.Record {
	r := &format.Record{Line: LineCopy}
	r.Add("id", c.ID)
	r.Add("name", c.Name)
	r.Add("kind", c.Kind)
	r.Add("kept", c.Kept)
	r.Add("at", c.At)
	return r
}

// ReadCopy reads a record about a copy, one whose line is [LineCopy].
func ReadCopy(r *format.Record) Copy {
	return Copy{ID: r.Get("id"), Name: r.Get("name"), Kind: r.Get("kind"), Kept: r.Get("kept"), At: r.Get("at")}
}
