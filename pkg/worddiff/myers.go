// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package worddiff

// The work of one comparison, in steps of the inner loops: fixed plus so much
// for each token. It is enough for texts that have most in common, whatever
// their length.
const (
	fixedWork   = 1 << 18
	workByToken = 64
)

// compare says which tokens of a went and which of b came; the others stayed,
// in the same order.
func compare(a, b []string) (taken, added []bool) {
	c := comparison{taken: make([]bool, len(a)), added: make([]bool, len(b))}
	c.a, c.b = number(a, b)
	size := len(a) + len(b)
	c.left = fixedWork + workByToken*size
	c.middle = size + 2
	c.forward, c.backward = make([]int, 2*c.middle+1), make([]int, 2*c.middle+1)
	c.between(0, len(a), 0, len(b))
	return c.taken, c.added
}

type comparison struct {
	a, b         []int
	taken, added []bool
	left         int // steps that may still be made
	// forward and backward hold how far each diagonal was reached; diagonal 0
	// stands at middle.
	forward, backward []int
	middle            int
}

// between compares a[a0:a1] with b[b0:b1].
func (c *comparison) between(a0, a1, b0, b1 int) {
	for {
		for a0 < a1 && b0 < b1 && c.a[a0] == c.b[b0] {
			a0, b0 = a0+1, b0+1
		}
		for a0 < a1 && b0 < b1 && c.a[a1-1] == c.b[b1-1] {
			a1, b1 = a1-1, b1-1
		}
		if a0 == a1 || b0 == b1 {
			break
		}
		x, y, found := c.split(a0, a1, b0, b1)
		if !found {
			break
		}
		c.between(a0, x, b0, y)
		a0, b0 = x, y
	}
	for i := a0; i < a1; i++ {
		c.taken[i] = true
	}
	for j := b0; j < b1; j++ {
		c.added[j] = true
	}
}

// split finds a point half-way a shortest way of changing one stretch into the
// other, by walking from both ends until the ways meet (Myers 1986, section
// 4b). The stretches differ at both ends, so at least two changes are needed,
// and the point lies at neither end. found is false when there is no work left.
func (c *comparison) split(a0, a1, b0, b1 int) (x, y int, found bool) {
	n, m := a1-a0, b1-b0
	delta := n - m
	odd := delta&1 != 0
	f, r, mid := c.forward, c.backward, c.middle
	f[mid+1], r[mid+1] = 0, 0
	var fLow, fHigh, rLow, rHigh int // diagonals that ran off the edges
	for d := 0; d <= (n+m+1)/2; d++ {
		if d > 0 {
			f[mid-d], f[mid+d], r[mid-d], r[mid+d] = -1, -1, -1, -1
		}
		for k := -d + fLow; k <= d-fHigh; k += 2 {
			x := step(f, mid, k, d)
			y := x - k
			start := x
			for x < n && y < m && c.a[a0+x] == c.b[b0+y] {
				x, y = x+1, y+1
			}
			if c.left -= 1 + x - start; c.left < 0 {
				return 0, 0, false
			}
			f[mid+k] = x
			switch back := delta - k; {
			case x > n:
				fHigh += 2
			case y > m:
				fLow += 2
			case odd && back > -d && back < d && r[mid+back] >= 0 && x >= n-r[mid+back]:
				return a0 + x, b0 + y, true
			}
		}
		for k := -d + rLow; k <= d-rHigh; k += 2 {
			x := step(r, mid, k, d)
			y := x - k
			start := x
			for x < n && y < m && c.a[a1-1-x] == c.b[b1-1-y] {
				x, y = x+1, y+1
			}
			if c.left -= 1 + x - start; c.left < 0 {
				return 0, 0, false
			}
			r[mid+k] = x
			switch ahead := delta - k; {
			case x > n:
				rHigh += 2
			case y > m:
				rLow += 2
			case !odd && ahead >= -d && ahead <= d && f[mid+ahead] >= 0 && f[mid+ahead] >= n-x:
				return a1 - x, b1 - y, true
			}
		}
	}
	return 0, 0, false
}

// step is where diagonal k begins with one change more: beside the diagonal
// that came furthest.
func step(v []int, mid, k, d int) int {
	if k == -d || k != d && v[mid+k-1] < v[mid+k+1] {
		return v[mid+k+1]
	}
	return v[mid+k-1] + 1
}
