package main

import "os"

func main() {
	hideMemory()
	os.Exit(newProgram().run(os.Args[1:]))
}
