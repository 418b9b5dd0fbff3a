// Package fleet invents the tenants of the sample services and the requests that they send. The same
// seed gives the same requests.
package fleet

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"leaks/gateway"
)

// Fleet sends requests in the name of its tenants.
type Fleet struct {
	Tenants []string

	random   *rand.Rand
	requests uint64
}

// New is a fleet of that many tenants.
func New(count int, seed uint64) *Fleet {
	f := &Fleet{random: rand.New(rand.NewPCG(seed, seed))}
	for i := range count {
		f.Tenants = append(f.Tenants, fmt.Sprintf("tenant%02d", i))
	}
	return f
}

// Next is the next request.
func (f *Fleet) Next() *gateway.Request {
	f.requests++
	tenant := f.Tenants[f.random.IntN(len(f.Tenants))]
	request := &gateway.Request{
		ID:     f.requests,
		Method: "PUT",
		Path:   "/tenants/" + tenant,
		Token:  strconv.Itoa(f.random.IntN(400)),
	}
	switch dice := f.random.IntN(100); {
	case dice < 44:
		request.Path += fmt.Sprintf("/numbers/jobs.j%d.deadline", f.requests)
		request.Body = strconv.Itoa(256 + f.random.IntN(1<<20))
	case dice < 70:
		request.Path += fmt.Sprintf("/strings/jobs.j%d.owner", f.requests)
		request.Body = f.host()
	case dice < 78:
		request.Path += "/document"
		request.Body = f.document()
	case dice < 86:
		request.Method = "GET"
		request.Path += "/document"
	default:
		request.Method = "GET"
		request.Path += "/settings/limits.rate"
	}
	return request
}

func (f *Fleet) host() string {
	return fmt.Sprintf("node-%d.zone-%d", f.random.IntN(1000), f.random.IntN(9))
}

func (f *Fleet) number() int { return 256 + f.random.IntN(100000) }

func (f *Fleet) document() string {
	var out strings.Builder
	fmt.Fprintf(&out, "limits { rate = %d burst = %d }\n", f.number(), f.number())
	fmt.Fprintf(&out, "owner = %q\nbackends = [", f.host())
	for range 3 {
		fmt.Fprintf(&out, "{ host = %q port = %d },", f.host(), f.number())
	}
	out.WriteString("]\nroutes ")
	f.routes(&out, 3)
	return out.String()
}

// routes writes a table of tables, depth levels of them.
func (f *Fleet) routes(out *strings.Builder, depth int) {
	fmt.Fprintf(out, "{ weight = %d\n", f.number())
	if depth > 0 {
		for _, side := range []string{"left", "right"} {
			fmt.Fprintf(out, "%s ", side)
			f.routes(out, depth-1)
		}
	}
	out.WriteString("}\n")
}
