// Package embedded runs a Temporal server inside this process, on one SQLite
// file: the engine of `datagov serve` on a single machine.
//
// Start makes the file when there is none, then ensures, at every start, what
// the cases need: the namespace, how long closed histories are kept, and the
// search attributes. Ports are free loopback ports chosen at every start, so
// nothing outside the machine reaches the engine and two of them never clash.
//
// The file is a position, not the record: it can be deleted while the server is
// stopped, and the worker starts every open case and grant again from its rows.
// The file has no upgrade path between server versions for the same reason.
//
// This is the only package that imports go.temporal.io/server. The build tag
// noembed leaves the server out; Start then says so.
package embedded

import (
	"log/slog"
	"time"
)

// What is assumed when an option is left at its zero value.
const (
	DefaultNamespace = "datagov"
	DefaultRetention = 30 * 24 * time.Hour
)

// Options say where the engine keeps its state and how.
type Options struct {
	// File is the SQLite file; its folder must exist. Two servers never share one.
	File string
	// Namespace holds our cases; DefaultNamespace when empty.
	Namespace string
	// Retention is how long the history of a closed case is kept;
	// DefaultRetention when zero. The engine refuses less than a day.
	Retention time.Duration
	// Logger receives the server's warnings and errors; slog.Default when nil.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Namespace == "" {
		o.Namespace = DefaultNamespace
	}
	if o.Retention == 0 {
		o.Retention = DefaultRetention
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}
