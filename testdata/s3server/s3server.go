// Package s3server is an S3 server in memory for tests and benchmarks, in front of which
// requests are counted and changed.
package s3server

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// S3 is the server, with a bucket "vault".
type S3 struct {
	Backend *s3mem.Backend

	server   *httptest.Server
	mu       sync.Mutex
	wrap     func(w http.ResponseWriter, r *http.Request, next http.Handler)
	requests map[string]int
}

// New starts one; Close ends it.
func New() (*S3, error) {
	s := &S3{Backend: s3mem.New(), requests: map[string]int{}}
	if err := s.Backend.CreateBucket(bucket); err != nil {
		return nil, err
	}
	inner := gofakes3.New(s.Backend).Server()
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.mu.Lock()
		s.requests[kindOf(req)]++
		wrap := s.wrap
		s.mu.Unlock()
		if wrap != nil {
			wrap(w, req, inner)
			return
		}
		inner.ServeHTTP(w, req)
	}))
	return s, nil
}

// Close ends the server.
func (s *S3) Close() { s.server.Close() }

// Wrap has a function answer requests, nil for none; next is what would.
func (s *S3) Wrap(f func(w http.ResponseWriter, r *http.Request, next http.Handler)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrap = f
}

// Config returns a section of rclone's configuration that knows the server as "s3".
func (s *S3) Config() string {
	return fmt.Sprintf("[s3]\ntype = s3\nprovider = Other\naccess_key_id = made-up\nsecret_access_key = made-up\n"+
		"endpoint = %s\nregion = us-east-1\nforce_path_style = true\nlist_version = 2\n", s.server.URL)
}

const bucket = "vault"

// kindOf names a request: a listing is a GET with a query.
func kindOf(r *http.Request) string {
	if r.Method == http.MethodGet && r.URL.RawQuery != "" {
		return "LIST"
	}
	return r.Method
}

// Requests returns how many of each kind there were since the last call of it.
func (s *S3) Requests() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	have := s.requests
	s.requests = map[string]int{}
	return have
}

// Files returns what lies in the bucket below a folder.
func (s *S3) Files(dir string) (map[string]string, error) {
	prefix := gofakes3.NewPrefix(&dir, nil)
	list, err := s.Backend.ListBucket(bucket, &prefix, gofakes3.ListBucketPage{})
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, c := range list.Contents {
		o, err := s.Backend.GetObject(bucket, c.Key, nil)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(o.Contents)
		if err != nil {
			return nil, err
		}
		files[strings.TrimPrefix(strings.TrimPrefix(c.Key, dir), "/")] = string(data)
	}
	return files, nil
}

// Plant puts an object in place of whatever lies there, as anybody may who can write.
func (s *S3) Plant(name, data string) error {
	_, err := s.Backend.PutObject(bucket, name, map[string]string{}, strings.NewReader(data), int64(len(data)), nil)
	return err
}

// Delete removes an object.
func (s *S3) Delete(name string) error {
	_, err := s.Backend.DeleteObject(bucket, name)
	return err
}
