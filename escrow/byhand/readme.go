package byhand

import (
	_ "embed"
	"strings"
)

//go:embed readme.txt
var readmeSource string

// README returns the text of README.txt, which says in every vault how it is opened
// by hand, in English and Japanese, with the lines of all steps.
func README() string {
	var b strings.Builder
	for line := range strings.Lines(readmeSource) {
		step, found := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "@")
		if !found {
			b.WriteString(line)
			continue
		}
		of := Unix
		shell, name, _ := strings.Cut(step, " ")
		if shell == "windows" {
			of = Windows
		}
		b.WriteString(Block(of, "       ", Step(name)) + "\n")
	}
	return b.String()
}
