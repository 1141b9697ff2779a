package extra

import (
	_ "embed"
	"math/big"
	"strconv"
	"strings"
	"sync"
)

// numbers are the characters whose worth neither their digits nor their decomposition tell, such as 百 and ↁ: a number in hexadecimal
// and a worth a line; for several in a row also what each has more than the one before it, and how many they are. Other
// characters are as unicodedata.numeric of CPython 3.11 has them.
//
//go:embed numbers.txt
var numbers string

// worths are the numbers, for the first who asks: few files do.
var worths = sync.OnceValue(func() map[rune]float64 { //nolint:gochecknoglobals // a table that never changes
	m := map[rune]float64{}
	for line := range strings.Lines(numbers) {
		f := strings.Fields(line)
		first, _ := strconv.ParseInt(f[0], 16, 32)
		worth, _ := new(big.Rat).SetString(f[1])
		step, count := new(big.Rat), 1
		if len(f) == 4 {
			step, _ = step.SetString(f[2])
			count, _ = strconv.Atoi(f[3])
		}
		for i := range count {
			m[rune(int(first)+i)], _ = worth.Float64()
			worth = new(big.Rat).Add(worth, step)
		}
	}
	return m
})
