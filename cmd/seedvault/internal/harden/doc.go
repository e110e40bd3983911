// Package harden hides this process's memory from other processes and keeps it out of core
// dumps, as far as the system can.
//
// Start with [HideMemory], which main calls before anything else.
package harden
