// Package ingest reads orders that come as JSON.
package ingest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Source invents documents. The same seed gives the same ones.
type Source struct {
	random *rand.Rand
	count  int
}

// NewSource is a source of documents.
func NewSource(seed uint64) *Source { return &Source{random: rand.New(rand.NewPCG(seed, seed))} }

// Next is the next document.
func (s *Source) Next() []byte {
	s.count++
	return fmt.Appendf(nil,
		`{"order":{"id":%d,"customer":{"name":"customer %d","address":{"city":%q,"country":%q,"lines":["street %d","floor %d"]}},`+
			`"items":[%s],"totals":{"net":%d.25,"tax":%d.5}},"received":{"by":"gateway-%d","at":%d}}`,
		s.count, s.random.IntN(500), s.pick(cities), s.pick(countries), s.random.IntN(90), s.random.IntN(9),
		s.items(), s.random.IntN(9000), s.random.IntN(900), s.random.IntN(4), 1700000000+s.count)
}

func (s *Source) items() string {
	var out strings.Builder
	for i := range 2 + s.random.IntN(3) {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, `{"sku":"A-%d","quantity":%d,"tags":["t%d","t%d"],"gift":%t}`,
			s.random.IntN(300), 1+s.random.IntN(5), s.random.IntN(20), s.random.IntN(20), s.random.IntN(9) == 0)
	}
	return out.String()
}

func (s *Source) pick(from []string) string { return from[s.random.IntN(len(from))] }

var (
	cities    = []string{"Lisbon", "Osaka", "Nairobi", "Quito", "Tromsø"}
	countries = []string{"PT", "JP", "KE", "EC", "NO"}
)
