package escrow

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/key"
)

// BenchmarkRotate rotates a vault, beside the age operations that it cannot do
// without on the same cores: one decryption of each seed and one encryption. It
// reports what the lists and seals of the new epoch weigh, and the heap that was
// in use at most.
func BenchmarkRotate(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		f := benchVault(b, n)
		b.Run(fmt.Sprintf("seeds=%d", n), func(b *testing.B) {
			var r *Rotation
			var peak uint64
			for b.Loop() {
				o := f.benchUnlock(b)
				p, err := o.PlanRotation(RotateOptions{})
				must(b, err)
				s, err := o.StageRotation(context.Background(), p, testTime)
				must(b, err)
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
				must(b, s.Publish(context.Background()))
				r = s.Rotation()
				b.StopTimer()
				if r.Carried != n {
					b.Fatalf("%d of %d seeds", r.Carried, n)
				}
				b.ReportMetric(size(b, f, r, "older/*.txt"), "list-B")
				b.ReportMetric(size(b, f, r, "seals/0001-*.txt"), "seal-B")
				must(b, os.RemoveAll(filepath.Join(f.dir, r.Folder)))
				b.StartTimer()
			}
			b.ReportMetric(float64(peak)/(1<<20), "heap-MiB")
		})
		b.Run(fmt.Sprintf("age=%d", n), func(b *testing.B) {
			o := f.benchUnlock(b)
			k := o.reader.pinnedKey()
			files := o.reader.view.Files.ReadFiles(o.reader.view.Pinned().Folder+"/seeds", true)
			for b.Loop() {
				parallel.Do(len(files), func(i int) {
					plain, err := key.Decrypt(files[i].Data, k.Identity())
					must(b, err)
					_, err = k.Encrypt(plain)
					must(b, err)
				})
			}
		})
	}
}

func (f *fixture) benchUnlock(b *testing.B) *Opened {
	v, err := Open(f.fsys, &f.pin)
	must(b, err)
	o, err := v.Unlock(f.paper)
	must(b, err)
	return o
}

// size adds up files of the new epoch.
func size(b *testing.B, f *fixture, r *Rotation, pattern string) float64 {
	names, err := filepath.Glob(filepath.Join(f.dir, r.Folder, filepath.FromSlash(pattern)))
	must(b, err)
	if len(names) == 0 || !strings.HasSuffix(pattern, ".txt") {
		b.Fatalf("nothing is called %s", pattern)
	}
	sum := 0.0
	for _, name := range names {
		info, err := os.Stat(name)
		must(b, err)
		sum += float64(info.Size())
	}
	return sum
}
