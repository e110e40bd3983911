package gitstore

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"seedvault/escrow/copies/remote"
)

// blobs reads the contents of files through one cat-file, which is started when the
// first is read.
type blobs struct {
	run  remote.Runner
	call remote.Call

	mu     sync.Mutex
	ask    *io.PipeWriter
	answer *bufio.Reader
	ended  chan error
	stop   context.CancelFunc
}

func startBlobs(run remote.Runner, call remote.Call) *blobs { return &blobs{run: run, call: call} }

// begin starts the program.
func (b *blobs) begin() {
	ctx, stop := context.WithCancel(context.Background())
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	b.ask, b.answer, b.stop, b.ended = ask, bufio.NewReader(answer), stop, make(chan error, 1)
	call := b.call
	call.Stdin, call.Stdout = in, out
	go func() {
		said, err := b.run.Run(ctx, call)
		err = remote.Explain(ctx, program, said, err, signs)
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		in.CloseWithError(err)
		out.CloseWithError(err)
		b.ended <- err
	}()
}

// read returns the content of an object.
func (b *blobs) read(id string) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !isObject(id) {
		return nil, errNoBlob
	}
	if b.ask == nil {
		b.begin()
	}
	if _, err := fmt.Fprintln(b.ask, id); err != nil {
		return nil, err
	}
	head, err := b.answer.ReadString('\n')
	if err != nil {
		return nil, err
	}
	words := strings.Fields(head)
	if len(words) != 3 || words[1] != "blob" {
		return nil, errNoBlob
	}
	size, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil || size < 0 || size > remote.MaxFile {
		b.end() // what follows is not read: the next one begins anew
		return nil, errNoBlob
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(b.answer, data); err != nil {
		b.end()
		return nil, err
	}
	return data[:size], nil
}

var errNoBlob = errors.New("the clone does not hold the file")

// end stops the program.
func (b *blobs) end() {
	if b.ask != nil {
		b.ask.Close()
		b.stop()
		<-b.ended
		b.ask = nil
	}
}

func (b *blobs) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.end()
	return nil
}
