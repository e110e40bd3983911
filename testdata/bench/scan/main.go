// Scan scores the package scan beside zbarimg, zxing-cpp and gozxing, on the same pictures in one
// run, by class, with the time that each takes from a file:
//
//	go run ./testdata/bench/scan [-seed N] [-each N] [-hard X] [-public] [-set FOLDER]... [-missed]
//
// The pictures are drawn anew from the seed: so many photographs of each class, screenshots and
// pictures without a code. -hard is how much goes wrong in the photographs, 1 for what is common.
// -public adds the pictures of ZXing's own tests that gozxing's module carries, and -set those in
// a folder with a manifest.json or manifest2.json: a list of objects with cat, file and want.
// -write FOLDER keeps the drawn pictures with such a manifest. -missed names what ours does not read.
//
// It needs zbarimg, and npm and node, with which it installs zxing-wasm, the build of zxing-cpp
// for JavaScript, into a temporary folder. Times are a process's own, user and system, from start to
// end; zxing-cpp's is without the start of node, in one process for all pictures.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"seedvault/testdata/bench/scan/pictures"
)

// picture is one picture of the set, which lies in a file.
type picture struct {
	Class string   `json:"cat"`
	File  string   `json:"file"`
	Want  []string `json:"want"`
}

func main() {
	log.SetFlags(0)
	var sets []string
	seed := flag.Uint64("seed", 1, "draw from this seed")
	each := flag.Int("each", 10, "draw so many photographs of each class")
	screens := flag.Int("screens", 3, "draw so many screenshots of each kind")
	empty := flag.Int("empty", 3, "draw so many pictures of each kind without a code")
	hard := flag.Float64("hard", 1, "how much goes wrong in the photographs")
	public := flag.Bool("public", false, "add the pictures that gozxing's module carries")
	missed := flag.Bool("missed", false, "name what ours does not read")
	only := flag.Bool("only", false, "run ours alone")
	write := flag.String("write", "", "keep the drawn pictures in this folder")
	one := flag.String("read", "", "read one file and print what a reader in Go finds: ours:FILE or gozxing:FILE")
	flag.Func("set", "add the pictures of this folder", func(s string) error { sets = append(sets, s); return nil })
	flag.Parse()
	if *one != "" {
		readOne(*one)
		return
	}
	dir, err := os.MkdirTemp("", "bench-scan-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	into := *write
	if into == "" {
		into = dir
	}
	list, err := draw(into, *seed, *each, *screens, *empty, *hard)
	if err != nil {
		log.Fatal(err)
	}
	for _, set := range sets {
		more, err := load(set)
		if err != nil {
			log.Fatal(err)
		}
		list = append(list, more...)
	}
	if *public {
		more, err := published()
		if err != nil {
			log.Fatal(err)
		}
		list = append(list, more...)
	}
	if len(list) == 0 {
		log.Fatal("no pictures to score")
	}
	if err := score(context.Background(), dir, list, *missed, *only); err != nil {
		log.Fatal(err)
	}
}

// draw writes the pictures of a seed into a folder, with a manifest.
func draw(dir string, seed uint64, each, screens, empty int, hard float64) (list []picture, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	add := func(p pictures.Picture) error {
		path := filepath.Join(dir, p.Name)
		list = append(list, picture{p.Class, path, p.Want})
		return os.WriteFile(path, p.Data, 0o644)
	}
	for p := range pictures.Photos(seed, each, hard) {
		if err := add(p); err != nil {
			return nil, err
		}
	}
	for p := range pictures.Screens(seed, screens) {
		if err := add(p); err != nil {
			return nil, err
		}
	}
	for p := range pictures.Empty(seed, empty) {
		if err := add(p); err != nil {
			return nil, err
		}
	}
	manifest, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return nil, err
	}
	return list, os.WriteFile(filepath.Join(dir, "manifest.json"), manifest, 0o644)
}

// load returns the pictures of a folder, with its name before each class.
func load(dir string) (list []picture, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "manifest2.json"))
	if os.IsNotExist(err) {
		data, err = os.ReadFile(filepath.Join(dir, "manifest.json"))
	}
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s: an empty manifest", dir)
	}
	name := strings.TrimSuffix(filepath.Base(dir), "/")
	for i := range list {
		list[i].Class = name + ":" + list[i].Class
		if !filepath.IsAbs(list[i].File) {
			list[i].File = filepath.Join(dir, list[i].File)
		}
	}
	return list, err
}
