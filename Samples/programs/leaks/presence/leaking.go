// Package presence knows which clients of a chat are there.
package presence

import (
	"fmt"
	"sync"
)

// Client is one connection. Many goroutines change it.
type Client struct {
	mu     sync.Mutex
	name   string
	online bool
	recent []event
}

type event struct {
	sequence uint64
	text     string
}

func (c *Client) note(sequence uint64, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.recent = append(c.recent, event{sequence, text})
}

// Room is the registry of all clients: pointers in a sync.Map.
type Room struct {
	clients sync.Map
}

// Visit is one client's stay: it comes, a few goroutines write to it, and it goes. It is marked as
// gone, but nobody deletes it.
func (r *Room) Visit(id int) {
	r.join(id)
	together(4, func(worker int) { r.say(id, worker) })
	r.leave(id)
}

func (r *Room) join(id int) {
	r.clients.Store(id, newClient(id))
}

func newClient(id int) *Client {
	return &Client{name: clientName(id), online: true}
}

func clientName(id int) string { return fmt.Sprintf("guest-%06d", id) }

func (r *Room) say(id, worker int) {
	if found, ok := r.clients.Load(id); ok {
		found.(*Client).note(uint64(worker), greeting(id, worker))
	}
}

func greeting(id, worker int) string { return fmt.Sprintf("hello %d from %d", id, worker) }

func (r *Room) leave(id int) {
	if found, ok := r.clients.Load(id); ok {
		client := found.(*Client)
		client.mu.Lock()
		client.online = false
		client.mu.Unlock()
	}
}

// together runs a piece of work in several goroutines and waits for all of them.
func together(count int, work func(worker int)) {
	var group sync.WaitGroup
	for worker := range count {
		group.Go(func() { work(worker) })
	}
	group.Wait()
}
