package speech

import "maps"

// english is the whole catalogue in English.
var english = catalogue(englishHelp, englishErrors, englishRemarks, englishTables, englishTour, englishRotation, englishCopies, englishFirst, englishSheet, englishTyped, englishGuide)

// catalogue unites the parts of one language.
func catalogue(parts ...map[Message]string) map[Message]string {
	all := map[Message]string{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}
