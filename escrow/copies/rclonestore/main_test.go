package rclonestore_test

import (
	"os"
	"testing"

	"seedvault/testdata/temporary"
	"seedvault/testdata/together"
)

func TestMain(m *testing.M) {
	temporary.InMemory()
	together.Run(2)
	os.Exit(m.Run())
}
