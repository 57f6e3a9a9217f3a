package speed

import (
	"os"
	"strconv"
)

// number is how much a benchmark handles, unless the environment says otherwise.
func number(name string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return usual
}
