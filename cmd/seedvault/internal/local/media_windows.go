package local

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// isMount returns false: drives have letters here, and [removableDrives] finds them.
func isMount(string) bool { return false }

// sameDisk reports whether two folders lie on one drive.
func sameDisk(a, b string) bool {
	return strings.EqualFold(filepath.VolumeName(a), filepath.VolumeName(b))
}

// removableDrives lists the removable drives of systems that give drives letters.
func removableDrives() []CopySite {
	var found []CopySite
	for letter := 'D'; letter <= 'Z'; letter++ {
		root := string(letter) + `:\`
		name, err := windows.UTF16PtrFromString(root)
		if err == nil && windows.GetDriveType(name) == windows.DRIVE_REMOVABLE && writable(root) {
			found = append(found, CopySite{Name: volumeName(name, root), Path: root, Removable: true})
		}
	}
	return found
}

// volumeName returns a drive's label, or its letter.
func volumeName(root *uint16, letter string) string {
	label := make([]uint16, windows.MAX_PATH+1)
	if windows.GetVolumeInformation(root, &label[0], uint32(len(label)), nil, nil, nil, nil, 0) == nil {
		if text := windows.UTF16ToString(label); text != "" {
			return text
		}
	}
	return letter[:2]
}
