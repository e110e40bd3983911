// Package everything says whether a run of the tests is to repeat what it would otherwise do
// once: each conversation in both languages, each vector for the second reader. With the
// build tag "everything" it is, and there are more tests then: those that look at each screen
// of the page in each browser, and that build the program for it. .ci/run has them run; go
// test ./... alone, which is to take less than two minutes, does not.
package everything
