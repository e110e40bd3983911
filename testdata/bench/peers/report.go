//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// report is the table as it grows.
type report struct {
	programs []string
	size     int64
	rows     []row
}

// row is a job at one size.
type row struct {
	job     string
	seeds   int
	figures [][]figure
	names   []string
	goals   []float64
}

func (r *report) add(n int, j job, figures [][]figure) {
	line := row{job: j.name, seeds: n, figures: figures, goals: j.goal}
	for _, c := range j.commands {
		line.names = append(line.names, c.name)
	}
	r.rows = append(r.rows, line)
}

// The place of the table in the page.
const (
	begins = "<!-- what peers printed begins here -->\n"
	ends   = "<!-- what peers printed ends here -->\n"
)

// write puts the table into a page, in place of the one that is there.
func (r *report) write(name string) error {
	page, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(page), begins)
	_, after, found := strings.Cut(rest, ends)
	if !ok || !found {
		return fmt.Errorf("%s has no place for the table", name)
	}
	return os.WriteFile(name, []byte(before+begins+r.text()+ends+after), 0o644)
}

// text returns the table in Markdown.
func (r *report) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nOf %s, on %s. Peers: %s.\nseedvault is %.2f MB, stripped.\n\n", time.Now().UTC().Format(time.DateOnly), machine(), strings.Join(r.programs, ", "), float64(r.size)/1e6)
	b.WriteString("| job | seeds | seedvault | peer | its time | ratio | goal |\n| --- | ---: | ---: | --- | ---: | ---: | ---: |\n")
	for _, row := range r.rows {
		ours := row.figures[0]
		for i, theirs := range row.figures[1:] {
			byCPU, byWall := ratios(ours, theirs)
			goal := ""
			if i < len(row.goals) && row.goals[i] > 0 {
				goal = fmt.Sprintf("%g, %s", row.goals[i], verdict(byCPU <= row.goals[i]))
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", row.job, thousands(row.seeds), took(ours), row.names[i+1], took(theirs), ratio(byCPU, byWall), goal)
		}
	}
	b.WriteString("\nGrowth and memory of seedvault: the largest process of a run, and how many times as long as with 100 seeds a run took.\n\n")
	b.WriteString("| job | seeds | peak MiB | growth from 100 |\n| --- | ---: | ---: | ---: |\n")
	for _, row := range r.rows {
		fmt.Fprintf(&b, "| %s | %s | %.0f | %s |\n", row.job, thousands(row.seeds), float64(peak(row.figures[0]))/1024, r.growth(row))
	}
	b.WriteString("\n")
	return b.String()
}

// growth compares a row with the one of 100 seeds.
func (r *report) growth(of row) string {
	for _, row := range r.rows {
		if row.job == of.job && row.seeds == 100 && of.seeds > 100 {
			return fmt.Sprintf("%.2g", float64(cpu(of.figures[0]))/float64(cpu(row.figures[0])))
		}
	}
	return ""
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "not met"
}

// took shows a processor time in milliseconds, with the time on the clock where it
// differs by a third.
func took(figures []figure) string {
	c, w := milliseconds(cpu(figures)), milliseconds(wall(figures))
	if text := fmt.Sprintf("%.3g ms", c); w <= c*4/3 && w >= c*2/3 {
		return text
	} else {
		return fmt.Sprintf("%s (%.3g)", text, w)
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func ratio(byCPU, byWall float64) string {
	if byWall <= byCPU*4/3 && byWall >= byCPU*2/3 {
		return fmt.Sprintf("%.2g", byCPU)
	}
	return fmt.Sprintf("%.2g (%.2g)", byCPU, byWall)
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// machine returns the kind of computer, with nothing that tells which.
func machine() string {
	kind := "an unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				kind = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s/%s, %d cores of %s, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), kind, runtime.Version())
}
