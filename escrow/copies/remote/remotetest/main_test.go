package remotetest_test

import (
	"os"
	"testing"

	"seedvault/testdata/temporary"
)

func TestMain(m *testing.M) {
	temporary.InMemory()
	os.Exit(m.Run())
}
