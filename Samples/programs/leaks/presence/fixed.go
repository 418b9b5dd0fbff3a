package presence

import (
	"sync"

	"leaks/bounded"
)

// BoundedRoom keeps the last few hundred clients, and uses the ones again that had to go.
type BoundedRoom struct {
	mu      sync.Mutex
	clients *bounded.Cache[int, *Client]
	spare   sync.Pool
}

// NewBoundedRoom is a room for a number of clients.
func NewBoundedRoom(limit int) *BoundedRoom {
	return &BoundedRoom{
		clients: bounded.NewCache[int, *Client](limit),
		spare:   sync.Pool{New: func() any { return new(Client) }},
	}
}

// Visit is one client's stay. Visits come one at a time, so who has to go is no longer written to.
func (r *BoundedRoom) Visit(id int) {
	client := r.join(id)
	together(4, func(worker int) { client.note(uint64(worker), greeting(id, worker)) })
	r.leave(id)
}

func (r *BoundedRoom) join(id int) *Client {
	client := r.spare.Get().(*Client)
	client.name, client.online, client.recent = clientName(id), true, client.recent[:0]
	r.mu.Lock()
	defer r.mu.Unlock()
	if evicted, ok := r.clients.Put(id, client); ok {
		r.recycle(evicted)
	}
	return client
}

func (r *BoundedRoom) recycle(client *Client) {
	clear(client.recent)
	r.spare.Put(client)
}

func (r *BoundedRoom) leave(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if client, ok := r.clients.Get(id); ok {
		client.online = false
	}
}
