package sessions

// TypedHub keeps the last heartbeat of each client, and knows each version by its type: what can be
// converted is, and of the rest it keeps a count, not the value.
type TypedHub struct {
	last    latest[string, Heartbeat]
	refused [256]int
}

// latest holds one value for each key, in place.
type latest[K comparable, V any] struct {
	values map[K]*V
}

func (l *latest[K, V]) slot(key K) *V {
	if known, ok := l.values[key]; ok {
		return known
	}
	made := new(V)
	l.values[key] = made
	return made
}

// NewTypedHub is a hub without clients.
func NewTypedHub() *TypedHub {
	return &TypedHub{last: latest[string, Heartbeat]{make(map[string]*Heartbeat)}}
}

// Receive takes a packet in.
func (h *TypedHub) Receive(packet []byte) {
	version, client, sequence := header(packet)
	switch version {
	case 1:
		h.keep(decodeLegacy(client, sequence).upgraded())
	case 2:
		h.keep(Heartbeat{Client: client, Sequence: sequence, Load: 1})
	default:
		h.refused[version]++
	}
}

func (h *TypedHub) keep(beat Heartbeat) { *h.last.slot(beat.Client) = beat }

func (l LegacyHeartbeat) upgraded() Heartbeat {
	sum := 0.0
	for _, sample := range l.Samples {
		sum += sample
	}
	return Heartbeat{l.Client, l.Sequence, sum / float64(len(l.Samples))}
}
