// Package parallel has work done on all cores: [Do], and nothing else.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do calls f for each of 0 to n-1, on as many goroutines at most as Go uses cores, and
// returns after the last of them.
func Do(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				f(int(i))
			}
		})
	}
	wg.Wait()
}
