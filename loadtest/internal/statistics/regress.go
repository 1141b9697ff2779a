package statistics

import "math"

// Regress returns the coefficients of y = sum of b_j x_j, without a constant, by ordinary least squares, each with its 95 % interval. Columns are the x_j; a row with an
// absent value is left out. It is not known where there are fewer than ten degrees of freedom, where a column is nothing but 0, or where columns are combinations of
// each other.
func Regress(columns [][]float64, y []float64) (coefficients []Interval, known bool) {
	columns, y = wholeRows(columns, y)
	k, n := len(columns), len(y)
	if k == 0 || n-k < leastFreedom {
		return nil, false
	}
	b, inverse, lengths, left := solve(columns, y)
	if b == nil {
		return nil, false
	}
	for i := range k {
		half := studentTen * math.Sqrt(inverse[i][i]*left/float64(n-k))
		coefficients = append(coefficients, Interval{Value: b[i] / lengths[i], Low: (b[i] - half) / lengths[i], High: (b[i] + half) / lengths[i]})
	}
	return coefficients, true
}

// LeastSquares returns the coefficients of y = sum of b_j x_j, without a constant, and the sum of squares that they leave. They are nil where a column is nothing but 0,
// where columns are combinations of each other, or where there are more of them than rows. Rows with an absent value are left out.
func LeastSquares(columns [][]float64, y []float64) (coefficients []float64, left float64) {
	columns, y = wholeRows(columns, y)
	if len(columns) == 0 || len(y) < len(columns) {
		return nil, 0
	}
	b, _, lengths, left := solve(columns, y)
	for i := range b {
		b[i] /= lengths[i]
	}
	return b, left
}

// solve returns the coefficients of columns that it scales to a length of 1, the inverse of their products, their lengths, and the sum of squares that is left. The
// coefficients are nil where there is no solution.
func solve(columns [][]float64, y []float64) (b []float64, inverse [][]float64, lengths []float64, left float64) {
	lengths = make([]float64, len(columns)) // with columns of length 1, a rare thing beside a frequent one is no small pivot
	for j, column := range columns {
		if lengths[j] = math.Sqrt(dot(column, column)); lengths[j] == 0 {
			return nil, nil, nil, 0
		}
		scale(column, 1/lengths[j])
	}
	inverse, known := invert(products(columns))
	if !known {
		return nil, nil, nil, 0
	}
	b = make([]float64, len(columns))
	for i := range b {
		for j := range columns {
			b[i] += inverse[i][j] * dot(columns[j], y)
		}
	}
	for row := range y {
		fitted := 0.0
		for j := range columns {
			fitted += b[j] * columns[j][row]
		}
		left += (y[row] - fitted) * (y[row] - fitted)
	}
	return b, inverse, lengths, left
}

// wholeRows are copies of the rows without an absent value.
func wholeRows(columns [][]float64, y []float64) (whole [][]float64, of []float64) {
	whole = make([][]float64, len(columns))
	for row, v := range y {
		there := finite(v)
		for _, column := range columns {
			there = there && finite(column[row])
		}
		if !there {
			continue
		}
		of = append(of, v)
		for j, column := range columns {
			whole[j] = append(whole[j], column[row])
		}
	}
	return whole, of
}

const (
	// leastFreedom is how many more values than coefficients there have to be.
	leastFreedom = 10
	// studentTen is the 97.5 % quantile of Student's distribution with ten degrees of freedom: with more it is smaller.
	studentTen = 2.228
	// leastPivot is below what a column of length 1 has nothing of its own.
	leastPivot = 1e-9
)

// products are the sums of products of all pairs of columns.
func products(columns [][]float64) [][]float64 {
	all := make([][]float64, len(columns))
	for i := range columns {
		all[i] = make([]float64, len(columns))
		for j := range columns {
			all[i][j] = dot(columns[i], columns[j])
		}
	}
	return all
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// invert is Gauss and Jordan's, with pivots. A matrix whose pivot is next to nothing has no inverse.
func invert(a [][]float64) (inverse [][]float64, known bool) {
	n := len(a)
	inverse = make([][]float64, n)
	for i := range n {
		inverse[i] = make([]float64, n)
		inverse[i][i] = 1
	}
	for at := range n {
		best := at
		for row := at + 1; row < n; row++ {
			if math.Abs(a[row][at]) > math.Abs(a[best][at]) {
				best = row
			}
		}
		a[at], a[best], inverse[at], inverse[best] = a[best], a[at], inverse[best], inverse[at]
		pivot := a[at][at]
		if !(math.Abs(pivot) > leastPivot) {
			return nil, false
		}
		scale(a[at], 1/pivot)
		scale(inverse[at], 1/pivot)
		for row := range n {
			if factor := a[row][at]; row != at && factor != 0 {
				subtract(a[row], a[at], factor)
				subtract(inverse[row], inverse[at], factor)
			}
		}
	}
	return inverse, true
}

func scale(row []float64, by float64) {
	for i := range row {
		row[i] *= by
	}
}

func subtract(from, row []float64, times float64) {
	for i := range from {
		from[i] -= times * row[i]
	}
}
