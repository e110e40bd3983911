// Package harden keeps what this process knows from other processes and from core
// dumps, as far as the system can.
package harden
