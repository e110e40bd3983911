//go:build !race

package formats_test

const slowness = 1
