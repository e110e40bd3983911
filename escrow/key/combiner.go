package key

import (
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/shamir"
)

// Combiner joins a quorum's shares as they arrive. Each is checked at once, and
// what does not fit is refused with its reason and never joined. Of shares of two
// dealings those of which there are more are believed; of as many, those that came
// first. The zero value waits for a first share.
type Combiner struct {
	shares []Share
	aside  []Share // refused, because they belong to others: more may come
}

// Why a share is refused, and why those that were taken are not joined.
var (
	// ErrShareForeign: it is of another quorum, or of another dealing of this one.
	ErrShareForeign = errors.New("failed to take the share: it is another quorum's, or from before its key was changed")
	// ErrShareAgain: this share has been taken already.
	ErrShareAgain = errors.New("failed to take the share: it was taken already")
	// ErrShareWrong: it is not the share that the others have the hash of.
	ErrShareWrong = errors.New("failed to take the share: it is not the one that its member was given")
	// ErrShareSwapped: it is the share of another member than it says.
	ErrShareSwapped = errors.New("failed to take the share: it is another member's")
	// ErrShareMissing: there are not yet enough.
	ErrShareMissing = errors.New("failed to join the shares: there are not enough")
	// ErrShareJoin: there are enough, and together they do not make the quorum's key.
	ErrShareJoin = errors.New("failed to join the shares: they do not belong together")
)

// Add takes a share, or says why not: [ErrShareForeign], [ErrShareAgain], [ErrShareWrong],
// [ErrShareSwapped], [ErrShare] for the zero Share, or an [*EarlierShareError].
func (c *Combiner) Add(s Share) error {
	if s.read().m == 0 {
		return ErrShare
	}
	for i, have := range c.shares {
		err := s.read().fits(have.read())
		switch {
		case err == nil:
			continue
		case errors.Is(err, ErrShareForeign):
			return c.foreign(s)
		case have.fromPaper() && !s.fromPaper() && !errors.Is(err, ErrShareAgain):
			// It came from paper, and can be checked only now.
			c.shares = slices.Delete(c.shares, i, i+1)
			return &EarlierShareError{have.Index(), err}
		}
		return err
	}
	if c.shares = append(c.shares, s); len(c.shares) == 1 {
		c.readmit()
	}
	return nil
}

// foreign puts a share aside that does not belong to those that were taken, or takes
// the first of these out, if it belongs to more that were put aside.
func (c *Combiner) foreign(s Share) error {
	same := []Share{s}
	for _, other := range c.aside {
		if fitsAll(other, same) {
			same = append(same, other)
		}
	}
	if len(same) <= len(c.shares) {
		c.aside = append(c.aside, s)
		return ErrShareForeign
	}
	first := c.shares[0]
	c.shares, c.aside = c.shares[1:], append(c.aside, first)
	return &EarlierShareError{first.Index(), ErrShareForeign}
}

// readmit takes what was put aside and belongs to the share that was taken first.
func (c *Combiner) readmit() {
	waiting := c.aside
	c.aside = nil
	for _, s := range waiting {
		if fitsAll(s, c.shares) {
			c.shares = append(c.shares, s)
		} else {
			c.aside = append(c.aside, s)
		}
	}
}

func fitsAll(s Share, shares []Share) bool {
	return !slices.ContainsFunc(shares, func(have Share) bool { return s.read().fits(have.read()) != nil })
}

// EarlierShareError means that a share that had been taken is not what it should be,
// as the one that has come now shows. It has been taken out; the new one is to be
// added again, until there is no such error.
type EarlierShareError struct {
	Index int
	err   error
}

// Error says what is wrong, and nothing secret.
func (e *EarlierShareError) Error() string { return e.err.Error() }

// Unwrap gives the reason.
func (e *EarlierShareError) Unwrap() error { return e.err }

// fits returns why two shares may not be joined. What one of them knows of the other
// must be so; from paper it knows little.
func (c shareContent) fits(have shareContent) error {
	if c.dealing != have.dealing || c.m != have.m {
		return ErrShareForeign
	}
	if len(c.members) > 0 && len(have.members) > 0 && !c.same(have) {
		return ErrShareForeign
	}
	known, paper := have, c // the one with the members' lines, the other without
	if len(have.members) == 0 {
		known, paper = c, have
	}
	if len(known.members) > 0 && len(paper.members) == 0 {
		if err := known.judge(paper); err != nil {
			return err
		}
	}
	if c.part.X == have.part.X {
		if c.equal(have) {
			return ErrShareAgain
		}
		return ErrShareWrong
	}
	return nil
}

// judge holds a share from paper against the hashes that a member's share has.
func (c shareContent) judge(paper shareContent) error {
	sum := hexSum(paper.part.Y)
	if c.hashOf(int(paper.part.X)) == sum {
		return nil
	}
	if slices.ContainsFunc(c.members, func(m string) bool { return strings.HasSuffix(m, " "+sum) }) {
		return ErrShareSwapped
	}
	return ErrShareWrong
}

// Missing returns how many more shares it takes. Before the first nobody knows, and it is 1.
func (c *Combiner) Missing() int {
	if len(c.shares) == 0 {
		return 1
	}
	return max(c.shares[0].Threshold()-len(c.shares), 0)
}

// Identity joins the shares into the quorum's identity, which must be that of the
// recipient that shares not from paper name. The error is [ErrShareMissing] or
// [ErrShareJoin].
func (c *Combiner) Identity() (age.Identity, error) {
	if len(c.shares) == 0 || c.Missing() > 0 {
		return nil, ErrShareMissing
	}
	var parts []shamir.Share
	recipient := ""
	for _, s := range c.shares[:c.shares[0].Threshold()] {
		parts = append(parts, s.read().part)
	}
	for _, s := range c.shares {
		recipient = max(recipient, s.read().recipient)
	}
	text, err := shamir.Join(parts)
	if err != nil {
		return nil, ErrShareJoin
	}
	pair, err := ParsePair(string(text))
	if err != nil || recipient != "" && pair.Public() != recipient {
		return nil, ErrShareJoin
	}
	return pair.Identity(), nil
}

// Combine joins members' shares, not from paper, of any quorums as far as there are enough
// of each. One that somebody planted keeps to itself, with those that agree with it.
func Combine(shares []Share) (quorums []age.Identity) {
	var combiners []*Combiner
	for _, s := range shares {
		i := slices.IndexFunc(combiners, func(c *Combiner) bool { return c.shares[0].read().same(s.read()) })
		if i < 0 {
			first := &Combiner{}
			if first.Add(s) == nil {
				combiners = append(combiners, first)
			}
			continue
		}
		c := combiners[i]
		if c.Missing() == 0 || c.Add(s) != nil || c.Missing() > 0 {
			continue
		}
		if id, err := c.Identity(); err == nil {
			quorums = append(quorums, id)
		}
	}
	return quorums
}
