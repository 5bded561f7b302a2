// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import "math"

// vector is a unit vector in steps of its largest part: a quarter of the room
// of floats, and as good for ordering.
type vector struct {
	Scale float32
	Parts []int8
}

// pack makes a unit vector of v, which points somewhere.
func pack(v []float32) vector {
	var largest float64
	for _, x := range v {
		largest = max(largest, math.Abs(float64(x)))
	}
	out := vector{Scale: float32(largest / 127 / length(v)), Parts: make([]int8, len(v))}
	for i, x := range v {
		out.Parts[i] = int8(math.Round(float64(x) / largest * 127))
	}
	return out
}

// likeness is how close two vectors point, in millionths: a whole number, so
// that sums of them do not depend on their order.
func (a vector) likeness(b vector) int64 {
	var s0, s1, s2, s3 int32
	x, y := a.Parts, b.Parts[:len(a.Parts)]
	i := 0
	for ; i+4 <= len(x); i += 4 {
		p, q := x[i:i+4:i+4], y[i:i+4:i+4]
		s0 += int32(p[0]) * int32(q[0])
		s1 += int32(p[1]) * int32(q[1])
		s2 += int32(p[2]) * int32(q[2])
		s3 += int32(p[3]) * int32(q[3])
	}
	for ; i < len(x); i++ {
		s0 += int32(x[i]) * int32(y[i])
	}
	return int64(math.Round(float64(s0+s1+s2+s3) * float64(a.Scale) * float64(b.Scale) * 1e6))
}
