package sharing

import "fmt"

// pointer writes a JSON pointer into a list of the request.
func pointer(list string, i int, field string) string {
	return fmt.Sprintf("/%s/%d/%s", list, i, field)
}
