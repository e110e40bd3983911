package main

import (
	"context"
	"fmt"
	"log"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// tally counts codes: read, wanted, and texts that are not in the picture.
type tally struct{ read, want, wrong int }

func (t *tally) add(want []string, a answer) (missed int) {
	for _, text := range want {
		if holds(a.Texts, text) {
			t.read++
		} else {
			missed++
		}
	}
	for _, text := range a.Texts {
		if !holds(want, text) {
			t.wrong++
		}
	}
	t.want += len(want)
	return missed
}

// table is what all readers made of all pictures.
type table struct {
	readers []reader
	classes []string
	codes   map[string][]tally
	times   map[string][][]answer
	total   []tally
}

func score(ctx context.Context, dir string, list []picture, missed, only bool) error {
	readers := []reader{{"seedvault", inProcess("ours")}}
	if !only {
		if _, err := exec.LookPath("zbarimg"); err != nil {
			return err
		}
		answers, err := zxing(ctx, dir, list)
		if err != nil {
			return err
		}
		fromNode := func(_ context.Context, path string) (answer, error) { return answers[path], nil }
		readers = append(readers, reader{"zxing-cpp", fromNode}, reader{"zbarimg", zbar}, reader{"gozxing", inProcess("gozxing")})
	}
	t := table{readers: readers, codes: map[string][]tally{}, times: map[string][][]answer{}, total: make([]tally, len(readers))}
	for _, p := range list {
		if err := t.run(ctx, p, missed); err != nil {
			return err
		}
	}
	t.print(len(list))
	return nil
}

func (t *table) run(ctx context.Context, p picture, missed bool) error {
	if t.codes[p.Class] == nil {
		t.classes = append(t.classes, p.Class)
		t.codes[p.Class] = make([]tally, len(t.readers))
		t.times[p.Class] = make([][]answer, len(t.readers))
	}
	var answers []answer
	for i, r := range t.readers {
		a, err := r.read(ctx, p.File)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", r.name, p.File, err)
		}
		answers = append(answers, a)
		lost := t.codes[p.Class][i].add(p.Want, a)
		t.total[i].add(p.Want, a)
		t.times[p.Class][i] = append(t.times[p.Class][i], a)
		if wrong := len(a.Texts) - (len(p.Want) - lost); i == 0 && missed && (lost > 0 || wrong > 0) {
			defer func() {
				var others []string
				for j := 1; j < len(t.readers); j++ {
					got := 0
					for _, text := range p.Want {
						if holds(answers[j].Texts, text) {
							got++
						}
					}
					others = append(others, fmt.Sprintf("%s %d", t.readers[j].name, got))
				}
				log.Printf("missed %d, wrong %d: %s (%s)", lost, wrong, p.File, strings.Join(others, ", "))
			}()
		}
	}
	return nil
}

// print writes the table as Markdown.
func (t *table) print(pictures int) {
	fmt.Printf("%s, %d pictures; codes read, then texts that are not there (w), then CPU time from file in ms, median and p90.\n\n",
		time.Now().Format(time.DateOnly), pictures)
	head, rule := "| class | codes |", "| --- | --- |"
	for _, r := range t.readers {
		head += " " + r.name + " | ms |"
		rule += " --- | --- |"
	}
	fmt.Println(head)
	fmt.Println(rule)
	for _, class := range t.classes {
		t.line(class, t.codes[class], t.times[class])
	}
	all := make([][]answer, len(t.readers))
	for _, class := range t.classes {
		for i := range all {
			all[i] = append(all[i], t.times[class][i]...)
		}
	}
	t.line("all", t.total, all)
	fmt.Printf("\n%s %s/%s, %d CPUs\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
}

func (t *table) line(class string, codes []tally, times [][]answer) {
	line := fmt.Sprintf("| %s | %d |", class, codes[0].want)
	for i, c := range codes {
		wrong := ""
		if c.wrong > 0 {
			wrong = fmt.Sprintf(" w%d", c.wrong)
		}
		half, most := spread(times[i])
		line += fmt.Sprintf(" %d%s | %s / %s |", c.read, wrong, ms(half), ms(most))
	}
	fmt.Println(line)
}

// spread returns the median and the 90th percentile of CPU times.
func spread(answers []answer) (half, most time.Duration) {
	var d []time.Duration
	for _, a := range answers {
		d = append(d, a.CPU)
	}
	slices.Sort(d)
	return d[len(d)/2], d[len(d)*9/10]
}

func ms(d time.Duration) string {
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%d", d.Milliseconds())
}
