//go:build linux

// Peers times seedvault beside the programs that do a part of its work, in one run and in
// turn, and writes the table of testdata/bench/README.md:
//
//	go run ./testdata/bench/peers -install -write
//
// It is run in the repository's root, on Debian. -install brings what apt-get and go
// install have of the peers; -write puts the table in its place, which otherwise goes to
// standard output; -seeds and -rounds say how much is done. Stores of made-up seeds lie in
// a temporary folder, which TMPDIR chooses, and everything runs with a home of its own
// there. A code that is not the one of RFC 6238 ends the run, whoever printed it.
//
// A figure is the processor time of a whole process and of those that it started; the
// time on the clock stands behind it where it differs, for what waits for the disk. A
// ratio is the median of the ratios of pairs that ran one behind the other.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	install := flag.Bool("install", false, "install the peers first, with apt-get and go install")
	write := flag.Bool("write", false, "write the table into testdata/bench/README.md")
	seeds := flag.String("seeds", "1,100,1000,10000", "how many seeds the stores hold")
	rounds := flag.Int("rounds", 0, "how often each command runs; 0 for fewer the more seeds there are")
	only := flag.String("only", "", "do the jobs whose name holds this alone")
	baseline := flag.String("baseline", "", "be a yardstick: x25519 or age")
	flag.Parse()
	if *baseline != "" {
		if err := beBaseline(*baseline, flag.Args()); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := bench(*install, *write, *seeds, *rounds, *only); err != nil {
		log.Fatal(err)
	}
}

func bench(install, write bool, seeds string, rounds int, only string) (err error) {
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		return err
	}
	b := &bencher{dir: dir}
	defer func() {
		b.stop()
		os.RemoveAll(dir)
	}()
	if err := b.programs(install); err != nil {
		return err
	}
	report := &report{programs: b.versions(), size: b.size()}
	for i, field := range strings.Split(seeds, ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 {
			return fmt.Errorf("invalid -seeds: %q", field)
		}
		log.Printf("%d seeds: making the stores", n)
		s, err := b.stores(n)
		if err != nil {
			return fmt.Errorf("stores of %d: %w", n, err)
		}
		for _, j := range b.jobs(s, i == 0) {
			if !strings.Contains(j.name, only) {
				continue
			}
			times := rounds
			if times == 0 {
				times = roundsFor(n, j)
			}
			log.Printf("%d seeds: %s, %d rounds", n, j.name, times)
			r, err := j.run(times)
			if err != nil {
				return fmt.Errorf("%s, %d seeds: %w", j.name, n, err)
			}
			report.add(n, j, r)
		}
		if err := os.RemoveAll(s.dir); err != nil {
			return err
		}
		if write { // after each size: a long run may be stopped
			if err := report.write("testdata/bench/README.md"); err != nil {
				return err
			}
		}
	}
	if !write {
		fmt.Print(report.text())
	}
	return nil
}

// roundsFor returns how often a job is done: what is over in no time more often.
func roundsFor(seeds int, j job) int {
	switch {
	case seeds <= 100 && !j.long:
		return 15
	case seeds <= 1000 && !j.long:
		return 9
	case seeds <= 1000:
		return 5
	}
	return 3
}
