package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"seedvault/testdata/s3server"
)

// servers are those of the scripts that run, by their folders.
var servers sync.Map

// answers are what a server does instead of answering well.
var answers = map[string]func(http.ResponseWriter, *http.Request, http.Handler){
	"page": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><html><head><meta charset=utf-8></head><body>Please sign in<br>to the network.</body></html>")
	},
	"deny": func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.Method == http.MethodPut || r.Method == http.MethodPost {
			http.Error(w, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	},
	"keep": func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.Method == http.MethodDelete || r.Method == http.MethodPost && r.URL.Query().Has("delete") {
			http.Error(w, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	},
	"stall": func(_ http.ResponseWriter, r *http.Request, _ http.Handler) { <-r.Context().Done() },
}

// s3 is a script's S3 server, which rclone knows as "s3":
//
//	s3 start            and HOME's rclone knows it
//	s3 get DIR          writes what lies there to DIR
//	s3 put DIR          makes what lies there what DIR holds
//	s3 damage PART      spoils the first object whose name holds PART
//	s3 answer MODE      from then on: page, deny, keep, stall, or well
//	s3 away, s3 back    nothing answers at its address, or it does again
func s3(ts *testscript.TestScript, _ bool, args []string) {
	if args[0] == "start" {
		server, err := s3server.New()
		ts.Check(err)
		ts.Defer(server.Close)
		config := filepath.Join(ts.Getenv("WORK"), "rclone.conf")
		ts.Check(os.WriteFile(config, []byte(server.Config()), 0o600))
		ts.Setenv("RCLONE_CONFIG", config)
		servers.Store(ts.Getenv("WORK"), server)
		return
	}
	started, _ := servers.Load(ts.Getenv("WORK"))
	server, ok := started.(*s3server.S3)
	if !ok {
		ts.Fatalf("no server was started")
	}
	files, err := server.Files("vault")
	ts.Check(err)
	switch args[0] {
	case "get":
		for name, data := range files {
			at := filepath.Join(ts.MkAbs(args[1]), filepath.FromSlash(name))
			ts.Check(os.MkdirAll(filepath.Dir(at), 0o700))
			ts.Check(os.WriteFile(at, []byte(data), 0o600))
		}
	case "put":
		for name := range files {
			ts.Check(server.Delete("vault/" + name))
		}
		dir := ts.MkAbs(args[1])
		ts.Check(filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			name, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			return server.Plant("vault/"+filepath.ToSlash(name), string(data))
		}))
	case "damage":
		var fitting []string
		for name := range files {
			if strings.Contains(name, args[1]) {
				fitting = append(fitting, name)
			}
		}
		slices.Sort(fitting)
		data := []byte(files[fitting[0]])
		data[len(data)/2] ^= 1
		ts.Check(server.Plant("vault/"+fitting[0], string(data)))
	case "away":
		text := regexp.MustCompile(`endpoint = .*`).ReplaceAllString(server.Config(), "endpoint = http://127.0.0.1:9")
		ts.Check(os.WriteFile(ts.Getenv("RCLONE_CONFIG"), []byte(text), 0o600))
	case "back":
		ts.Check(os.WriteFile(ts.Getenv("RCLONE_CONFIG"), []byte(server.Config()), 0o600))
	case "answer":
		server.Wrap(answers[args[1]])
	default:
		ts.Fatalf("unknown: s3 %s", args[0])
	}
}
