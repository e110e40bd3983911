package exchange

import (
	"google.golang.org/protobuf/encoding/protowire"
)

// The message of a code, as its field numbers in protobuf's wire format
// (https://protobuf.dev/programming-guides/encoding). Version 2 gives each
// account an identifier of its own, in field 8, and the batch none.
const (
	batchAccount protowire.Number = 1 // repeated
	batchVersion protowire.Number = 2
	batchSize    protowire.Number = 3
	batchIndex   protowire.Number = 4 // from 0
	batchID      protowire.Number = 5

	accountSecret    protowire.Number = 1
	accountName      protowire.Number = 2
	accountIssuer    protowire.Number = 3
	accountAlgorithm protowire.Number = 4
	accountDigits    protowire.Number = 5
	accountType      protowire.Number = 6
	accountCounter   protowire.Number = 7
)

// schema gives the wire types of a message's known fields.
type schema map[protowire.Number]protowire.Type

var (
	batchSchema = schema{
		batchAccount: protowire.BytesType,
		batchVersion: protowire.VarintType,
		batchSize:    protowire.VarintType,
		batchIndex:   protowire.VarintType,
		batchID:      protowire.VarintType,
	}
	accountSchema = schema{
		accountSecret:    protowire.BytesType,
		accountName:      protowire.BytesType,
		accountIssuer:    protowire.BytesType,
		accountAlgorithm: protowire.VarintType,
		accountDigits:    protowire.VarintType,
		accountType:      protowire.VarintType,
		accountCounter:   protowire.VarintType,
	}
)

// message is what the known fields of a message hold.
type message struct {
	numbers map[protowire.Number]uint64
	bytes   map[protowire.Number][][]byte
}

// parse reads a message to its last byte. Unknown fields are passed over; a known
// one of another type, or a number given twice, is damage: protobuf would take
// the last, and then two readers may make two keys of one code.
func (s schema) parse(b []byte) (message, error) {
	m := message{map[protowire.Number]uint64{}, map[protowire.Number][][]byte{}}
	for len(b) > 0 {
		number, wireType, n := protowire.ConsumeTag(b)
		if n < 0 {
			return message{}, refuse(Damaged)
		}
		b = b[n:]
		if n = m.take(s, number, wireType, b); n < 0 {
			return message{}, refuse(Damaged)
		}
		b = b[n:]
	}
	return m, nil
}

// take reads one field and returns its length, negative where it is damaged.
func (m message) take(s schema, number protowire.Number, wireType protowire.Type, b []byte) int {
	known, ok := s[number]
	_, again := m.numbers[number]
	switch {
	case !ok:
		return protowire.ConsumeFieldValue(number, wireType, b)
	case wireType != known || again:
		return -1
	case wireType == protowire.VarintType:
		v, n := protowire.ConsumeVarint(b)
		m.numbers[number] = v
		return n
	}
	v, n := protowire.ConsumeBytes(b)
	m.bytes[number] = append(m.bytes[number], v)
	return n
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
		return batch{}, refuse(Newer)
	case size > maxParts || index >= size:
		return batch{}, refuse(BadPart)
	case len(m.bytes[batchAccount]) == 0:
		return batch{}, refuse(NoAccounts)
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
func appendNumber(b []byte, field protowire.Number, v uint64) []byte {
	if v == 0 {
		return b
	}
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
}

func appendBytes(b []byte, field protowire.Number, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), v)
}
