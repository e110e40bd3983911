package console

import "strings"

// SafeList makes names from outside fit for a sentence, one behind the other.
func SafeList(names []string) string {
	var safe []string
	for _, n := range names {
		safe = append(safe, Safe(n, 40))
	}
	return strings.Join(safe, ", ")
}
