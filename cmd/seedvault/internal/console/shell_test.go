package console

import "testing"

func TestShellLines(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{shellWord("linux", "a/b.png"), "a/b.png"},
		{shellWord("linux", "it's a code.png"), `'it'\''s a code.png'`},
		{shellWord("windows", "it's a code.png"), `'it''s a code.png'`},
		{shellWord("linux", "a,b@c"), "a,b@c"},
		{shellWord("windows", "a,b"), "'a,b'"},
		{shellWord("windows", "@a"), "'@a'"},
		{shellWord("linux", "-rf"), "'-rf'"},
		{shellWord("linux", "バックアップ 2.txt"), "'バックアップ 2.txt'"},
		{shellWord("darwin", "at 9.41\u202fPM's.png"), `$'at 9.41\342\200\257PM\'s.png'`},
		{shellWord("linux", "a\nb\x1b[2J\xff\\é"), `$'a\012b\033[2J\377\\é'`},
		{shellWord("windows", "at 9.41\u202fPM's $x `a` \u201c.png"), "\"at 9.41$([char]::ConvertFromUtf32(0x202f))PM's `$x ``a`` `\u201c.png\""},
		{shellWord("windows", "Anna\u2019s.png"), "'Anna\u2019\u2019s.png'"},
		{shellWord("linux", ""), "''"},
		{removeLine("linux", "-rf"), "rm -- '-rf'"},
		{removeLine("darwin", "Screenshot 1.png"), "rm -- 'Screenshot 1.png'"},
		{removeLine("windows", `C:\Users\anna\code $1.png`), `Remove-Item -LiteralPath 'C:\Users\anna\code $1.png'`},
		{removeLine("linux", "a.png", "b c.png"), "rm -- a.png 'b c.png'"},
		{removeLine("windows", "a.png", "b c.png"), "Remove-Item -LiteralPath a.png, 'b c.png'"},
		{renameLine("linux", "v/1-a (1)", "v/1-a"), "mv -- 'v/1-a (1)' v/1-a"},
		{renameLine("windows", "v/1-a (1)", "v/1-a"), "Move-Item -LiteralPath 'v/1-a (1)' -Destination v/1-a"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
