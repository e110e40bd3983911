package copies

import (
	"io/fs"
	"syscall"
)

// Attributes of files whose content a cloud service fetches when it is asked for.
const (
	attributeOffline      = 0x1000
	attributeRecallOnOpen = 0x40000
	attributeRecallOnData = 0x400000
)

// isPlaceholder reports whether only a file's name lies here.
func isPlaceholder(info fs.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&(attributeOffline|attributeRecallOnOpen|attributeRecallOnData) != 0
}
