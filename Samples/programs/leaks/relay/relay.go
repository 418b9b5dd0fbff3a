// Package relay passes messages on and keeps nothing: a healthy program.
package relay

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"

	"leaks/bounded"
)

// Message is a line for a receiver.
type Message struct {
	Receiver int
	Text     string
}

// Relay has a cache of routes, a log of the last deliveries, and buffers that are used again.
type Relay struct {
	routes  *bounded.Cache[int, string]
	log     *bounded.Ring[string]
	buffers sync.Pool
	random  *rand.Rand
	sent    map[string]int
}

// New is a relay with a route for each receiver.
func New(seed uint64) *Relay {
	r := &Relay{
		routes:  bounded.NewCache[int, string](1024),
		log:     bounded.NewRing[string](2048),
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
		random:  rand.New(rand.NewPCG(seed, seed)),
		sent:    make(map[string]int),
	}
	for receiver := range 1024 {
		r.route(receiver)
	}
	return r
}

// Pass takes the next message through.
func (r *Relay) Pass() {
	message := r.next()
	buffer := r.buffers.Get().(*bytes.Buffer)
	defer r.buffers.Put(buffer)
	buffer.Reset()
	encode(buffer, message)
	r.deliver(message, buffer.Bytes())
}

func (r *Relay) next() Message {
	return Message{r.random.IntN(1024), "message " + strconv.Itoa(1000+r.random.IntN(9000))}
}

func encode(out *bytes.Buffer, message Message) {
	fmt.Fprintf(out, "to=%04d text=%q", message.Receiver, message.Text)
}

func (r *Relay) deliver(message Message, encoded []byte) {
	route := r.route(message.Receiver)
	r.sent[route] += len(encoded)
	r.log.Add(logLine(message, route))
}

func (r *Relay) route(receiver int) string {
	if known, ok := r.routes.Get(receiver); ok {
		return known
	}
	made := fmt.Sprintf("node-%02d", receiver%64)
	r.routes.Put(receiver, made)
	return made
}

func logLine(message Message, route string) string {
	return fmt.Sprintf("%04d by %s: %d bytes", message.Receiver, route, len(message.Text))
}
