//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// with appends to a command line, which stays as it is.
func with(line []string, more ...string) []string { return append(line[:len(line):len(line)], more...) }

// shell returns a command line for what takes more than one program.
func shell(script string, args ...string) []string {
	return append([]string{"sh", "-c", script, "sh"}, args...)
}

// jobs returns the rows of the table; those that do not depend on the seeds are done once.
func (b *bencher) jobs(s *stores, once bool) []job {
	var list []job
	if once {
		list = append(list, b.start(s)...)
	}
	list = append(list, b.one(s), b.names(s), b.all(s), b.cold(s), b.add(s), b.addOpen(s), b.bring(s), b.checkOpen(s), b.checkShut(s), b.picture(s))
	if s.n >= 100 {
		list = append(list, b.pictures(s))
	}
	list = append(list, b.sync(s, false), b.sync(s, true))
	for i := range list {
		list[i].env = s.env
	}
	return list
}

func (b *bencher) start(s *stores) (list []job) {
	for _, flag := range []string{"--version", "--help"} {
		list = append(list, job{name: flag, goal: []float64{0.8}, commands: []command{
			{name: "seedvault", args: []string{b.program("seedvault"), flag}},
			{name: "age", args: []string{b.program("age"), flag}},
		}})
	}
	return list
}

func (b *bencher) ageAll(s *stores) command {
	return command{name: "age -d, one file", args: []string{b.program("age"), "-d", "-i", s.identity, s.path("all.age")}, check: prints(s.n, "otpauth://")}
}

func (s *stores) keepassDo(check func(string) error, args ...string) command {
	return command{name: "keepassxc-cli " + args[0], args: append([]string{"keepassxc-cli"}, args...), in: func() string { return keepassPassword + "\n" }, check: check}
}

// one returns the code of one seed.
func (b *bencher) one(s *stores) job {
	want := seedNo(s.n / 2)
	return job{name: "one code, key file", goal: []float64{0, 1.2, 0, 0}, commands: []command{
		{name: "seedvault", args: with(s.keyed, "code", want.name()), check: printsCode(want)},
		{name: "seedvault, this PC's key", args: with(s.device, "code", want.name()), check: printsCode(want)},
		b.ageAll(s),
		{name: "pass otp", args: []string{"pass", "otp", want.name()}, check: printsCode(want)},
		s.keepassDo(printsCode(want), "show", "-q", "-t", s.path("keepass.kdbx"), want.account),
		{name: "oathtool, seed in clear", args: []string{"oathtool", "--totp", "-b", "-"}, in: func() string { return strings.Split(strings.Split(want.uri(), "secret=")[1], "&")[0] }, check: printsCode(want)},
	}}
}

func (b *bencher) names(s *stores) job {
	return job{name: "list", goal: []float64{0, 0.1}, commands: []command{
		{name: "seedvault", args: with(s.device, "list"), check: prints(s.n, "@example.com")},
		{name: "pass ls", args: []string{"pass", "ls"}, check: prints(s.n, "a")},
		s.keepassDo(prints(s.n, "@example.com"), "ls", "-q", s.path("keepass.kdbx")),
	}}
}

func (b *bencher) all(s *stores) job {
	j := job{name: "all codes", goal: []float64{0.5}, long: true, commands: []command{
		{name: "seedvault", args: with(s.device, "code"), check: printsCodes(s.n)},
		s.keepassDo(prints(s.n, "otpauth://"), "export", "-q", "-f", "csv", s.path("keepass.kdbx")),
		b.ageAll(s),
	}}
	if s.n <= 1000 { // gpg takes half a minute for ten thousand
		j.commands = append(j.commands, command{name: "gpg --decrypt-files", args: shell(`cp -r "$PASSWORD_STORE_DIR" "$1" && gpg --batch -q --decrypt-files "$1"/*.gpg; rm -r "$1"`, s.path("opened")), prepare: func() error { return os.RemoveAll(s.path("opened")) }})
	}
	return j
}

