// Package together has more tests of a package run beside each other than there are
// processors, for packages whose tests mostly wait: for programs that they start, for a
// browser's turn, for time to pass.
package together

import (
	"flag"
	"runtime"
	"strconv"
)

// Run lets so many tests for each processor run at once, unless -parallel said how many.
// It is called before any test runs.
func Run(tests int) {
	const name = "test.parallel"
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == name })
	if !said {
		flag.Set(name, strconv.Itoa(tests*runtime.GOMAXPROCS(0)))
	}
}
