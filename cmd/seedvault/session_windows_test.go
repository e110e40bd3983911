package main

import "os/exec"

const testSession = "SEEDVAULT_TEST_SESSION"

func testingSession() string { return "" }

func leaveTerminal() {}

// withoutTerminal does nothing: what is told there is typed on the same console.
func withoutTerminal(*exec.Cmd) {}
