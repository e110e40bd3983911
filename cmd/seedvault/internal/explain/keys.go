package explain

import (
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// keyRules are about what does not open a vault, and names that are no holder's.
func keyRules() []rule {
	return []rule{
		as(func(e *key.PluginError) *say.Error {
			if e.Missing {
				return say.Fail(words.PluginMissing, e.Plugin).WithHint(words.HintPluginMissing)
			}
			return say.Fail(words.PluginFailed, e.Plugin, console.Safe(e.Message, 0)).WithHint(words.HintPluginFailed)
		}),
		as(func(e *escrow.ChoiceError) *say.Error {
			return say.Fail(words.SeveralPassphrases, strings.Join(e.Names, ", ")).WithHint(words.HintSeveralPassphrases, e.Names[0])
		}),
		is(escrow.ErrNoMatch, say.Fail(words.NoMatch).WithHint(words.HintNoMatch)),
		is(key.ErrNoMatch, say.Fail(words.NoMatch).WithHint(words.HintNoMatch)),
		as(generated),
		is(key.ErrPassphrase, say.Fail(words.WrongPassphrase).WithHint(words.HintWrongPassphrase)),
		is(escrow.ErrNoPassphrase, say.Fail(words.NoPassphrase).WithHint(words.HintNoPassphrase)),
		is(key.ErrLines, say.Fail(words.KeyLines).WithHint(words.HintBadPaperKey)),
		is(key.ErrIdentity, say.Fail(words.BadPaperKey).WithHint(words.HintBadPaperKey)),
		is(key.ErrPluginRecipient, say.Usage(words.PluginRecipient).WithHint(words.HintRecipient)),
		is(key.ErrMembers, say.Usage(words.QuorumTooMany).WithHint(words.HintQuorumTooMany)),
		is(key.ErrQuorum, say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)),
		is(key.ErrSSHType, say.Usage(words.SSHKeyType).WithHint(words.HintRecipient)),
		is(key.ErrShortRSA, say.Usage(words.ShortRSA).WithHint(words.HintRecipient)),
		is(key.ErrRecipient, say.Usage(words.BadRecipient).WithHint(words.HintRecipient)),
		is(key.ErrPassphraseShort, say.Fail(words.ShortPassphrase).WithHint(words.HintShortPassphrase)),
		is(escrow.ErrName, say.Usage(words.BadHolderName).WithHint(words.HintBadHolderName)),
		is(escrow.ErrNoHolders, say.Usage(words.NoHolders).WithHint(words.SeeHelp, "seedvault init --help")),
		is(escrow.ErrTwice, say.Usage(words.HolderTwice).WithHint(words.HintHolderTwice)),
		is(console.ErrNoTerminal, say.Fail(words.NoTerminal).WithHint(words.HintNoTerminal)),
		is(console.ErrInterrupted, say.Fail(words.Interrupted).WithHint(words.HintInterrupted)),
	}
}

// generated explains what may be wrong with a passphrase that seedvault made.
func generated(e *key.PassphraseError) *say.Error {
	switch {
	case e.Unknown > 0:
		return say.Fail(words.UnknownWord, e.Unknown).WithHint(words.HintUnknownWord)
	case e.Words != key.PassphraseWords:
		return say.Fail(words.WordsCounted, e.Words, key.PassphraseWords).WithHint(words.HintUnknownWord)
	}
	return say.Fail(words.WordsKnown).WithHint(words.HintWrongPassphrase)
}

// shareRules are about what is no share, or fits no others.
func shareRules() []rule {
	other := func(m words.Message) *say.Error { return say.Fail(m).WithHint(words.HintShareOther) }
	return []rule{
		as(func(e *key.LineError) *say.Error {
			return say.Fail(words.ShareLine, e.Line).WithHint(words.HintShareLine)
		}),
		is(key.ErrShareForeign, other(words.ShareForeign)),
		is(key.ErrShareAgain, other(words.ShareAgain)),
		is(key.ErrShareSwapped, other(words.ShareSwapped)),
		is(key.ErrShareWrong, other(words.ShareWrong)),
		is(key.ErrShareLines, other(words.ShareLength)),
		is(key.ErrShareJoin, other(words.ShareJoin)),
		is(key.ErrShareMissing, other(words.NotAShare)),
		is(key.ErrShare, other(words.NotAShare)),
		is(key.ErrUndecrypted, other(words.NotAShare)),
	}
}
