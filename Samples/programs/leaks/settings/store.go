// Package settings is the repaired twin of package config: a typed table for each kind of value, so
// that nothing is boxed, the changes of the last while only, and buffers that are used again.
package settings

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"

	"leaks/bounded"
)

// table holds the values of one type by path; those that were set one by one make room for each other.
type table[T any] struct {
	document map[string]T
	single   *bounded.Cache[string, T]
}

func newTable[T any](limit int) table[T] {
	return table[T]{make(map[string]T), bounded.NewCache[string, T](limit)}
}

func (t *table[T]) lookup(path string) (T, bool) {
	if value, ok := t.single.Get(path); ok {
		return value, true
	}
	value, ok := t.document[path]
	return value, ok
}

// Store holds the settings of all tenants by path.
type Store struct {
	mu       sync.Mutex
	numbers  table[int]
	strings  table[string]
	names    map[string]string
	changes  *bounded.Ring[string]
	buffers  sync.Pool
	watchers map[string][]func(path string)
}

// NewStore is an empty store.
func NewStore() *Store {
	return &Store{
		numbers:  newTable[int](256),
		strings:  newTable[string](256),
		names:    make(map[string]string),
		changes:  bounded.NewRing[string](256),
		buffers:  sync.Pool{New: func() any { return new([]byte) }},
		watchers: make(map[string][]func(string)),
	}
}

// SetInt puts a number at a path.
func (s *Store) SetInt(path string, n int) error { return set(s, &s.numbers, path, n) }

// SetString puts a string at a path.
func (s *Store) SetString(path, text string) error { return set(s, &s.strings, path, text) }

func set[T any](s *Store, table *table[T], path string, value T) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	table.single.Put(path, value)
	s.changes.Add(path)
	s.notify(path)
	return nil
}

func (s *Store) notify(path string) {
	tenant, _, _ := strings.Cut(path, ".")
	for _, watcher := range s.watchers[tenant] {
		watcher(path)
	}
}

// Watch calls back whenever a setting of the tenant changes.
func (s *Store) Watch(tenant string, callback func(path string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers[tenant] = append(s.watchers[tenant], callback)
}

// Apply merges a document into the tenant's settings.
func (s *Store) Apply(tenant, source string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.parse(tenant, source); err != nil {
		return err
	}
	s.notify(tenant)
	return nil
}

// Lookup is the setting at a path, as text.
func (s *Store) Lookup(path string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n, ok := s.numbers.lookup(path); ok {
		return strconv.Itoa(n), true
	}
	return s.strings.lookup(path)
}

// Render is the tenant's documents as one, a line for each setting.
func (s *Store) Render(tenant string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	buffer := s.buffers.Get().(*[]byte)
	defer s.buffers.Put(buffer)
	out := (*buffer)[:0]
	for _, path := range pathsOf(&s.numbers, tenant) {
		out = fmt.Appendf(out, "%s = %d\n", path, s.numbers.document[path])
	}
	for _, path := range pathsOf(&s.strings, tenant) {
		out = fmt.Appendf(out, "%s = %q\n", path, s.strings.document[path])
	}
	*buffer = out
	return string(out)
}

func pathsOf[T any](table *table[T], tenant string) []string {
	var paths []string
	for path := range table.document {
		if strings.HasPrefix(path, tenant) {
			paths = append(paths, path)
		}
	}
	sort.Strings(paths)
	return paths
}
