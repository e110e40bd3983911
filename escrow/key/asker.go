package key

// Asker speaks with the person whose key it is, where a key cannot be used
// without: a file behind a passphrase, or an age plugin, as hardware keys have
// one. This package never prompts by itself. What returns an error ends the use
// of the key, and the error comes back as it is. The messages, prompts and
// answers to choose from are a plugin's own words, that is, text from outside.
type Asker interface {
	// Passphrase asks for the passphrase of an identity file and hands it to try, which
	// returns [ErrPassphrase] for a wrong one and may be called again. Nil says that try
	// has returned nil.
	Passphrase(try func(passphrase string) error) error
	// Tell passes on a message.
	Tell(plugin, message string)
	// Value asks for a line of text, which is not to be shown if it is a secret.
	Value(plugin, prompt string, secret bool) (string, error)
	// Choose asks for one of two answers and reports whether it was yes. Where no is
	// empty there is only the one.
	Choose(plugin, prompt, yes, no string) (bool, error)
	// Waiting is called when nothing has come from a plugin for five seconds: it may
	// wait for a touch of the hardware key. It is called from another goroutine.
	Waiting(plugin string)
}

// askedError is what ended the use of a key that needs a person or a plugin. It
// carries an error that is fit to be returned through age, which wraps or hides
// others.
type askedError struct{ err error }

func (e *askedError) Error() string { return e.err.Error() }

func (e *askedError) Unwrap() error { return e.err }
