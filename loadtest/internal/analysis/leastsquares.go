package analysis

import "math"

// nonNegative solves weighted least squares for three coefficients of which the latter two are not negative: of the four ways to hold some at 0, the one with the
// smallest error among those that keep to it.
func nonNegative(rows [][3]float64, y, w []float64) (best [3]float64) {
	least := math.Inf(1)
	for _, use := range [][]int{{0, 1, 2}, {0, 1}, {0, 2}, {0}} {
		c, ok := leastSquares(rows, y, w, use)
		if !ok || c[0] <= 0 || c[1] < 0 || c[2] < 0 {
			continue
		}
		rest := 0.0
		for i, r := range rows {
			d := y[i] - c[0]*r[0] - c[1]*r[1] - c[2]*r[2]
			rest += w[i] * d * d
		}
		if rest < least {
			best, least = c, rest
		}
	}
	return best
}

// leastSquares solves the normal equations for some of the columns.
func leastSquares(rows [][3]float64, y, w []float64, use []int) (c [3]float64, ok bool) {
	n := len(use)
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n+1)
	}
	for k, r := range rows {
		for i, p := range use {
			for j, q := range use {
				a[i][j] += w[k] * r[p] * r[q]
			}
			a[i][n] += w[k] * r[p] * y[k]
		}
	}
	x, ok := eliminate(a)
	if !ok {
		return c, false
	}
	for i, p := range use {
		c[p] = x[i]
	}
	return c, true
}

// eliminate solves linear equations, an augmented matrix, by Gauss with pivots.
func eliminate(a [][]float64) ([]float64, bool) {
	n := len(a)
	for i := range n {
		pivot := i
		for k := i + 1; k < n; k++ {
			if math.Abs(a[k][i]) > math.Abs(a[pivot][i]) {
				pivot = k
			}
		}
		a[i], a[pivot] = a[pivot], a[i]
		if math.Abs(a[i][i]) < 1e-300 {
			return nil, false
		}
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j <= n; j++ {
				a[k][j] -= f * a[i][j]
			}
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = a[i][n]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x, true
}
