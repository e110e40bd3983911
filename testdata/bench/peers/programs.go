//go:build linux

package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// bencher has a folder for everything, and the programs.
type bencher struct {
	dir string
	bin string // of what is built here
}

// packages are Debian's. gopass there is another program, without codes; gopass itself,
// rsc's 2fa and totp-cli come from Go's module proxy, where it has them.
var packages = []string{"oathtool", "pass", "pass-extension-otp", "gnupg", "keepassxc", "zbar-tools", "qrencode", "rsync", "rclone"}

// built are programs for go install; those that are optional may be missing.
var built = []struct {
	module   string
	optional bool
}{
	{"filippo.io/age/cmd/age@v1.3.2", false},
	{"filippo.io/age/cmd/age-keygen@v1.3.2", false},
	{"rsc.io/2fa@v1.2.0", true},
	{"github.com/yitsushi/totp-cli@v1.9.2", true},
	{"github.com/gopasspw/gopass@v1.16.1", true},
}

// programs builds seedvault as README says, and brings the peers if it may.
func (b *bencher) programs(install bool) error {
	b.bin = filepath.Join(b.dir, "bin")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-tags", "urfave_cli_no_docs", "-o", filepath.Join(b.bin, "seedvault"), "./cmd/seedvault")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("failed to build seedvault: %w: %s", err, out)
	}
	if install {
		apt := exec.Command("apt-get", append([]string{"install", "-y", "-q"}, packages...)...)
		apt.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := apt.CombinedOutput(); err != nil {
			return fmt.Errorf("failed to install packages: %w: %.300s", err, out)
		}
	}
	for _, p := range built {
		get := exec.Command("go", "install", p.module)
		get.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+b.bin, "GOFLAGS=")
		if out, err := get.CombinedOutput(); err != nil && !p.optional {
			return fmt.Errorf("failed to install %s: %w: %s", p.module, err, out)
		} else if err != nil {
			log.Printf("not to be had: %s", p.module)
		}
	}
	for _, name := range []string{"oathtool", "pass", "gpg", "keepassxc-cli", "zbarimg", "qrencode", "rsync", "rclone"} {
		if _, err := exec.LookPath(name); err != nil {
			return fmt.Errorf("%s is missing: -install brings it", name)
		}
	}
	return nil
}

func (b *bencher) program(name string) string { return filepath.Join(b.bin, name) }

// has reports whether one of the optional programs is there.
func (b *bencher) has(name string) bool {
	_, err := os.Stat(b.program(name))
	return err == nil
}

// size returns how many bytes seedvault has, stripped.
func (b *bencher) size() int64 {
	info, err := os.Stat(b.program("seedvault"))
	if err != nil {
		return 0
	}
	return info.Size()
}

// versions names the programs that took part.
func (b *bencher) versions() []string {
	list := []string{"age 1.3.2"}
	for _, p := range built {
		name, version, _ := strings.Cut(p.module, "@")
		if p.optional && b.has(filepath.Base(name)) {
			list = append(list, filepath.Base(name)+" "+strings.TrimPrefix(version, "v"))
		} else if p.optional {
			list = append(list, filepath.Base(name)+" (not to be had)")
		}
	}
	for _, name := range packages {
		out, err := exec.Command("dpkg-query", "-W", "-f", "${Version}", name).Output()
		if err == nil {
			list = append(list, name+" "+string(out))
		}
	}
	return list
}

// stop ends what the peers have left running.
func (b *bencher) stop() {
	kill := exec.Command("gpgconf", "--kill", "gpg-agent")
	kill.Env = b.env("")
	kill.Run() // there may be none
}

// env returns the environment of a home of its own, with nothing of the person's.
func (b *bencher) env(home string) []string {
	return []string{
		"PATH=" + b.bin + ":" + os.Getenv("PATH"), "HOME=" + home, "LANG=C.UTF-8",
		"GNUPGHOME=" + filepath.Join(b.dir, "gpg"), "PASSWORD_STORE_DIR=" + filepath.Join(home, "pass"),
		"RCLONE_CONFIG=" + filepath.Join(b.dir, "rclone.conf"),
	}
}

// do runs a command that has to succeed, and returns what it printed.
func do(env []string, stdin string, args ...string) (string, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env, cmd.Stdin = env, strings.NewReader(stdin)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %.300s", filepath.Base(args[0]), err, errs.String())
	}
	return string(out), nil
}
