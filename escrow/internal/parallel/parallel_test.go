package parallel

import (
	"runtime"
	"sync/atomic"
	"testing"
)

// Each number is worked on once, and Do returns after the last of them.
func TestDo(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for _, n := range []int{0, 1, 3, 1000} {
		calls := make([]atomic.Int32, n)
		Do(n, func(i int) { runtime.Gosched(); calls[i].Add(1) })
		for i := range calls {
			if c := calls[i].Load(); c != 1 {
				t.Fatalf("of %d: %d was called %d times", n, i, c)
			}
		}
	}
}

// As many run at once as there are cores: each of these waits for the others.
func TestDoRunsAtOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var begun atomic.Int32
	all := make(chan struct{})
	Do(4, func(int) {
		if begun.Add(1) == 4 {
			close(all)
		}
		<-all
	})
}
