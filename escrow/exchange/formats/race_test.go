//go:build race

package formats_test

// slowness is how much slower the race detector may make things.
const slowness = 20
