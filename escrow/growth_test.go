package escrow

import (
	"flag"
	"math"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/key"
)

// adds is how many seeds TestGrowth adds, each with a seal of its own, e.g.
//
//	go test ./escrow -run TestGrowth -adds 3000 -v
var adds = flag.Int("adds", 100, "seeds that are added one by one")

// TestGrowth adds seeds one by one on a machine that remembers what it has compared, and
// says how many bytes of seals there are, how many are live, and how long a check without
// a key takes. Bytes grow as n log n, and live seals as log n.
func TestGrowth(t *testing.T) {
	f := &fixture{t: t}
	memory := durabletest.New()
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	f.paper, err = key.ParseIdentity(secret)
	must(t, err)
	pin, err := Create(memory, CreateOptions{Holders: []NewHolder{paper}, Now: testTime})
	must(t, err)
	var m Memory
	for n := 1; n <= *adds; n++ {
		v, err := Open(memory, &pin)
		must(t, err)
		v.Recall(m)
		o, err := v.Unlock(f.paper)
		must(t, err)
		r, err := v.Deposit(f.seed(n))
		must(t, err)
		must(t, o.Accept(r))
		_, err = o.Seal(testTime)
		must(t, err)
		m = v.Remember(m, testTime)
		live := len(v.view.Seals(v.view.Pinned()).Live())
		if most := 1 + math.Log2(float64(n+10)); float64(live) > most {
			t.Fatalf("after %d adds %d seals are live, at most %.1f", n, live, most)
		}
		if n == 100 || n == 300 || n == 1000 || n == 3000 || n == *adds {
			bytes := 0
			for p, data := range memory.Files() {
				if strings.Contains(p, "/seals/") {
					bytes += len(data)
				}
			}
			start := time.Now()
			report := v.Check(CheckOptions{Now: testTime})
			took := time.Since(start)
			if report.Accepted != n || len(report.MissingSeals) > 0 {
				t.Fatalf("%d of %d accepted", report.Accepted, n)
			}
			perLine := float64(bytes) / (float64(n) * math.Log2(float64(n)))
			t.Logf("%5d adds: %9d bytes of seals, %5.1f for each n log2 n; %2d live; check %v", n, bytes, perLine, live, took.Round(time.Millisecond))
			if perLine > 250 {
				t.Errorf("%d bytes of seals after %d adds", bytes, n)
			}
		}
	}
}
