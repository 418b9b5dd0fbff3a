// Package tally counts events in maps that many goroutines share under a mutex.
package tally

import (
	"context"
	"fmt"
	"runtime/pprof"
	"strconv"
	"sync"
)

// Registry is a map with its lock, and a name that the profile labels carry.
type Registry struct {
	name   string
	mu     sync.RWMutex
	counts map[uint64]int
	names  map[string]int
}

// NewRegistry is an empty registry.
func NewRegistry(name string) *Registry {
	return &Registry{name: name, counts: make(map[uint64]int), names: make(map[string]int)}
}

// Operation is one kind of work on a registry.
type Operation struct {
	name string
	work func(r *Registry, seed uint64)
}

// Operations are all kinds of work, the most frequent first.
var Operations = []Operation{
	{"write", (*Registry).write},
	{"rename", (*Registry).rename},
	{"read", (*Registry).read},
	{"sweep", (*Registry).sweep},
}

// Do carries an operation out under the labels registry, op and trace_id.
func (o Operation) Do(r *Registry, trace int, seed uint64) {
	labels := pprof.Labels("registry", r.name, "op", o.name, "trace_id", fmt.Sprintf("t-%04d", trace))
	pprof.Do(context.Background(), labels, func(context.Context) { o.work(r, seed) })
}

func (r *Registry) write(seed uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for range 400 {
		seed = scramble(seed)
		r.counts[seed%8192]++
	}
}

func (r *Registry) rename(seed uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for range 60 {
		seed = scramble(seed)
		r.names["name-"+strconv.FormatUint(seed%2048, 10)]++
	}
}

func (r *Registry) read(seed uint64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	sum := 0
	for range 400 {
		seed = scramble(seed)
		sum += r.counts[seed%8192]
	}
	_ = sum
}

func (r *Registry) sweep(seed uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for key := range r.counts {
		if key%64 == seed%64 {
			delete(r.counts, key)
		}
	}
}

// scramble is the next of a row of numbers that look random.
func scramble(x uint64) uint64 {
	x ^= x << 13
	x ^= x >> 7
	return x ^ x<<17
}
