package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

func (p *program) codeCommand() *cli.Command {
	return &cli.Command{
		Name: "code", CustomHelpTemplate: p.Help("code") + "\n",
		Flags:  []cli.Flag{copyFlag(), &cli.BoolFlag{Name: "next"}, &cli.StringFlag{Name: "counter"}, &cli.BoolFlag{Name: "clip"}},
		Action: p.code,
	}
}

func (p *program) code(c *cli.Context) error {
	if c.NArg() > 1 {
		return say.Usage(words.TooManyNames, console.Safe(c.Args().Get(1), 40)).WithHint(words.SeeHelp, "seedvault code --help")
	}
	if c.NArg() == 0 && c.Bool("clip") {
		return say.Usage(words.ClipWhat).WithHint(words.HintList)
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	p.remarkClock()
	if c.NArg() == 0 {
		p.allCodes(entries)
	} else if err := p.oneCode(c, entries); err != nil {
		return err
	}
	p.settleDeposits(c.Context, s, o)
	return nil
}

// oneCode writes the code alone, for a pipe.
func (p *program) oneCode(c *cli.Context, entries []escrow.Entry) error {
	e, err := p.choose(entries, c.Args().First())
	if err != nil {
		return err
	}
	key, err := e.Seed.Key()
	if err != nil {
		return err
	}
	now := p.now()
	var code string
	switch {
	case key.Type() == otpauth.HOTP:
		code, err = hotpCode(key, c)
	case c.Bool("next"):
		code, err = key.Next(now)
	default:
		code, err = key.Code(now)
	}
	if err != nil {
		return err
	}
	if c.Bool("clip") {
		return p.clip(c.Context, code)
	}
	fmt.Fprintln(p.Out, code)
	return nil
}

// hotpCode gives the code for the counter that was asked for. Which one is due
// only the service knows.
func hotpCode(key otpauth.Key, c *cli.Context) (string, error) {
	text := c.String("counter")
	if text == "" {
		return "", say.Usage(words.WantsCounter).WithHint(words.HintWantsCounter, key.Counter())
	}
	counter, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return "", say.Usage(words.BadFlagValue).WithHint(words.HintWantsCounter, key.Counter())
	}
	return key.HOTP(counter)
}

// allCodes writes a table of present and next codes.
func (p *program) allCodes(entries []escrow.Entry) {
	if len(entries) == 0 {
		p.Remark(words.EmptyVault)
		return
	}
	now := p.now()
	rows := [][]string{{p.Text(words.ColumnCode), p.Text(words.ColumnNext), p.Text(words.ColumnSeconds), p.Text(words.ColumnIssuer), p.Text(words.ColumnAccount), ""}}
	for _, e := range entries {
		issuer, account := names(e)
		code, next, left := codesOf(e, now)
		rows = append(rows, []string{code, next, left, issuer, account, p.standing(e)})
	}
	console.Table(p.Out, rows)
}

// codesOf returns the present code, the next one and the seconds left, "-" for
// what the seed does not have.
func codesOf(e escrow.Entry, now time.Time) (code, next, left string) {
	key, err := e.Seed.Key()
	if err == nil {
		code, err = key.Code(now)
	}
	if err == nil {
		next, err = key.Next(now)
	}
	if err != nil {
		return "-", "-", "-"
	}
	return code, next, strconv.Itoa(secondsLeft(key, now))
}

// secondsLeft rounds up, so that a code that still holds never has 0 left.
func secondsLeft(key otpauth.Key, now time.Time) int {
	return int((key.Remaining(now) + time.Second - 1) / time.Second)
}
