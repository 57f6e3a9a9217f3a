package delivery

import "time"

// Within shortens how long a receiver may take.
func (w *Webhook) Within(d time.Duration) *Webhook {
	w.client.Timeout = d
	return w
}
