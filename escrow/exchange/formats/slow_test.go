package formats_test

import "flag"

// slow asks for what takes minutes, or needs other programs.
var slow = flag.Bool("slow", false, "run the slow tests: bombs of the largest size, and other programs on our files and ours on theirs")
