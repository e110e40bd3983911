package copies

import "seedvault/escrow"

// Lacks counts the files of the vault in home that the copy did not hold when it was
// last seen.
func (s Seen) Lacks(v *escrow.Vault, home escrow.FS) (int, error) {
	side := newSide(home)
	if err := side.list(ruleOf(v)); err != nil {
		return 0, err
	}
	lacks := 0
	for name := range side.files {
		if !s.has(name) {
			lacks++
		}
	}
	return lacks, nil
}