// forget removes what this machine keeps of the vaults' names and seeds, so that all is
// read anew.
func (s *stores) forget() error {
	kept, err := filepath.Glob(filepath.Join(s.path("home"), ".local/state/seedvault/*/index*"))
	for _, name := range kept {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return err
}

func (b *bencher) itself(args ...string) []string {
	program, err := os.Executable()
	if err != nil {
		program = os.Args[0]
	}
	return append([]string{program, "-baseline"}, args...)
}

// cold is reading all without an index.
func (b *bencher) cold(s *stores) job {
	return job{name: "cold read of all", goal: []float64{2.2}, long: true, commands: []command{
		{name: "seedvault", args: with(s.device, "list"), prepare: s.forget, check: prints(s.n, "@example.com")},
		{name: "N X25519 operations", args: b.itself("x25519", strconv.Itoa(s.n))},
	}}
}

// fresh are lines that no store holds yet, a new one at each call.
func fresh() func() string {
	at := 1_000_000
	return func() string { at++; return seedNo(at).uri() + "\n" }
}

func (b *bencher) add(s *stores) job {
	at := 0
	return job{name: "add, no key", goal: []float64{0, 0}, commands: []command{
		{name: "seedvault", args: with(s.keyed[:3], "add", "-"), in: fresh()},
		{name: "pass otp insert", args: shell(`pass otp insert -f new`), in: fresh()},
		{name: "age -e", args: shell(`age -r "$1" -o "$2"`, s.recipient, s.path("new.age")), in: fresh(), prepare: func() error { at++; return os.RemoveAll(s.path("new.age")) }},
	}}
}

func (b *bencher) addOpen(s *stores) job {
	return job{name: "add, this PC's key, one copy", goal: []float64{1.5}, commands: []command{
		{name: "seedvault", args: with(s.device, "add", "-"), in: fresh()},
		{name: "seedvault, no key", args: with(s.keyed[:3], "add", "-"), in: fresh()},
	}}
}

// bring returns an import of all into an empty vault, which is put back each time.
func (b *bencher) bring(s *stores) job {
	home, kept := s.path("home"), s.path("home-kept")
	back := func() error {
		_, err := do(s.env, "", shell(`set -e; if [ ! -e "$3" ]; then cp -a "$1" "$3"; cp -a "$2" "$4"; fi
			rm -rf "$1" "$2"; cp -a "$3" "$1"; cp -a "$4" "$2"`, home, s.path("empty"), kept, s.path("empty-kept"))...)
		return err
	}
	return job{name: "import", goal: []float64{1.2, 0, 0}, long: true, commands: []command{
		{name: "seedvault", args: with(s.empty, "import", s.uris), prepare: back},
		{name: "age's library, 2 workers, one sync", args: b.itself("age", s.recipient, s.path("imported")), in: s.all, prepare: func() error { return os.RemoveAll(s.path("imported")) }},
		{name: "keepassxc-cli import", args: []string{"keepassxc-cli", "import", "-q", "-p", "-t", "100", s.path("keepass.xml"), s.path("again.kdbx")},
			in: func() string { return keepassPassword + "\n" + keepassPassword + "\n" }, prepare: func() error { return os.RemoveAll(s.path("again.kdbx")) }},
	}}
}

// all returns the lines of all seeds.
func (s *stores) all() string {
	text, err := os.ReadFile(s.uris)
	if err != nil {
		return ""
	}
	return string(text)
}

func (b *bencher) checkOpen(s *stores) job {
	return job{name: "check with a key", goal: []float64{1.3}, long: true, commands: []command{
		{name: "seedvault", args: with(s.keyed, "check")},
		{name: "seedvault, cold read", args: with(s.device, "list"), prepare: s.forget, check: prints(s.n, "@example.com")},
	}}
}

func (b *bencher) checkShut(s *stores) job {
	return job{name: "check without a key", goal: []float64{1.5}, long: true, commands: []command{
		{name: "seedvault", args: with(s.keyed[:3], "check")},
		{name: "sha256sum", args: shell(`find "$1" -type f -print0 | xargs -0 sha256sum`, s.path("keyed"))},
	}}
}

func (b *bencher) picture(s *stores) job {
	png, theirs := s.path("q.png"), s.path("theirs.png")
	gone := func() error { return os.RemoveAll(png) }
	return job{name: "restore --png, one", goal: []float64{1.5, 0}, commands: []command{
		{name: "seedvault", args: with(s.device, "restore", seedNo(0).name(), "--png", png), prepare: gone, check: drawn(png)},
		{name: "age -d, qrencode", args: shell(`age -d -i "$1" "$2" | qrencode -o "$3"`, s.identity, s.path("one.age"), theirs), check: drawn(theirs)},
		{name: "pass show, qrencode", args: shell(`pass show "$1" | qrencode -o "$2"`, seedNo(0).name(), theirs), check: drawn(theirs)},
	}}
}

// drawn fails unless a picture shows the first seed, as zbarimg reads it.
func drawn(file string) func(string) error {
	return func(string) error {
		out, err := do(os.Environ(), "", "zbarimg", "-q", "--raw", "--nodbus", file)
		if err == nil && strings.TrimSpace(out) != seedNo(0).uri() {
			err = fmt.Errorf("%s shows something else", filepath.Base(file))
		}
		return err
	}
}

func (b *bencher) pictures(s *stores) job {
	args := with(s.device, "restore")
	for i := range 100 {
		args = append(args, seedNo(i).name())
	}
	gone := func() error {
		_, err := do(s.env, "", shell(`rm -f "$1"/q-*.png`, s.dir)...)
		return err
	}
	return job{name: "restore --png, 100", goal: []float64{0.5}, long: true, commands: []command{
		{name: "seedvault", args: append(args, "--png", s.path("q.png")), prepare: gone, check: drawn(s.path("q-1.png"))},
		{name: "qrencode in a loop", args: shell(`i=0; head -n 100 "$1" | while read -r line; do i=$((i+1)); printf %s "$line" | qrencode -o "$2-$i.png"; done`, s.uris, s.path("loop")), check: drawn(s.path("loop-1.png"))},
	}}
}

// sync brings a copy up to date: with no change, or where one seed has not come yet.
func (b *bencher) sync(s *stores, changed bool) job {
	name, goal := "copy sync, no change", []float64{1, 0}
	without := func(string) func() error { return nil }
	if changed {
		name, goal = "copy sync, one changed", []float64{0, 2}
		without = func(place string) func() error { return func() error { return lose(s.path(place)) } }
	}
	return job{name: name, goal: goal, long: true, commands: []command{
		{name: "seedvault", args: with(s.device, "copy", "sync"), prepare: without("copy")},
		{name: "rclone sync", args: []string{"rclone", "sync", s.path("device"), s.path("rclone")}, prepare: without("rclone")},
		{name: "rsync -a", args: []string{"rsync", "-a", s.path("device") + "/", s.path("rsync")}, prepare: without("rsync")},
	}}
}

// lose removes one seed from a copy, if there is one.
func lose(dir string) error {
	seeds, err := filepath.Glob(filepath.Join(dir, "*", "seeds", "*.age"))
	if err != nil || len(seeds) == 0 {
		return err
	}
	return os.Remove(seeds[0])
}
