//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// command is one whole process, with what must be there before it.
type command struct {
	name    string
	args    []string
	in      func() string          // standard input
	prepare func() error           // not timed
	check   func(out string) error // what it printed
}

// job is what several commands do, ours first.
type job struct {
	name     string
	goal     []float64 // at most so many times the peer, 0 for none; as many as peers
	long     bool      // so that it is done less often
	env      []string
	commands []command
}

// figure is what one run cost.
type figure struct {
	cpu, wall time.Duration
	peak      int64 // KiB of the largest process
}

// run lets the commands take turns, after one turn that fills the caches.
func (j job) run(rounds int) ([][]figure, error) {
	figures := make([][]figure, len(j.commands))
	for r := range rounds + 1 {
		for i, c := range j.commands {
			f, err := c.run(j.env)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			if r > 0 {
				figures[i] = append(figures[i], f)
			}
		}
	}
	return figures, nil
}

func (c command) run(env []string) (figure, error) {
	if c.prepare != nil {
		if err := c.prepare(); err != nil {
			return figure{}, err
		}
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, &out, &errs
	if c.in != nil {
		cmd.Stdin = strings.NewReader(c.in())
	}
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if status := cmd.ProcessState; status == nil || status.ExitCode() != 0 && status.ExitCode() != 3 { // 3: check has found something
		return figure{}, fmt.Errorf("%w: %.300s", err, errs.String())
	}
	if c.check != nil {
		if err := c.check(out.String()); err != nil {
			return figure{}, err
		}
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return figure{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall, usage.Maxrss}, nil
}

// median returns the middle one of some values, of an even number the lower.
func median[T int64 | float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

func of[T any](figures []figure, what func(figure) T) (list []T) {
	for _, f := range figures {
		list = append(list, what(f))
	}
	return list
}

func cpu(figures []figure) time.Duration {
	return median(of(figures, func(f figure) time.Duration { return f.cpu }))
}

func wall(figures []figure) time.Duration {
	return median(of(figures, func(f figure) time.Duration { return f.wall }))
}

func peak(figures []figure) int64 { return median(of(figures, func(f figure) int64 { return f.peak })) }

// ratios returns the medians of ours by theirs, pair by pair.
func ratios(ours, theirs []figure) (byCPU, byWall float64) {
	var c, w []float64
	for i := range ours {
		c = append(c, float64(ours[i].cpu)/float64(max(theirs[i].cpu, time.Microsecond)))
		w = append(w, float64(ours[i].wall)/float64(theirs[i].wall))
	}
	return median(c), median(w)
}
