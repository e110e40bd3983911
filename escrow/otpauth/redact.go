package otpauth

import (
	"fmt"
	"io"
	"log/slog"
)

const (
	elided       = "otpauth.Key(elided)"
	elidedSecret = "otpauth.Secret(elided)"
)

// Format keeps the secret out of every verb, %#v among them.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, elided) }

// String keeps the secret out of text.
func (k Key) String() string { return elided }

// LogValue keeps the secret out of structured logs.
func (k Key) LogValue() slog.Value { return slog.StringValue(elided) }

// MarshalText keeps the secret out of JSON and other encodings.
func (k Key) MarshalText() ([]byte, error) { return []byte(elided), nil }

// Format keeps the secret out of every verb, %#v among them.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, elidedSecret) }

// String keeps the secret out of text.
func (s Secret) String() string { return elidedSecret }

// LogValue keeps the secret out of structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(elidedSecret) }

// MarshalText keeps the secret out of JSON and other encodings.
func (s Secret) MarshalText() ([]byte, error) { return []byte(elidedSecret), nil }
