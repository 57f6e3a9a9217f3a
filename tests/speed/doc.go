// Package speed holds the benchmarks of whole procedures: everything in one
// process as datagov serve puts it together, beside the bare engine in the same
// run, so that only ratios are compared. Run them with make bench.
package speed
