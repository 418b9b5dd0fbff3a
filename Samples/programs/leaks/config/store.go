// Package config is a configuration store as many services have one: nested
// map[string]interface{}, into which every number and every string is boxed. It keeps a deep copy of
// each document that it was ever given, and an entry for each setting that was ever changed.
package config

import (
	"fmt"
	"strings"
	"sync"
)

// Store holds the settings of all tenants, and everything that they once were.
type Store struct {
	mu        sync.RWMutex
	root      Table
	revisions []*revision
	changes   []change
	watchers  map[string][]func(path string)
}

type revision struct {
	tenant string
	number int
	table  Table
}

type change struct {
	path  []string
	value interface{}
}

// NewStore is an empty store.
func NewStore() *Store {
	return &Store{root: make(Table), watchers: make(map[string][]func(string))}
}

// SetInt puts a number at a path such as "acme.limits.rate".
func (s *Store) SetInt(path string, n int) error { return s.Set(path, n) }

// SetString puts a string at a path.
func (s *Store) SetString(path, text string) error { return s.Set(path, text) }

// Set puts any value at a path and makes the tables on the way to it.
func (s *Store) Set(path string, value interface{}) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	segments := strings.Split(path, ".")
	if err := s.assign(s.root, segments, value); err != nil {
		return err
	}
	s.record(segments, value)
	s.notify(path)
	return nil
}

func (s *Store) assign(table Table, segments []string, value interface{}) error {
	name := segments[0]
	if len(segments) == 1 {
		table[name] = value
		return nil
	}
	next, err := s.descend(table, name)
	if err != nil {
		return err
	}
	return s.assign(next, segments[1:], value)
}

func (s *Store) descend(table Table, name string) (Table, error) {
	switch next := table[name].(type) {
	case Table:
		return next, nil
	case nil:
		made := make(Table)
		table[name] = made
		return made, nil
	default:
		return nil, fmt.Errorf("%s holds a %T, not a table", name, next)
	}
}

// record keeps the change for an undo that nobody asks for: the list only grows.
func (s *Store) record(segments []string, value interface{}) {
	s.changes = append(s.changes, change{segments, value})
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

// Apply parses a document, merges it into the tenant's settings, and keeps a copy of the outcome.
func (s *Store) Apply(tenant, source string) error {
	parsed, err := Parse(source)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	table, err := s.descend(s.root, tenant)
	if err != nil {
		return err
	}
	merge(table, parsed)
	s.keepRevision(tenant, parsed)
	s.notify(tenant)
	return nil
}

func merge(into, from Table) {
	for name, value := range from {
		old, isTable := into[name].(Table)
		if table, ok := value.(Table); ok && isTable {
			merge(old, table)
			continue
		}
		into[name] = value
	}
}

// keepRevision is the second leak: a whole copy of each document, never let go.
func (s *Store) keepRevision(tenant string, table Table) {
	s.revisions = append(s.revisions, &revision{tenant, len(s.revisions), copyTable(table)})
}

func copyTable(table Table) Table {
	copied := make(Table, len(table))
	for name, value := range table {
		copied[name] = copyValue(value)
	}
	return copied
}

func copyList(list []interface{}) []interface{} {
	copied := make([]interface{}, len(list))
	for i, item := range list {
		copied[i] = copyValue(item)
	}
	return copied
}

func copyValue(value interface{}) interface{} {
	switch value := value.(type) {
	case Table:
		return copyTable(value)
	case []interface{}:
		return copyList(value)
	default:
		return value
	}
}
