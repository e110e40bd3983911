package main

import "github.com/rogpeppe/go-internal/testscript"

// converse needs a pty, which scripts ask for before they come to it.
func converse(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("no pty") }

// showed needs a conversation.
func showed(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("no pty") }
