// Package sessions receives heartbeats of which some still come in an older version.
package sessions

import (
	"encoding/binary"
	"fmt"
	"sync"
)

// Heartbeat is what a client reports of itself.
type Heartbeat struct {
	Client   string
	Sequence uint64
	Load     float64
}

// LegacyHeartbeat is what the older clients report.
type LegacyHeartbeat struct {
	Client   string
	Sequence uint64
	Samples  [12]float64
}

// unknown holds each value that was of another type than expected, under a key of its own: nobody
// ever asks for one of them, and nobody deletes one.
var unknown sync.Map

// Hub keeps the last heartbeat of each client.
type Hub struct {
	last map[string]*Heartbeat
}

// NewHub is a hub without clients.
func NewHub() *Hub { return &Hub{make(map[string]*Heartbeat)} }

// Receive takes a packet in.
func (h *Hub) Receive(packet []byte) {
	h.accept(decodeAny(packet))
}

func (h *Hub) accept(value interface{}) {
	beat, ok := value.(*Heartbeat)
	if !ok {
		quarantine(value)
		return
	}
	h.last[beat.Client] = beat
}

func quarantine(value interface{}) {
	unknown.Store(quarantineKey(value), value)
}

func quarantineKey(value interface{}) string {
	legacy, _ := value.(LegacyHeartbeat)
	return fmt.Sprintf("%s/%d", legacy.Client, legacy.Sequence)
}

func decodeAny(packet []byte) interface{} {
	version, client, sequence := header(packet)
	if version == 1 {
		return decodeLegacy(client, sequence)
	}
	return &Heartbeat{Client: client, Sequence: sequence, Load: 1}
}

func decodeLegacy(client string, sequence uint64) LegacyHeartbeat {
	legacy := LegacyHeartbeat{Client: client, Sequence: sequence}
	for i := range legacy.Samples {
		legacy.Samples[i] = float64(sequence) / float64(i+1)
	}
	return legacy
}

func header(packet []byte) (version byte, client string, sequence uint64) {
	return packet[0], clientName(packet[1]), binary.BigEndian.Uint64(packet[2:])
}

func clientName(number byte) string { return fmt.Sprintf("client-%03d", number) }

// Packet is a heartbeat as a client sends it: one in three in the older version.
func Packet(round int) []byte {
	version := byte(2)
	if round%3 == 0 {
		version = 1
	}
	packet := []byte{version, byte(round % 200)}
	return binary.BigEndian.AppendUint64(packet, uint64(round))
}
