package formats_test

import "flag"

// slow asks for what takes minutes.
var slow = flag.Bool("slow", false, "read bombs of the largest size")
