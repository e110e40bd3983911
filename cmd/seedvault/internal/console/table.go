package console

import (
	"fmt"
	"io"
	"strings"
)

// Table writes rows in columns that align whatever the script. Cells are made
// safe, and all but the last of a row are cut to a readable width.
func Table(w io.Writer, rows [][]string) {
	const widest, gap = 40, 2
	safe := make([][]string, len(rows))
	var widths []int
	for i, row := range rows {
		for j, cell := range row {
			width := widest
			if j == len(row)-1 {
				width = 0
			}
			cell = Safe(cell, width)
			safe[i] = append(safe[i], cell)
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], Width(cell))
		}
	}
	for _, row := range safe {
		var line strings.Builder
		for j, cell := range row {
			line.WriteString(cell)
			if j < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[j]-Width(cell)+gap))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}
