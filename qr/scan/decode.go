package scan

import (
	"errors"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common/reedsolomon"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

var (
	errMatrix   = errors.New("failed to read format or version of symbol")
	errChecksum = errors.New("failed to correct errors of symbol")
)

// message is what a symbol holds, its errors corrected.
type message struct {
	version  int
	data     []byte
	mirrored bool
	mended   int // how many codewords were wrong
}

// decodeMatrix reads the modules of a symbol as they are, and mirrored: what is seen from behind, as
// through glass, has its rows where columns should be.
func decodeMatrix(m *gozxing.BitMatrix) (msg message, err error) {
	defer func() {
		if recover() != nil { // gozxing is not known to panic on any matrix
			msg, err = message{}, errMatrix
		}
	}()
	parser, err := decoder.NewBitMatrixParser(m)
	if err != nil {
		return message{}, errMatrix
	}
	msg, err = readCodewords(parser)
	if err == nil {
		return msg, nil
	}
	parser.Remask()
	parser.SetMirror(true)
	if _, e := parser.ReadVersion(); e != nil {
		return message{}, err
	}
	if _, e := parser.ReadFormatInformation(); e != nil {
		return message{}, err
	}
	parser.Mirror()
	mirrored, e := readCodewords(parser)
	if e != nil {
		return message{}, err
	}
	mirrored.mirrored = true
	return mirrored, nil
}

// readCodewords takes the codewords in their order and corrects each block's errors (ISO/IEC
// 18004, 7.6 and 7.7, and clause 12).
func readCodewords(parser *decoder.BitMatrixParser) (message, error) {
	version, err := parser.ReadVersion()
	if err != nil {
		return message{}, errMatrix
	}
	format, err := parser.ReadFormatInformation()
	if err != nil {
		return message{}, errMatrix
	}
	codewords, err := parser.ReadCodewords()
	if err != nil {
		return message{}, errMatrix
	}
	level := format.GetErrorCorrectionLevel()
	blocks, err := decoder.DataBlock_GetDataBlocks(codewords, version, level)
	if err != nil {
		return message{}, errMatrix
	}
	msg := message{version: version.GetVersionNumber()}
	for _, block := range blocks {
		data, mended, err := correct(block, mostErrors(msg.version, level, version.GetECBlocksForLevel(level).GetECCodewordsPerBlock()))
		if err != nil {
			return message{}, err
		}
		msg.data, msg.mended = append(msg.data, data...), msg.mended+mended
	}
	return msg, nil
}

var solomon = reedsolomon.NewReedSolomonDecoder(reedsolomon.GenericGF_QR_CODE_FIELD_256)

// correct returns the data of a block, if no more than so many of its codewords are wrong.
func correct(block *decoder.DataBlock, most int) (data []byte, mended int, err error) {
	codewords := block.GetCodewords()
	fixed := make([]int, len(codewords))
	for i, c := range codewords {
		fixed[i] = int(c)
	}
	n := block.GetNumDataCodewords()
	if solomon.Decode(fixed, len(codewords)-n) != nil {
		return nil, 0, errChecksum
	}
	data = make([]byte, n)
	for i, c := range fixed {
		if c != int(codewords[i]) {
			mended++
		}
		if i < n {
			data[i] = byte(c)
		}
	}
	if mended > most {
		return nil, 0, errChecksum
	}
	return data, mended, nil
}

// mostErrors returns how many wrong codewords of a block may be corrected. It is fewer than the
// code could mend in the smallest symbols: there some codewords are set aside so that what is not
// this text is not taken for it (ISO/IEC 18004, table 9, the note on p).
func mostErrors(version int, level decoder.ErrorCorrectionLevel, check int) int {
	aside := 0
	switch {
	case version == 1 && level == decoder.ErrorCorrectionLevel_L:
		aside = 3
	case version == 1 && level == decoder.ErrorCorrectionLevel_M, version == 2 && level == decoder.ErrorCorrectionLevel_L:
		aside = 2
	case version == 1, version == 3 && level == decoder.ErrorCorrectionLevel_L:
		aside = 1
	}
	return (check - aside) / 2
}
