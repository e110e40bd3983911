package scan

import (
	"context"
	"image"
	"iter"
)

// mean returns each pixel's mean with those up to radius away, in rows and columns.
func mean(page *image.Gray, radius int) *image.Gray {
	width, height := page.Rect.Dx(), page.Rect.Dy()
	sums := make([]uint32, (width+1)*(height+1)) // of all pixels above and to the left
	for y := range height {
		row := uint32(0)
		for x := range width {
			row += uint32(page.Pix[y*page.Stride+x])
			sums[(y+1)*(width+1)+x+1] = sums[y*(width+1)+x+1] + row
		}
	}
	to := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		above, below := max(0, y-radius)*(width+1), min(height, y+radius+1)*(width+1)
		rows := min(height, y+radius+1) - max(0, y-radius)
		for x := range width {
			left, right := max(0, x-radius), min(width, x+radius+1)
			sum := sums[below+right] - sums[above+right] - sums[below+left] + sums[above+left]
			to.Pix[y*to.Stride+x] = uint8(sum / uint32(rows*(right-left)))
		}
	}
	return to
}

// smoothed reads noisy pictures: speckles go, and modules are larger than they.
func smoothed(_ context.Context, _ image.Image, page *image.Gray) iter.Seq[view] {
	return func(yield func(view) bool) {
		v := handy(page)
		for radius := 1; radius <= 3; radius++ {
			if !yield(view{mean(v.page, radius), v.scale, v.at}) {
				return
			}
		}
	}
}

// levelled reads pictures in uneven light, with shadows and glare: a pixel is dark if it is darker
// than its surroundings, whatever those are.
func levelled(_ context.Context, _ image.Image, page *image.Gray) iter.Seq[view] {
	return func(yield func(view) bool) {
		v := handy(page)
		calm := mean(v.page, 1)
		side := max(v.page.Rect.Dx(), v.page.Rect.Dy())
		for _, part := range []int{16, 40} {
			around := mean(calm, max(10, side/part))
			to := image.NewGray(v.page.Rect)
			for i, brightness := range calm.Pix {
				if int(brightness) > int(around.Pix[i])-4 {
					to.Pix[i] = 255
				}
			}
			if !yield(view{to, v.scale, v.at}) {
				return
			}
		}
	}
}
