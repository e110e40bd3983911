package copies

import (
	"io/fs"
	"syscall"
)

// dataless is the flag of a file whose content a cloud service fetches when it is
// asked for (SF_DATALESS, sys/stat.h).
const dataless = 0x40000000

// isPlaceholder reports whether only a file's name lies here.
func isPlaceholder(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Flags&dataless != 0
}
