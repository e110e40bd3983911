//go:build linux

package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// seed is one made-up enrolment.
type seed struct {
	issuer, account string
	secret          []byte
}

// seedNo makes the seed of a number, always the same one: two accounts of each issuer.
func seedNo(i int) seed {
	sum := sha256.Sum256(fmt.Appendf(nil, "made up %d", i))
	return seed{fmt.Sprintf("Example%d", i/2), fmt.Sprintf("a%05d@example.com", i), sum[:20]}
}

func (s seed) uri() string {
	return fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30",
		s.issuer, s.account, base32.StdEncoding.EncodeToString(s.secret), s.issuer)
}

// name returns what a seed is asked for by.
func (s seed) name() string { return s.account[:6] }

// code returns what RFC 6238 says of a time, written here so that nobody judges themselves.
func (s seed) code(at time.Time) string {
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(at.Unix())/30)
	h := hmac.New(sha1.New, s.secret)
	h.Write(counter[:])
	sum := h.Sum(nil)
	from := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[from:])&0x7fffffff%1_000_000)
}

var sixDigits = regexp.MustCompile(`(?m)(?:^|[^0-9])([0-9]{6})(?:$|[^0-9])`)

// printsCode fails unless the first six digits of an output are a seed's code, of now or
// of the time step in which the command began.
func printsCode(s seed) func(string) error {
	return func(out string) error {
		m := sixDigits.FindStringSubmatch(out)
		now := time.Now()
		if m == nil || m[1] != s.code(now) && m[1] != s.code(now.Add(-30*time.Second)) {
			return fmt.Errorf("another code than RFC 6238's in %.80q", out)
		}
		return nil
	}
}

// printsCodes fails unless the outputs hold every seed's code, each in a line with its
// account.
func printsCodes(n int) func(string) error {
	return func(out string) error {
		lines := map[string]string{}
		for line := range strings.Lines(out) {
			if at := strings.Index(line, "@example.com"); at >= 6 {
				lines[line[at-6:at]] = line
			}
		}
		for i := range n {
			if err := printsCode(seedNo(i))(lines[seedNo(i).name()]); err != nil {
				return err
			}
		}
		return nil
	}
}

// prints fails unless an output has so many lines that hold a text.
func prints(n int, text string) func(string) error {
	return func(out string) error {
		if have := strings.Count(out, text); have < n {
			return fmt.Errorf("%d times %q, want %d", have, text, n)
		}
		return nil
	}
}
