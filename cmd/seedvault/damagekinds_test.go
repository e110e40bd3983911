//go:build !windows

package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// damageKinds are what can happen to a file, or to all of a place.
var damageKinds = []struct {
	name string
	do   func(r *damageRig, rnd *rand.Rand, place, file string) error
}{
	{"flip", rewritten(func(rnd *rand.Rand, data []byte) []byte {
		if len(data) > 0 {
			data[rnd.IntN(len(data))] ^= 1 << rnd.IntN(8)
		}
		return data
	})},
	{"truncate", rewritten(func(rnd *rand.Rand, data []byte) []byte { return data[:rnd.IntN(len(data)+1)] })},
	{"cut to nothing", rewritten(func(*rand.Rand, []byte) []byte { return nil })},
	{"fill with zeros", rewritten(func(_ *rand.Rand, data []byte) []byte { return make([]byte, len(data)) })},
	{"replace with rubbish", rewritten(func(rnd *rand.Rand, data []byte) []byte {
		for i := range data {
			data[i] = byte(rnd.Uint32())
		}
		return data
	})},
	{"append", rewritten(func(rnd *rand.Rand, data []byte) []byte { return append(data, byte(rnd.Uint32())) })},
	{"delete", func(r *damageRig, _ *rand.Rand, place, file string) error {
		return os.Remove(filepath.Join(r.at(place), file))
	}},
	{"delete the folder", func(r *damageRig, _ *rand.Rand, place, file string) error {
		return os.RemoveAll(filepath.Join(r.at(place), path.Dir(file)))
	}},
	{"duplicate", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		data, err := os.ReadFile(filepath.Join(r.at(place), file))
		if err != nil {
			return err
		}
		ending := path.Ext(file)
		return r.plant(place, fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(file, ending), rnd.IntN(9), ending), data)
	}},
	{"swap", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		other := filepath.Join(r.at(place), r.someFile(rnd, place))
		one, err := os.ReadFile(filepath.Join(r.at(place), file))
		if err != nil {
			return err
		}
		two, err := os.ReadFile(other)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.at(place), file), two, 0o600); err != nil {
			return err
		}
		return os.WriteFile(other, one, 0o600)
	}},
	{"replace with another", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		other, err := os.ReadFile(filepath.Join(r.at(place), r.someFile(rnd, place)))
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(r.at(place), file), other, 0o600)
	}},
	{"plant", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		name := path.Dir(file) + "/" + randomName(rnd) + path.Ext(file)
		if strings.Contains(path.Base(file), "-") && rnd.IntN(2) == 0 {
			name = path.Dir(file) + "/" + strings.Replace(path.Base(file), "-", "-"+randomName(rnd), 1)
		}
		return r.plant(place, name, bytes.Repeat([]byte(randomName(rnd)), 1+rnd.IntN(40)))
	}},
	{"add a slot", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		slots := slices.DeleteFunc(r.names(place), func(p string) bool { return !strings.Contains(p, "/slot-") })
		if len(slots) == 0 {
			return nil
		}
		data, err := os.ReadFile(filepath.Join(r.at(place), slots[rnd.IntN(len(slots))]))
		if err != nil {
			return err
		}
		epoch, _, _ := strings.Cut(slots[0], "/")
		return r.plant(place, epoch+"/holders/"+randomName(rnd)+"/slot-"+hashName(data)+".age", data)
	}},
	{"roll back the file", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		then := r.earlier[rnd.IntN(len(r.earlier))]
		old, err := os.ReadFile(filepath.Join(then, place, file))
		if err != nil { // it was not there
			return os.Remove(filepath.Join(r.at(place), file))
		}
		return os.WriteFile(filepath.Join(r.at(place), file), old, 0o600)
	}},
	{"roll back the place", func(r *damageRig, rnd *rand.Rand, place, _ string) error {
		then := filepath.Join(r.earlier[rnd.IntN(len(r.earlier))], place)
		if err := os.RemoveAll(r.at(place)); err != nil {
			return err
		}
		copyTree(r.t, then, r.at(place))
		return nil
	}},
	{"remove the newest seal", func(r *damageRig, rnd *rand.Rand, place, _ string) error {
		seals := slices.DeleteFunc(r.names(place), func(p string) bool { return !strings.Contains(p, "/seals/") || !strings.HasSuffix(p, ".txt") })
		if len(seals) == 0 {
			return nil
		}
		n := 1 + rnd.IntN(2)
		for _, s := range seals[max(len(seals)-n, 0):] {
			os.Remove(filepath.Join(r.at(place), s+".sig"))
			if err := os.Remove(filepath.Join(r.at(place), s)); err != nil {
				return err
			}
		}
		return nil
	}},
	{"make it a link", func(r *damageRig, rnd *rand.Rand, place, file string) error {
		name := filepath.Join(r.at(place), file)
		if err := os.Remove(name); err != nil {
			return err
		}
		return os.Symlink(filepath.Join(r.at(damagePlaces[rnd.IntN(3)]), file), name)
	}},
	{"make it a pipe", func(r *damageRig, _ *rand.Rand, place, file string) error {
		name := filepath.Join(r.at(place), file)
		if err := os.Remove(name); err != nil {
			return err
		}
		return syscall.Mkfifo(name, 0o600)
	}},
	{"make it a folder", func(r *damageRig, _ *rand.Rand, place, file string) error {
		name := filepath.Join(r.at(place), file)
		if err := os.Remove(name); err != nil {
			return err
		}
		return os.Mkdir(name, 0o700)
	}},
	{"unplug", func(r *damageRig, _ *rand.Rand, place, _ string) error {
		if place == vaultPlace || r.away[place] != "" {
			return nil
		}
		top := filepath.Dir(r.at(place))
		if err := os.Rename(top, top+"-away"); err != nil {
			return err
		}
		r.away[place] = filepath.Join(top+"-away", "seedvault")
		return nil
	}},
	{"empty", func(r *damageRig, _ *rand.Rand, place, _ string) error {
		if err := os.RemoveAll(r.at(place)); err != nil {
			return err
		}
		return os.Mkdir(r.at(place), 0o700)
	}},
}

