"""Draws screens of a terminal, as tmux captures them with -e, one below the other as SVG."""
import html
import re
import sys
import unicodedata

CELL, LINE = 8, 16  # whole numbers, so that squares meet without a seam
BLOCKS = {"█": (0, 1), "▀": (0, 0.5), "▄": (0.5, 1)}
COLOURS = {"16": "#000000", "231": "#ffffff", "15": "#ffffff", "0": "#000000"}


RECT = '<rect x="{0:g}" y="{2:g}" width="{1:g}" height="{3:g}" fill="{4}"/>'


def fill(rects, x, width, y, height, colour):
    """Adds a rectangle, to the one before it if the two are one."""
    if rects and rects[-1][0] + rects[-1][1] == x and rects[-1][2:] == [y, height, colour]:
        rects[-1][1] += width
    else:
        rects.append([x, width, y, height, colour])


def cells(line, pen):
    """Yields (character, foreground, background) of a line; the pen goes on from line to line."""
    fore, back = pen
    for part in re.split("(\x1b\\[[0-9;]*m)", line):
        if not part.startswith("\x1b"):
            for c in part:
                yield c, fore, back
            pen[:] = fore, back
            continue
        codes = part[2:-1].split(";")
        while codes:
            c = codes.pop(0)
            if c in ("", "0"):
                fore = back = None
            elif c in ("38", "48") and codes[:1] == ["5"]:
                colour = COLOURS.get(codes[1], "#808080")
                codes = codes[2:]
                fore, back = (colour, back) if c == "38" else (fore, colour)
            elif c == "32":
                fore = "#3fb950"
            elif c == "31":
                fore = "#f85149"
            elif c == "39":
                fore = None
            elif c == "49":
                back = None
        pen[:] = fore, back


def draw(screens):
    out, y, wide = [], 12.0, 84 * CELL + 24
    for number, lines in enumerate(screens):
        while lines and not re.sub("\x1b\\[[0-9;]*m", "", lines[-1]).strip():
            lines.pop()
        top = y
        body, pen = [], [None, None]
        for line in lines:
            x, text, style = 12.0, "", None
            run, ground, marks = [], [], []
            for c, fore, back in cells(line.rstrip("\n"), pen):
                width = 2 if unicodedata.east_asian_width(c) in "WF" else 1
                if back:
                    fill(ground, x, CELL * width, y, LINE, back)
                if c in BLOCKS:
                    a, b = BLOCKS[c]
                    fill(marks, x, CELL, y + a * LINE, (b - a) * LINE, fore or "#d0d7de")
                elif c != " ":
                    run.append((x, c, fore or ("#000000" if back else "#d0d7de")))
                x += CELL * width
            body += [RECT.format(*r) for r in ground + marks]
            words = []
            for x, c, colour in run:  # letters that stand together are one text
                if words and words[-1][2] == colour and abs(words[-1][0] + len(words[-1][1]) * CELL - x) < 0.1 and ord(c) < 0x2000:
                    words[-1][1] += c
                else:
                    words.append([x, c, colour])
            for x, text, colour in words:
                body.append(f'<text x="{x:.1f}" y="{y + 13:.1f}" fill="{colour}" textLength="{CELL * len(text):.1f}">{html.escape(text)}</text>')
            y += LINE
        out.append(f'<rect x="2" y="{top - 8:.1f}" width="{wide - 4:.1f}" height="{y - top + 14:.1f}" rx="6" shape-rendering="auto" fill="#161b22"/>')
        out += body
        y += 26
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {y:.0f}" font-family="ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13" shape-rendering="crispEdges">')
    print("\n".join(out))
    print("</svg>")


draw([open(name, encoding="utf-8").read().split("\n") for name in sys.argv[1:]])
