package gitstore

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/copies/remote"
)

const (
	// attempts is how often a push is tried where other machines are faster.
	attempts = 10
	// The longest wait is firstWait doubled each time, up to lastWait.
	firstWait = 50 * time.Millisecond
	lastWait  = 2 * time.Second

	attributes     = ".gitattributes"
	attributesText = "* -text\n" // as every vault has it: git on Windows would change line ends, and so hashes
)

// Publish adds one commit with what was written on the remote's tip. Where another
// machine was first it is made again on the new tip, without the files that have come
// there meanwhile. An error leaves the remote as it was, unless only its answer to the
// push was lost: then it has the whole commit.
func (s *Store) Publish(ctx context.Context) error {
	base := s.entries()
	for n := range attempts {
		if n > 0 {
			if err := wait(ctx, n); err != nil {
				return err
			}
			if err := s.again(ctx, base); err != nil {
				return err
			}
		}
		files := s.Staged()
		if len(files) == 0 {
			return nil
		}
		if _, there := s.Listed(attributes); !there && files[attributes] == nil {
			files[attributes] = []byte(attributesText)
		}
		commit, err := s.commit(ctx, files)
		if err != nil {
			return err
		}
		err = s.push(ctx, commit)
		if err == nil {
			s.tip = commit
			s.Carried(s.entriesOf(files))
			s.tidy(ctx)
			return nil
		}
		if !errors.Is(err, errRaced) {
			return err
		}
	}
	return &remote.Error{Program: program, Err: remote.ErrRaced}
}

