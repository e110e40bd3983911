package say

// The exit statuses of seedvault. An [Error] holds the one that the command ends with, [ErrFound]
// stands for StatusFound; App.Run of package cli returns it, and main exits with it.
const (
	StatusDone   = 0
	StatusFailed = 1
	StatusUsage  = 2
	StatusFound  = 3 // check found something
)
