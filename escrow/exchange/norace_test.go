//go:build !race

package exchange_test

const slowness = 1
