// Package lazy has values that are made at their first use.
//
// A package variable of [sync.OnceValue] is such a value too, but the function behind it
// is made before main, in every run, whatever the program is asked. A [Value] lies in
// the binary as it is.
package lazy

import "sync"

// Value is what Make returns, which is called once, by the first Get. It must not be
// copied after that.
type Value[T any] struct {
	Make func() T

	once sync.Once
	made T
}

// Get returns the value. Several goroutines may call it at once.
func (v *Value[T]) Get() T {
	v.once.Do(func() { v.made = v.Make() })
	return v.made
}
