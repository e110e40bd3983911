// Package console is the person's terminal: prompts, hidden ones too, the screen,
// tables, wrapped text, progress and colours, and text from outside made safe to show.
//
// Start with [OpenTerminal] to ask something, and [Safe] for anything that was not
// written here. The package knows no words: what it shows is given to it.
package console
