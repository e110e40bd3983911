// Package roster is what a vault's sealed roster says, record by record: who can open
// the vault ([Holder]) and when that was last proven ([Proof]), which sheets were printed
// ([Sheet]), where copies lie ([Copy]), and who could open the vault before ([Former]).
//
// Start with [ReadHolder], which reads a record, and [Holder.Record], which writes one;
// [MergeHolders] makes one holder of all the records about it. Whoever changes a record begins
// with the one that there is ([Holder.RecordOn], [WithProofs]), so that what this program
// does not know in it stays.
//
// The package holds no key, opens no file and decides nothing: which records count is the
// seals' to say, and package escrow reads and changes a vault's roster.
package roster

// The first line of a record says what it is about. One that begins with x- is somebody
// else's, and carried as it is; any other is a newer program's.
const (
	LineHolder = "holder"
	LineCopy   = "copy"
	LineFormer = "former"
)
