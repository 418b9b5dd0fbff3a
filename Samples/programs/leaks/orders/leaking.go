// Package orders keeps the open orders of a market, of which there are many for one hour a day.
package orders

// Order is an open order.
type Order struct {
	Price, Quantity int64
	Account         [48]byte
	Placed          int64
}

// Book is a map from which orders are deleted when they close. The map keeps the room that it had when
// it was largest.
type Book struct {
	open map[uint64]Order
}

// NewBook is a book without orders.
func NewBook() *Book { return &Book{make(map[uint64]Order)} }

// Place opens an order.
func (b *Book) Place(id uint64) { b.open[id] = newOrder(id) }

func newOrder(id uint64) Order {
	return Order{Price: int64(id % 997), Quantity: 1, Placed: int64(id)}
}

// Close closes an order.
func (b *Book) Close(id uint64) { delete(b.open, id) }

// Count is the number of open orders.
func (b *Book) Count() int { return len(b.open) }
