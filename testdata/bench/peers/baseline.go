//go:build linux

package main

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"filippo.io/age"
	"golang.org/x/sys/unix"
)

// workers is how many cores the yardsticks use.
const workers = 2

// beBaseline does what a yardstick does, in a process of its own:
//
//	x25519 N            N multiplications, with one private key
//	age RECIPIENT DIR   encrypts each line of standard input into a file, with age's
//	                    library, syncs the file system once and renames the folder
func beBaseline(what string, args []string) error {
	switch {
	case what == "x25519" && len(args) == 1:
		n, err := strconv.Atoi(args[0])
		if err != nil {
			return err
		}
		return multiply(n)
	case what == "age" && len(args) == 2:
		return encryptLines(args[0], args[1])
	}
	return errors.New("usage: -baseline x25519 N, or -baseline age RECIPIENT DIR")
}

// together calls f with every number below n, from several goroutines.
func together(n int, f func(i int) error) error {
	failed := make(chan error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < n; i += workers {
				if err := f(i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wait.Wait()
	close(failed)
	return <-failed
}

func multiply(n int) error {
	ours, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	theirs, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	return together(n, func(int) error {
		_, err := ours.ECDH(theirs.PublicKey())
		return err
	})
}

func encryptLines(to, dir string) error {
	recipient, err := age.ParseX25519Recipient(to)
	if err != nil {
		return err
	}
	text, err := os.ReadFile("/dev/stdin")
	if err != nil {
		return err
	}
	stage := dir + ".new"
	if err := os.Mkdir(stage, 0o700); err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	err = together(len(lines), func(i int) error {
		var sealed bytes.Buffer
		w, err := age.Encrypt(&sealed, recipient)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, lines[i]); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(stage, strconv.Itoa(i)+".age"), sealed.Bytes(), 0o600)
	})
	if err != nil {
		return err
	}
	folder, err := os.Open(stage)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := unix.Syncfs(int(folder.Fd())); err != nil {
		return err
	}
	return os.Rename(stage, dir)
}
