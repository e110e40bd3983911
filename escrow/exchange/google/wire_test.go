package google

import (
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"
)

// TestWireAsProtobuf holds the reading of fields against protobuf's own, over bytes
// that are messages or almost.
func TestWireAsProtobuf(t *testing.T) {
	t.Parallel()
	seen := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		var b []byte
		for range rapid.IntRange(1, 4).Draw(t, "fields") {
			b = appendTag(b, fieldNumber(rapid.Uint32Range(0, 40).Draw(t, "number")), wireType(rapid.IntRange(0, 6).Draw(t, "type")))
			b = append(b, rapid.SliceOfN(rapid.Byte(), 0, 12).Draw(t, "value")...)
		}
		number, as, n := wireTag(b)
		theirNumber, theirType, m := protowire.ConsumeTag(b)
		if n < 0 != (m < 0) || n >= 0 && (int64(number) != int64(theirNumber) || int64(as) != int64(theirType) || n != m) {
			t.Fatalf("%x: field %d of type %d, %d bytes; protobuf: %d, %d, %d", b, number, as, n, theirNumber, theirType, m)
		}
		if n < 0 {
			return
		}
		n, m = wireLength(number, as, b[n:], maxGroups), protowire.ConsumeFieldValue(theirNumber, theirType, b[m:])
		seen[n < 0]++
		if n < 0 != (m < 0) || n >= 0 && n != m {
			t.Fatalf("%x: a value of %d bytes; protobuf: %d", b, n, m)
		}
	})
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("%d values were whole, %d damaged", seen[false], seen[true])
	}
}

// TestDeepGroups: more groups within each other than are followed are damage.
func TestDeepGroups(t *testing.T) {
	t.Parallel()
	var b []byte
	for range 1 << 20 {
		b = appendTag(b, 9, wireStartGroup)
	}
	if _, err := batchSchema.parse(b); err == nil {
		t.Error("a million groups within each other are a message")
	}
}
