package scan_test

import "time"

var began = time.Now()

// spent stands in for the time on processors.
func spent() time.Duration { return time.Since(began) }
