package workday

// Used is how many working days lie after the day of receipt up to and
// including the day of the answer; days inside a suspension do not count.
func (c Calendar) Used(received, answered Day, suspended []Span) int {
	n, seen := 0, 0
	for d := received.Next(); d <= answered && seen < longest; d = d.Next() {
		seen++
		if _, held := within(suspended, d); held {
			continue
		}
		if ok, _ := c.Working(d); ok {
			n++
		}
	}
	return n
}
