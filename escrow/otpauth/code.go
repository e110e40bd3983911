package otpauth

import (
	"encoding/base32"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// Code returns the code that holds at t, for TOTP and Steam keys. Times before
// 1970, HOTP keys and the zero Key are an [*Error].
func (k Key) Code(t time.Time) (string, error) {
	step, err := k.step(t)
	if err != nil {
		return "", err
	}
	return k.at(step)
}

// Next returns the code that follows the one that holds at t. The error is that of
// [Key.Code].
func (k Key) Next(t time.Time) (string, error) {
	step, err := k.step(t)
	if err != nil {
		return "", err
	}
	return k.at(step + 1)
}

// Remaining returns how long the code that holds at t still holds: more than
// nothing and at most the period. It is 0 for keys without a period, and before 1970.
func (k Key) Remaining(t time.Time) time.Duration {
	period := k.Period()
	if period == 0 || t.Unix() < 0 {
		return 0
	}
	into := time.Duration(t.Unix()%int64(period/time.Second))*time.Second + time.Duration(t.Nanosecond())
	return period - into
}

// HOTP returns the code for a counter, for HOTP keys alone. Any other key is an
// [*Error].
func (k Key) HOTP(counter uint64) (string, error) {
	switch k.Type() {
	case HOTP:
		return k.at(counter)
	case TOTP, Steam:
		return "", refuse(NotCounting)
	}
	return "", refuse(NotAKey)
}

// step counts the whole periods since 1970.
func (k Key) step(t time.Time) (uint64, error) {
	switch {
	case k.Type() == "":
		return 0, refuse(NotAKey)
	case k.Type() == HOTP:
		return 0, refuse(NotTimeBased)
	case t.Unix() < 0:
		return 0, refuse(BeforeEpoch)
	}
	return uint64(t.Unix()) / uint64(k.params().period), nil
}

// at computes a code with pquerna/otp, which is given canonical values only: it
// does not judge them.
func (k Key) at(counter uint64) (string, error) {
	p := k.params()
	opts := hotp.ValidateOpts{Digits: otp.Digits(p.digits)}
	switch p.algorithm {
	case SHA1:
		opts.Algorithm = otp.AlgorithmSHA1
	case SHA256:
		opts.Algorithm = otp.AlgorithmSHA256
	case SHA512:
		opts.Algorithm = otp.AlgorithmSHA512
	default:
		return "", refuse(BadAlgorithm)
	}
	if p.kind == Steam {
		opts.Encoder = otp.EncoderSteam
	}
	code, err := hotp.GenerateCodeCustom(base32.StdEncoding.EncodeToString(p.secret), counter, opts)
	if err != nil {
		return "", refuse(BadSecret)
	}
	return code, nil
}
