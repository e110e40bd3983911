package words

import (
	"embed"
	"strings"
)

//go:embed help
var helpPages embed.FS

// AppHelp names the page of help about the whole program.
const AppHelp = "app"

// HelpPages returns the names of the pages of help: the words of a command joined by
// hyphens, such as "holder-add", and [AppHelp].
func HelpPages() []string {
	files, _ := helpPages.ReadDir("help") // an embedded folder can be read
	var names []string
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".en.txt"); ok {
			names = append(names, name)
		}
	}
	return names
}

// Help returns a page of help without a line end behind it, "" if there is none of
// that name.
func Help(l Language, page string) string {
	suffix := ".en.txt"
	if l == Japanese {
		suffix = ".ja.txt"
	}
	text, err := helpPages.ReadFile("help/" + page + suffix)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(text), "\n")
}
