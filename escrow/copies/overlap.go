package copies

import (
	"os"
	"path/filepath"
)

// Overlap is whether two folders are one, or one lies in the other.
type Overlap int

const (
	Apart  Overlap = iota // neither in the other
	Same                  // one folder, by whatever names
	Inside                // the first lies in the second
	Around                // the second lies in the first
)

// OverlapOf compares two folders, with links, mounts and case resolved as the system
// does. Folders that are not there yet count by their names, below what is there. An
// error says that the system does not tell, and the answer is [Apart] then.
func OverlapOf(a, b string) (Overlap, error) {
	x, err := climb(a)
	if err != nil {
		return Apart, err
	}
	y, err := climb(b)
	if err != nil {
		return Apart, err
	}
	in, around := within(x, y), within(y, x)
	switch {
	case in && around:
		return Same, nil
	case in:
		return Inside, nil
	case around:
		return Around, nil
	}
	return Apart, nil
}

// step is one folder on the way from a path up to the root.
type step struct {
	base string      // its name in the folder above
	info os.FileInfo // nil if it is not there
}

// climb lists a path's folders, innermost first.
func climb(name string) ([]step, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	var steps []step
	for {
		if _, err := os.Lstat(name); err == nil {
			if name, err = filepath.EvalSymlinks(name); err != nil {
				return nil, err
			}
			break
		}
		steps = append(steps, step{base: filepath.Base(name)})
		name = filepath.Dir(name)
	}
	for {
		info, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step{filepath.Base(name), info})
		above := filepath.Dir(name)
		if above == name {
			return steps, nil
		}
		name = above
	}
}

// within reports whether the folder of x is that of y or lies somewhere in it.
func within(x, y []step) bool {
	for ; len(x) > 0; x = x[1:] {
		if equal(x, y) {
			return true
		}
	}
	return false
}

func equal(x, y []step) bool {
	for len(x) > 0 && len(y) > 0 && x[0].info == nil && y[0].info == nil && x[0].base == y[0].base {
		x, y = x[1:], y[1:]
	}
	return len(x) > 0 && len(y) > 0 && x[0].info != nil && y[0].info != nil && os.SameFile(x[0].info, y[0].info)
}
