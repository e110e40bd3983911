package console

import "strings"

// SafeList makes names from outside safe, and joins them with commas.
func SafeList(names []string) string {
	var safe []string
	for _, n := range names {
		safe = append(safe, Safe(n, 40))
	}
	return strings.Join(safe, ", ")
}
