package config

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Lookup is the setting at a path, as text.
func (s *Store) Lookup(path string) (string, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var value interface{} = s.root
	for _, name := range strings.Split(path, ".") {
		table, ok := value.(Table)
		if !ok {
			return "", false
		}
		value = table[name]
	}
	if value == nil {
		return "", false
	}
	return fmt.Sprint(value), true
}

// Render is the tenant's whole configuration as a document.
func (s *Store) Render(tenant string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	table, _ := s.root[tenant].(Table)
	var out strings.Builder
	renderTable(&out, table, 0)
	return out.String()
}

func renderTable(out *strings.Builder, table Table, depth int) {
	for _, name := range sortedNames(table) {
		out.WriteString(strings.Repeat("  ", depth))
		out.WriteString(name)
		out.WriteString(" = ")
		renderValue(out, table[name], depth)
		out.WriteByte('\n')
	}
}

func renderValue(out *strings.Builder, value interface{}, depth int) {
	switch value := value.(type) {
	case Table:
		out.WriteString("{\n")
		renderTable(out, value, depth+1)
		out.WriteByte('}')
	case []interface{}:
		renderList(out, value, depth)
	case int:
		out.WriteString(strconv.Itoa(value))
	default:
		fmt.Fprintf(out, "%q", value)
	}
}

func renderList(out *strings.Builder, list []interface{}, depth int) {
	out.WriteByte('[')
	for i, item := range list {
		if i > 0 {
			out.WriteString(", ")
		}
		renderValue(out, item, depth)
	}
	out.WriteByte(']')
}

func sortedNames(table Table) []string {
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
