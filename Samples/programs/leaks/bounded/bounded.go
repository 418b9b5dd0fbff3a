// Package bounded has containers that hold a fixed number of things at most.
package bounded

// Ring keeps the last few elements that were added.
type Ring[T any] struct {
	elements []T
	limit    int
	next     int
}

// NewRing is a ring of at most limit elements.
func NewRing[T any](limit int) *Ring[T] { return &Ring[T]{limit: limit} }

// Add puts an element in, in place of the oldest one when the ring is full.
func (r *Ring[T]) Add(element T) {
	if len(r.elements) < r.limit {
		r.elements = append(r.elements, element)
		return
	}
	r.elements[r.next] = element
	r.next = (r.next + 1) % r.limit
}

// Count is the number of elements held.
func (r *Ring[T]) Count() int { return len(r.elements) }

// Cache maps keys to values and forgets the least recently used ones.
type Cache[K comparable, V any] struct {
	entries        map[K]*entry[K, V]
	newest, oldest *entry[K, V]
	limit          int
}

type entry[K comparable, V any] struct {
	key          K
	value        V
	newer, older *entry[K, V]
}

// NewCache is a cache of at most limit values.
func NewCache[K comparable, V any](limit int) *Cache[K, V] {
	return &Cache[K, V]{entries: make(map[K]*entry[K, V], limit), limit: limit}
}

// Get is the value of a key, which counts as a use of it.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	found, ok := c.entries[key]
	if !ok {
		return value, false
	}
	c.unlink(found)
	c.linkNewest(found)
	return found.value, true
}

// Put stores a value. What had to make room for it is handed back.
func (c *Cache[K, V]) Put(key K, value V) (evicted V, wasEvicted bool) {
	if found, ok := c.entries[key]; ok {
		found.value = value
		c.unlink(found)
		c.linkNewest(found)
		return evicted, false
	}
	if len(c.entries) >= c.limit {
		evicted, wasEvicted = c.dropOldest(), true
	}
	made := &entry[K, V]{key: key, value: value}
	c.entries[key] = made
	c.linkNewest(made)
	return evicted, wasEvicted
}

// Remove forgets a key.
func (c *Cache[K, V]) Remove(key K) {
	if found, ok := c.entries[key]; ok {
		c.unlink(found)
		delete(c.entries, key)
	}
}

// Count is the number of values held.
func (c *Cache[K, V]) Count() int { return len(c.entries) }

func (c *Cache[K, V]) dropOldest() V {
	dropped := c.oldest
	c.unlink(dropped)
	delete(c.entries, dropped.key)
	return dropped.value
}

func (c *Cache[K, V]) linkNewest(e *entry[K, V]) {
	e.older, e.newer = c.newest, nil
	if c.newest != nil {
		c.newest.newer = e
	}
	c.newest = e
	if c.oldest == nil {
		c.oldest = e
	}
}

func (c *Cache[K, V]) unlink(e *entry[K, V]) {
	if e.newer != nil {
		e.newer.older = e.older
	} else {
		c.newest = e.older
	}
	if e.older != nil {
		e.older.newer = e.newer
	} else {
		c.oldest = e.newer
	}
}