// wait waits for a random time, a longer one each time, so that machines that met once do
// not meet again. The error is the end of the context.
func wait(ctx context.Context, n int) error {
	select {
	case <-time.After(rand.N(min(firstWait<<n, lastWait))):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// entries are the names of the objects that are shown, by path.
func (s *Store) entries() map[string]string {
	ids := map[string]string{}
	for _, name := range s.Names() {
		e, _ := s.Listed(name)
		ids[name] = e.ID
	}
	return ids
}

// again shows the remote's new tip. What another machine has put where something was to
// be written stays: the next sync looks at it.
func (s *Store) again(ctx context.Context, base map[string]string) error {
	refs, err := s.refs(ctx)
	if err != nil {
		return err
	}
	if err := s.follow(ctx, refs.tips[s.branch]); err != nil {
		return err
	}
	for name := range s.Staged() {
		if e, _ := s.Listed(name); e.ID != base[name] {
			s.Unstage(name)
		}
	}
	return nil
}

// entriesOf are files as git lists them.
func (s *Store) entriesOf(files map[string][]byte) map[string]remote.Entry {
	entries := map[string]remote.Entry{}
	for name, data := range files {
		entries[name] = remote.Entry{Size: int64(len(data)), ID: s.object(data)}
	}
	return entries
}

// object is the name of the object that has a content.
func (s *Store) object(data []byte) string {
	h := map[bool]func() hash.Hash{true: sha256.New, false: sha1.New}[s.format == "sha256"]()
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// commit makes a commit with files on the tip, signed if the user's commits are.
func (s *Store) commit(ctx context.Context, files map[string][]byte) (string, error) {
	who, sign := s.committer(ctx)
	ref := fmt.Sprintf("refs/seedvault/new-%016x", rand.Uint64())
	defer s.git(context.WithoutCancel(ctx), "update-ref", "-d", ref)
	c := s.call("fast-import", "--quiet", "--done", "--date-format=raw")
	c.Stdin = bytes.NewReader(s.stream(ref, who, files))
	out, err := s.run(ctx, c)
	if err != nil {
		return "", err
	}
	commit := strings.TrimSpace(string(out))
	if !isObject(commit) {
		return "", &remote.Error{Program: program, Err: remote.ErrFailed}
	}
	if !sign {
		return commit, nil
	}
	args := []string{"commit-tree", "-S", "-m", messageOf(len(files))}
	if s.tip != "" {
		args = append(args, "-p", s.tip)
	}
	c = s.call(append(args, commit+"^{tree}")...)
	c.Env = append(c.Env, s.signer(who)...)
	out, err = s.run(ctx, c)
	return strings.TrimSpace(string(out)), err
}

func messageOf(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}

// stream is what fast-import reads: the files, one commit, and the question for its name.
func (s *Store) stream(ref, who string, files map[string][]byte) []byte {
	var b bytes.Buffer
	names := slices.Sorted(maps.Keys(files))
	for i, name := range names {
		fmt.Fprintf(&b, "blob\nmark :%d\ndata %d\n%s\n", i+1, len(files[name]), files[name])
	}
	message := messageOf(len(files))
	fmt.Fprintf(&b, "commit %s\nmark :%d\ncommitter %s %d +0000\ndata %d\n%s\n", ref, len(names)+1, who, s.o.Now().Unix(), len(message), message)
	if s.tip != "" {
		fmt.Fprintf(&b, "from %s\n", s.tip)
	}
	for i, name := range names {
		fmt.Fprintf(&b, "M 100644 :%d %s\n", i+1, quoted(name))
	}
	fmt.Fprintf(&b, "\nget-mark :%d\ndone\n", len(names)+1)
	return b.Bytes()
}

// quoted writes a path as fast-import reads it.
func quoted(name string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(name) + `"`
}

// committer returns the name and address that the user's git has, where it has them, and
// whether it signs. Otherwise git would make both up from names of the user and the
// machine.
func (s *Store) committer(ctx context.Context) (who string, sign bool) {
	out, _ := s.git(ctx, "config", "-z", "--get-regexp", `^(user\.(name|email)|commit\.gpgsign)$`)
	said := map[string]string{}
	for line := range strings.SplitSeq(string(out), "\x00") {
		key, value, _ := strings.Cut(line, "\n")
		said[key] = strings.Map(func(r rune) rune {
			if strings.ContainsRune("<>\n\r", r) {
				return -1
			}
			return r
		}, strings.TrimSpace(value))
	}
	name, mail := said["user.name"], said["user.email"]
	if mail == "" {
		name, mail = "seedvault", "seedvault@localhost"
	}
	switch strings.ToLower(said["commit.gpgsign"]) {
	case "true", "yes", "on", "1":
		sign = true
	}
	return cmp.Or(name, "seedvault") + " <" + mail + ">", sign
}

// signer is what commit-tree takes from the environment alone: the committer's name and address, and the time.
func (s *Store) signer(who string) (env []string) {
	name, mail, _ := strings.Cut(strings.TrimSuffix(who, ">"), " <")
	at := fmt.Sprintf("%d +0000", s.o.Now().Unix())
	for _, role := range []string{"AUTHOR", "COMMITTER"} {
		env = append(env, "GIT_"+role+"_NAME="+name, "GIT_"+role+"_EMAIL="+mail, "GIT_"+role+"_DATE="+at)
	}
	return env
}

// errRaced means that the remote has moved on since it was looked at.
var errRaced = errors.New("the remote has moved on")

// push carries a commit to the branch if that still is where it was found. The lease
// makes that so; since the commit follows the tip, nothing is ever lost by it.
func (s *Store) push(ctx context.Context, commit string) error {
	lease := "--force-with-lease=refs/heads/" + s.branch + ":" + s.tip
	out, err := s.dial(ctx, "push", "--porcelain", "--no-verify", "--no-signed", lease, "--end-of-options", s.o.Remote, commit+":refs/heads/"+s.branch)
	if err == nil || ctx.Err() != nil || errors.Is(err, full) {
		return err
	}
	for line := range strings.Lines(string(out)) {
		if why, rejected := strings.CutPrefix(line, "!\t"); rejected {
			return refusal(why)
		}
	}
	return err
}

// races are what a remote says where another machine was first.
var races = []string{
	"[rejected]", "stale info", "fetch first", "non-fast-forward", "failed to update ref", "cannot lock ref", "failed to lock",
	"incorrect old value", "reference already exists",
}

// refusal tells a race from a remote that does not take the push.
func refusal(why string) error {
	_, why, _ = strings.Cut(strings.TrimSpace(why), "\t")
	for _, race := range races {
		if strings.Contains(why, race) {
			return errRaced
		}
	}
	return &remote.Error{Program: program, Said: why, Err: readOnly}
}

// manyPacks is after how many packs the clone's are made one.
const manyPacks = 60

// tidy keeps the clone quick. What goes wrong here costs nothing.
func (s *Store) tidy(ctx context.Context) {
	s.git(ctx, "update-ref", tipRef, s.tip)
	if packs, _ := s.packs(); packs > manyPacks {
		s.git(ctx, "repack", "-q", "-a", "-d")
	}
}
