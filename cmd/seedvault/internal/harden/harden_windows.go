package harden

// HideMemory does nothing: a Go program that crashes writes no dump on Windows unless
// GOTRACEBACK=wer asks for one.
func HideMemory() {}
