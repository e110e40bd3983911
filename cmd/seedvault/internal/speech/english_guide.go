package speech

// englishGuide is what is said by the recovery guide, beside what its pages say.
var englishGuide = map[Message]string{
	HelpGuide: `usage: seedvault guide [NAME] [--plain]
       seedvault guide --list | --search WORD [--json]
       seedvault guide NAME --html FILE | --json
       seedvault guide --before [NAME]
       seedvault guide aws-root --call

For when the phone is gone and there is no backup: leads out of the lockout by
the service's own recovery, one step at a time. Without a name it asks a few
questions first. It needs no vault and no network, opens nothing by itself, and
keeps where you are on this machine, so that you can go on later. Into a pipe it
prints the page whole.

  NAME           a service, its address, or what an app calls it
  --plain        prints the page whole on a terminal too
  --list         the pages there are
  --search WORD  the pages and services that a word is found in
  --json         for scripts: the list, what was found, or the page
  --html FILE    the page to print, in both languages, with boxes to tick
  --before       what to prepare before it happens, for a service or for those
                 of the vault's seeds
  --call         what to say when AWS phones you, with your own name and numbers
                 spelled out; they are kept nowhere

example: seedvault guide github`,

	GuideOneForm:      "only one of --list, --search, --html, --before and --call",
	GuideNameWhat:     "say which page",
	HintGuideOneName:  "put a name of several words in quotes; see seedvault guide --list",
	HintGuideList:     "see the pages there are: seedvault guide --list",
	GuideNotFound:     "there is no page for %s; this is what helps with any service",
	GuideGuess:        "taken for %s",
	GuideUnknown:      "nothing here is called %s",
	GuideNear:         "did you mean one of these: %s",
	GuideMoreServices: "and %d more services, by name or address, with what helps with any of them",
	GuideNotKept:      "where you are in the guide is not kept: %s",
	GuideLeft:         "left at %s, step %d of %d; to go on there: seedvault guide",

	GuideWay:             "Your way: %s; steps: %d",
	GuideStory:           "One person's experience, to read beside it: seedvault guide %s",
	GuideByAdministrator: "An administrator does this for you.",
	GuideByOwner:         "The owner of the account or organization does this.",
	GuideBySupport:       "The service's support does this, on your request.",

	GuideWalkTitle:    "%s: %s",
	GuideLeftForLater: "left for later: %s %s",
	GuideDidItWork:    "These were the steps. Are you in again?",
	GuideAllDone:      "These were the steps. Is all of it done?",
	GuideDone:         "Well done. Where you were in the guide is forgotten. Prepare for the next time now: seedvault guide --before",
	GuideWorkDone:     "All of it is done. Where you were in the guide is forgotten.",
	GuideFailed:       "This way did not work: %s",
	GuideNoneLeft:     "No other way is known here. Ask the service's support, once, from the mail address of the account.",
	GuideNoneLeftHere: "No other way is known here for %s. There is still what helps with any service.",

	GuideWhy:        "Why this is asked: %s",
	GuideAskService: "Which service are you locked out of? Type its name or its address.",
	GuideKnown:      "Pages: %s. More than a thousand others are known by name or address.",
	GuideGoOn:       "Go on with %s, step %d of %d?",

	GuideMore:         "Enter: more",
	GuideKeysEnd:      "Enter: end",
	GuideKeysFailed:   "Enter: on to the next way   q: end",
	GuideKeysOpen:     "Enter: find your way   r: read all of it   q: end",
	GuideKeysPlan:     "Enter: begin   f: this is not for me   b: back   r: read all of the page   q: end",
	GuideKeysPlanWork: "Enter: begin   r: read all of the page   q: end",
	GuideKeysStepWork: "Enter: done   b: back   l: later   q: end, and go on another time",
	GuideKeysLastWork: "Enter: yes   b: back   q: end, and go on another time",
	GuideKeysStep:     "Enter: done   f: it failed   b: back   l: later   q: end, and go on another time",
	GuideKeysLast:     "Enter: yes   f: it failed   b: back   q: end, and go on another time",
	GuideKeysQuestion: "y: yes   n: no   Enter: I do not know   ?: why this is asked   b: back   q: end",
	GuideKeysChoice:   "type the number   ?: why this is asked   q: end",
	GuideKeysService:  "Enter: any service   l: the pages there are   q: end",
	GuideKeysGoOn:     "Enter: yes   n: begin anew   q: end",
	GuideKeysRead:     "Enter: back",

	GuideTree: "There is no terminal to ask you at. These are the questions; stop at the first that you can answer with yes.",

	GuideBefore:      "To prepare for %s:",
	GuideReadyHow:    "What is done can be noted with the seed: seedvault edit NAME --ready WORD",
	NotToPrepare:     "%s is nothing to prepare for %s",
	HintNotToPrepare: "with --ready goes one of these: %s",
	NotADay:          "not a day: %s",
	HintNotADay:      "write it like --ready phone=2026-11-22; without a day it is today",
	Prepare:          "before %s is lost: %s. More: seedvault guide --before %s",
	PrepareMany:      "prepare for their loss too: seedvault guide --before",
	NotReady:         "not yet confirmed for %s: %s",
	HintReady:        "what to do: seedvault guide --before; then note it: seedvault edit NAME --ready WORD",

	GuideNoCall:       "there is no call script for %s",
	HintGuideNoCall:   "there is one for AWS: seedvault guide aws-root --call",
	GuideKeysNoneLeft: "Enter: go on there   q: end",
	CallKeysFact:      "type it, or Enter: leave it out   q: end",
	CallKeysTurn:      "Enter: next   b: back   ?: phrases for any moment   q: end",
	CallFact:          "Your own facts, %d of %d. They are kept nowhere, and spelled out for you to read aloud.",
	CallTooMuch:       "Type the last four digits alone, and never a whole card number. What you typed is not kept.",
	CallTurn:          "The call, %d of %d. It may take another order.",
	CallPrepare:       "Have at hand:",
	CallRules:         "For every call:",
	CallRescue:        "At any moment:",
	CallAsks:          "You hear:",
	CallAnswer:        "You say:",
	CallElse:          "Or:",
	CallNote:          "Note: %s",
	CallEnd:           "That was the call. Once you are in again: seedvault guide after",
	GuideFoundNothing: "nothing found for %s",
	GuideWrote:        "wrote %s, to print or to open in a browser",
}
