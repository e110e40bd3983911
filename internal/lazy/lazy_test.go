package lazy

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestValueIsMadeOnce(t *testing.T) {
	var calls atomic.Int32
	v := Value[int32]{Make: func() int32 { return calls.Add(1) }}
	if calls.Load() != 0 {
		t.Error("made before it was asked for")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := v.Get(); got != 1 {
				t.Errorf("got %d", got)
			}
		})
	}
	wg.Wait()
	if calls.Load() != 1 {
		t.Errorf("made %d times", calls.Load())
	}
}
