package sharing

import "slices"

// EventNames lists every event of the procedure, sorted.
func EventNames() []string {
	names := make([]string, 0, len(titles))
	for name := range titles {
		names = append(names, prefix+name)
	}
	slices.Sort(names)
	return names
}