// rewritten is damage to what a file holds.
func rewritten(change func(rnd *rand.Rand, data []byte) []byte) func(*damageRig, *rand.Rand, string, string) error {
	return func(r *damageRig, rnd *rand.Rand, place, file string) error {
		name := filepath.Join(r.at(place), file)
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, change(rnd, data), 0o600)
	}
}

// plant puts a file where none was.
func (r *damageRig) plant(place, name string, data []byte) error {
	full := filepath.Join(r.at(place), name)
	if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
		return err
	}
	r.planted[name] = true
	return os.WriteFile(full, data, 0o600)
}

// names returns the files of a place, in order.
func (r *damageRig) names(place string) []string {
	return slices.Sorted(maps.Keys(filesOf(r.t, r.at(place))))
}

// someFile returns a file of a place, "" where there is none.
func (r *damageRig) someFile(rnd *rand.Rand, place string) string {
	names := r.names(place)
	if len(names) == 0 {
		return ""
	}
	return names[rnd.IntN(len(names))]
}

// damage does one to three random things, and says what they were. Copies that are out of
// reach were as they should be when they were seen last, and stay so.
func (r *damageRig) damage(rnd *rand.Rand) (done []string) {
	for range 1 + rnd.IntN(3) {
		place := damagePlaces[rnd.IntN(len(damagePlaces))]
		if r.away[place] != "" {
			continue
		}
		file := r.someFile(rnd, place)
		if file == "" {
			continue
		}
		kind := damageKinds[rnd.IntN(len(damageKinds))]
		if kind.name == "unplug" && len(done) > 0 {
			continue // what happened to it since it was seen nobody can know
		}
		if err := kind.do(r, rnd, place, file); err != nil && !os.IsNotExist(err) {
			if !strings.Contains(err.Error(), "not a directory") && !strings.Contains(err.Error(), "is a directory") {
				r.t.Fatal(err)
			}
		}
		done = append(done, fmt.Sprintf("%s: %s/%s", kind.name, place, file))
	}
	if len(r.away) > 0 && rnd.IntN(4) == 0 {
		r.now = r.now.AddDate(0, 14, 0)
		done = append(done, "14 months pass")
	}
	return done
}

func randomName(rnd *rand.Rand) string {
	const letters = "abcdefghijklmnopqrstuvwxyz234567"
	b := make([]byte, 1+rnd.IntN(12))
	for i := range b {
		b[i] = letters[rnd.IntN(26)]
	}
	return string(b)
}

// hideKey takes this machine's own key from it.
func (r *damageRig) hideKey() {
	for p, data := range filesOf(r.t, filepath.Join(r.root, "home")) {
		if bytes.Contains(data, []byte("AGE-SECRET-KEY-")) {
			if err := os.Remove(filepath.Join(r.root, "home", p)); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}
