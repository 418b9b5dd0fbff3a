package orders

// ShrinkingBook moves the orders to a new map when few are left of many.
type ShrinkingBook struct {
	Book
	most int
}

// NewShrinkingBook is a book without orders.
func NewShrinkingBook() *ShrinkingBook { return &ShrinkingBook{Book: *NewBook()} }

// Place opens an order.
func (b *ShrinkingBook) Place(id uint64) {
	b.Book.Place(id)
	b.most = max(b.most, b.Count())
}

// Close closes an order.
func (b *ShrinkingBook) Close(id uint64) {
	b.Book.Close(id)
	if b.most > 1000 && b.Count() < b.most/8 {
		b.shrink()
	}
}

func (b *ShrinkingBook) shrink() {
	moved := make(map[uint64]Order, b.Count())
	for id, order := range b.open {
		moved[id] = order
	}
	b.open, b.most = moved, len(moved)
}
