package google

import (
	"encoding/binary"

	"seedvault/escrow/exchange"
)

// fieldNumber names a field of a message.
type fieldNumber uint64

// wireType says how a field's value is written.
type wireType uint64

const (
	wireVarint     wireType = 0
	wireFixed64    wireType = 1
	wireBytes      wireType = 2
	wireStartGroup wireType = 3
	wireEndGroup   wireType = 4
	wireFixed32    wireType = 5

	maxField  fieldNumber = 1<<31 - 1
	maxGroups             = 100 // within each other
)

// The message of a code, as its field numbers in protobuf's wire format
// (https://protobuf.dev/programming-guides/encoding). Version 2 gives each
// account an identifier of its own, in field 8, and the batch none.
const (
	batchAccount fieldNumber = 1 // repeated
	batchVersion fieldNumber = 2
	batchSize    fieldNumber = 3
	batchIndex   fieldNumber = 4 // from 0
	batchID      fieldNumber = 5

	accountSecret    fieldNumber = 1
	accountName      fieldNumber = 2
	accountIssuer    fieldNumber = 3
	accountAlgorithm fieldNumber = 4
	accountDigits    fieldNumber = 5
	accountType      fieldNumber = 6
	accountCounter   fieldNumber = 7
)

// schema gives the wire types of a message's known fields.
type schema map[fieldNumber]wireType

var (
	batchSchema = schema{
		batchAccount: wireBytes,
		batchVersion: wireVarint,
		batchSize:    wireVarint,
		batchIndex:   wireVarint,
		batchID:      wireVarint,
	}
	accountSchema = schema{
		accountSecret:    wireBytes,
		accountName:      wireBytes,
		accountIssuer:    wireBytes,
		accountAlgorithm: wireVarint,
		accountDigits:    wireVarint,
		accountType:      wireVarint,
		accountCounter:   wireVarint,
	}
)

// message is what the known fields of a message hold.
type message struct {
	numbers map[fieldNumber]uint64
	bytes   map[fieldNumber][][]byte
}

// parse reads a message to its last byte. Unknown fields are passed over; a known
// one of another type, or a number given twice, is damage: protobuf would take
// the last, and then two readers may make two keys of one code.
func (s schema) parse(b []byte) (message, error) {
	m := message{map[fieldNumber]uint64{}, map[fieldNumber][][]byte{}}
	for len(b) > 0 {
		number, as, n := wireTag(b)
		if n < 0 {
			return message{}, exchange.Refuse(exchange.Damaged)
		}
		b = b[n:]
		if n = m.field(s, number, as, b); n < 0 {
			return message{}, exchange.Refuse(exchange.Damaged)
		}
		b = b[n:]
	}
	return m, nil
}

// field reads one field and returns its length, negative where it is damaged.
func (m message) field(s schema, number fieldNumber, as wireType, b []byte) int {
	known, ok := s[number]
	_, again := m.numbers[number]
	switch {
	case !ok:
		return wireLength(number, as, b, maxGroups)
	case as != known || again:
		return -1
	case as == wireVarint:
		v, n := wireNumber(b)
		m.numbers[number] = v
		return n
	}
	v, n := wireText(b)
	m.bytes[number] = append(m.bytes[number], v)
	return n
}

// wireNumber reads a number and returns its length, negative where it is damaged.
func wireNumber(b []byte) (uint64, int) {
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, -1
	}
	return v, n
}

// wireTag reads what stands before a value.
func wireTag(b []byte) (fieldNumber, wireType, int) {
	v, n := wireNumber(b)
	number := fieldNumber(v >> 3)
	if n < 0 || number < 1 || number > maxField {
		return 0, 0, -1
	}
	return number, wireType(v & 7), n
}

// wireText reads bytes behind their length.
func wireText(b []byte) ([]byte, int) {
	size, n := wireNumber(b)
	if n < 0 || size > uint64(len(b)-n) {
		return nil, -1
	}
	end := n + int(size)
	return b[n:end], end
}

// wireLength returns how long a value is, negative where it is damaged.
func wireLength(number fieldNumber, as wireType, b []byte, groups int) int {
	n := -1
	switch as {
	case wireVarint:
		_, n = wireNumber(b)
	case wireBytes:
		_, n = wireText(b)
	case wireFixed32:
		n = 4
	case wireFixed64:
		n = 8
	case wireStartGroup:
		return wireGroup(number, b, groups)
	}
	if n > len(b) {
		return -1
	}
	return n
}

// wireGroup returns how long a group is, its end included.
func wireGroup(number fieldNumber, b []byte, groups int) int {
	for at := 0; groups > 0; {
		inner, as, n := wireTag(b[at:])
		if n < 0 {
			return -1
		}
		at += n
		if as == wireEndGroup {
			if inner != number {
				return -1
			}
			return at
		}
		if n = wireLength(inner, as, b[at:], groups-1); n < 0 {
			return -1
		}
		at += n
	}
	return -1
}

// batch is the message of one code.
type batch struct {
	accounts [][]byte
	size     int
	index    int // from 0
	id       int32
}

func parseBatch(data []byte) (batch, error) {
	m, err := batchSchema.parse(data)
	if err != nil {
		return batch{}, err
	}
	// Whoever writes single codes leaves the version and the size out.
	size, index := max(m.numbers[batchSize], 1), m.numbers[batchIndex]
	switch {
	case m.numbers[batchVersion] > 2:
		return batch{}, exchange.Refuse(exchange.Newer)
	case size > maxParts || index >= size:
		return batch{}, exchange.Refuse(exchange.BadPart)
	case len(m.bytes[batchAccount]) == 0:
		return batch{}, exchange.Refuse(exchange.NoAccounts)
	}
	return batch{m.bytes[batchAccount], int(size), int(index), int32(m.numbers[batchID])}, nil
}

func (b batch) encode() []byte {
	var out []byte
	for _, account := range b.accounts {
		out = appendBytes(out, batchAccount, account)
	}
	out = appendNumber(out, batchVersion, 1) // the one that every importer knows
	out = appendNumber(out, batchSize, uint64(b.size))
	out = appendNumber(out, batchIndex, uint64(b.index))
	return appendNumber(out, batchID, uint64(b.id))
}

// appendNumber leaves out a zero, as protobuf does.
func appendNumber(b []byte, field fieldNumber, v uint64) []byte {
	if v == 0 {
		return b
	}
	return binary.AppendUvarint(appendTag(b, field, wireVarint), v)
}

func appendBytes(b []byte, field fieldNumber, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	return append(binary.AppendUvarint(appendTag(b, field, wireBytes), uint64(len(v))), v...)
}

func appendTag(b []byte, field fieldNumber, as wireType) []byte {
	return binary.AppendUvarint(b, uint64(field)<<3|uint64(as))
}
