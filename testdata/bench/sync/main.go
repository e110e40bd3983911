// Sync times copies.Sync beside cp -r and rclone sync on the same files in one
// run, and prints how many times as long each takes as ours:
//
//	go run ./testdata/bench/sync [SEEDS...]
//
// The vaults (1,000 and 10,000 seeds if nothing is said) are made in a temporary
// folder, which TMPDIR chooses, and removed. Each figure is the median of five
// runs, the tools taking turns. Neither cp nor rclone waits until anything is on
// the disk; "cp -r; sync -f" does, once at the end.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/testdata/bench/benchvault"
)

const runs = 5

func main() {
	log.SetFlags(0)
	sizes := []int{1000, 10000}
	if len(os.Args) > 1 {
		sizes = nil
		for _, arg := range os.Args[1:] {
			n, err := strconv.Atoi(arg)
			if err != nil || n < 1 {
				log.Fatal("usage: go run ./testdata/bench/sync [SEEDS...]")
			}
			sizes = append(sizes, n)
		}
	}
	for _, n := range sizes {
		if err := bench(n); err != nil {
			log.Fatal(err)
		}
	}
}

// way is one way to make a copy of the folder home in the folder copy.
type way struct {
	name string
	run  func(home, copy string) error
}

func bench(seeds int) error {
	dir, err := os.MkdirTemp("", "bench-sync-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	home := filepath.Join(dir, "vault")
	pin, err := benchvault.Make(home, seeds)
	if err != nil {
		return err
	}
	seen := map[string]copies.Seen{}
	ours := func(o copies.Options) func(home, copy string) error {
		o.Pin = &pin
		return func(home, copy string) error { return ourSync(home, copy, o, seen) }
	}
	rclone := func(flags ...string) func(home, copy string) error {
		return func(home, copy string) error {
			return run("rclone", append([]string{"sync", "--config", "/dev/null", home, copy}, flags...)...)
		}
	}
	cp := func(home, copy string) error { return run("cp", "-r", home+"/.", copy) }
	if err := compare(seeds, "first", dir, home, true, []way{
		{"seedvault", ours(copies.Options{})},
		{"cp -r", cp},
		{"cp -r; sync -f", func(home, copy string) error {
			if err := cp(home, copy); err != nil {
				return err
			}
			return run("sync", "-f", copy)
		}},
		{"rclone sync", rclone()},
	}); err != nil {
		return err
	}
	return compare(seeds, "unchanged", dir, home, false, []way{
		{"seedvault", ours(copies.Options{})},
		{"seedvault, reading all", ours(copies.Options{Thorough: true})},
		{"cp -r", cp},
		{"rclone sync", rclone()},
		{"rclone sync --checksum", rclone("--checksum")},
	})
}

// compare lets the ways take turns, each with a copy of its own, which is new each
// time or has had one run before.
func compare(seeds int, what, dir, home string, fresh bool, ways []way) error {
	took := make([][]time.Duration, len(ways))
	for r := range runs + 1 {
		for i, w := range ways {
			target := filepath.Join(dir, fmt.Sprintf("%s-%d", what, i))
			if fresh {
				if err := os.RemoveAll(target); err != nil {
					return err
				}
			}
			if err := os.MkdirAll(target, 0o700); err != nil {
				return err
			}
			start := time.Now()
			if err := w.run(home, target); err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			if r > 0 { // the first fills the system's caches, and the copies
				took[i] = append(took[i], time.Since(start))
			}
		}
	}
	base := median(took[0])
	for i, w := range ways {
		d := median(took[i])
		fmt.Printf("%6d seeds  %-10s %-24s %10.1f ms %7.2f x\n", seeds, what, w.name, float64(d.Microseconds())/1000, float64(d)/float64(base))
	}
	return nil
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func run(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func ourSync(home, copy string, o copies.Options, seen map[string]copies.Seen) error {
	h, err := escrow.OpenDir(home)
	if err != nil {
		return err
	}
	defer h.Close()
	c, err := escrow.OpenDir(copy)
	if err != nil {
		return err
	}
	defer c.Close()
	o.Seen, o.Refill = seen[copy], true
	r, err := copies.Sync(context.Background(), h, c, o)
	if err == nil && (r.Err != nil || r.Left > 0) {
		err = fmt.Errorf("the copy is %s: %v", r.State, r.Err)
	}
	seen[copy] = r.Seen
	return err
}
