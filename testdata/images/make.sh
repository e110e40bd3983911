#!/bin/sh
# Makes the pictures of this folder. Needs qrencode 4, ImageMagick 6 and the DejaVu fonts.
# What it draws is in README.md. Run it here: ./make.sh
set -eu
cd "$(dirname "$0")"

acme='otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME'
rfc='otpauth://totp/Example:bob@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example&digits=8'
utf8='otpauth://totp/Zürich%20例:jürg@example.ch?secret=JBSWY3DPEHPK3PXP&issuer=Zürich'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# qr FILE MODULE-PIXELS TEXT
qr() { qrencode -8 -l M -m 4 -s "$2" -o "$1" "$3"; }

# What a date, a version or a comment in the file would change from one run to the next.
same='-strip -define png:exclude-chunks=date,time'

qr "$work/acme.png" 5 "$acme"
qr "$work/rfc.png" 4 "$rfc"

# One code in each format.
cp "$work/acme.png" clean.png
convert "$work/rfc.png" $same -quality 60 code.jpg
convert "$work/rfc.png" $same code.gif
convert "$work/rfc.png" $same -quality 60 code.webp
convert "$work/rfc.png" $same -type palette BMP3:code.bmp
convert "$work/rfc.png" $same -alpha off -compress Zip code.tiff
convert "$work/rfc.png" $same -interlace PNG interlaced.png
convert "$work/rfc.png" $same -quality 60 -colorspace CMYK cmyk.jpg
convert "$work/rfc.png" $same -quality 60 -interlace JPEG progressive.jpg

# Colours.
convert "$work/rfc.png" $same -negate -type palette inverted.png
qrencode -8 -l M -m 4 -s 4 --background=FFFFFF00 -o transparent.png "$rfc"
convert -size 480x280 xc:white -fill '#1b1f27' -draw 'rectangle 240,0 479,279' \
	"$work/acme.png" -geometry 220x220+10+30 -composite \
	\( "$work/rfc.png" -negate \) -geometry +260+30 -composite $same +dither -colors 16 PNG8:two.png

# What is no otpauth code, or none at all.
qr url.png 4 'https://example.com/set-up?step=2'
convert -size 320x200 xc:white -font DejaVu-Sans -pointsize 18 -fill black \
	-draw 'text 20,60 "There is no code in this picture."' \
	-draw 'rectangle 20,90 60,130' -draw 'rectangle 80,90 120,130' -draw 'rectangle 20,150 60,190' \
	$same +dither -colors 16 PNG8:nocode.png

# Bytes outside ASCII, without a word on their character set.
qr utf8.png 4 "$utf8"
qr latin1.png 4 "$(printf 'otpauth://totp/Z\374rich?secret=JBSWY3DPEHPK3PXP')"

# Codes that belong together: each holds a part of the text.
qrencode -8 -l M -m 4 -s 4 -S -v 3 -o "$work/part.png" "$acme"
convert "$work"/part-*.png +append $same split.png

# What is hard to read, each in its own way.
aws='otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@123456789012?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services&algorithm=SHA256&digits=6&period=30'
dense="otpauth-migration://offline?data=$(head -c 700 /dev/zero | tr '\0' A)"
qr "$work/rfc8.png" 8 "$rfc"
qr "$work/aws8.png" 8 "$aws"
qr "$work/dense.png" 4 "$dense"
rows() { # IN OUT: a white line through every other row of modules, as between a terminal's lines
	set -- "$1" "$2" $(seq 16 17 990)
	in=$1 out=$2
	shift 2
	for y; do set -- "$@" -draw "rectangle 0,$y 1000,$y"; shift; done
	convert "$in" -fill white "$@" $same "$out"
}
convert "$work/rfc.png" -blur 0x1.6 $same blurred.png
convert "$work/rfc.png" -blur 0x1.9 $same more-blurred.png
rows "$work/aws8.png" rows.png
convert "$work/rfc8.png" -morphology Dilate Disk:2 $same thin.png
convert "$work/rfc.png" -seed 5 -attenuate 0.8 +noise Impulse $same speckled.png
convert "$work/rfc8.png" -seed 5 -attenuate 0.5 +noise Impulse $same speckled-large.png
convert "$work/rfc.png" -negate -transparent black $same white-on-nothing.png
convert -size 1600x1000 xc:white \( "$work/dense.png" -resize 240x240 \) -geometry +900+500 -composite $same small-in-large.png

# Half a file.
head -c "$(($(wc -c < clean.png) / 2))" clean.png > truncated.png

# A desktop with a sign-up page on it.
text() { printf "fill '%s' font-size %s text %s '%s' " "$1" "$2" "$3" "$4"; }
page=$(
	printf "fill '#2e4a62' rectangle 0,0 1279,799 "
	printf "fill '#1d2f3f' rectangle 0,0 1279,27 "
	text '#ffffff' 13 '16,19' 'Files    Edit    View    Help'
	text '#ffffff' 13 '1190,19' 'Tue  09:41'
	printf "fill '#dfe3e8' roundrectangle 120,64 1160,760 10,10 "
	printf "fill '#ff6058' circle 144,84 150,84 fill '#ffbd2e' circle 166,84 172,84 fill '#28c941' circle 188,84 194,84 "
	printf "fill '#ffffff' roundrectangle 260,72 1020,96 8,8 "
	text '#555555' 13 '276,89' 'https://acme.example/account/security/two-step'
	printf "fill '#ffffff' rectangle 120,104 1160,750 "
	printf "fill '#20639b' rectangle 120,104 1160,160 "
	text '#ffffff' 24 '160,140' 'ACME'
	text '#ffffff' 14 '990,137' 'anna@example.com'
	text '#222222' 26 '160,216' 'Set up two-step sign-in'
	text '#444444' 15 '160,256' '1.  Open the authenticator app on your phone.'
	text '#444444' 15 '160,286' '2.  Scan this code with it.'
	text '#444444' 15 '160,566' 'Cannot scan it? Type this key into the app:'
	text '#222222' 17 '160,596' 'JBSW Y3DP EHPK 3PXP'
	text '#444444' 15 '160,640' '3.  Type the six digits that the app shows.'
	printf "fill '#ffffff' stroke '#999999' rectangle 160,660 320,696 stroke none "
	printf "fill '#20639b' roundrectangle 340,660 460,696 6,6 "
	text '#ffffff' 15 '366,683' 'Continue'
	printf "fill '#f4f6f8' rectangle 640,226 1100,346 "
	text '#222222' 17 '670,262' 'Keep the key as well'
	text '#444444' 14 '670,294' 'If the phone is lost, this page will not come back:'
	text '#444444' 14 '670,318' 'the key is shown once.'
)
convert -size 1280x800 xc:black -font DejaVu-Sans -draw "$page" \
	"$work/acme.png" -geometry +160+306 -composite \
	$same +dither -colors 128 -define png:compression-level=9 PNG8:screenshot.png
