package main

import (
	"runtime"

	"leaks/ingest"
	"leaks/orders"
	"leaks/presence"
	"leaks/relay"
	"leaks/sessions"
	"leaks/shapes"
)

func runFailedAssertion(out *output) error {
	hub := sessions.NewHub()
	return out.growing(12000, always(func(round int) { hub.Receive(sessions.Packet(round)) }), hub)
}

func runFailedAssertionFixed(out *output) error {
	hub := sessions.NewTypedHub()
	return out.growing(12000, always(func(round int) { hub.Receive(sessions.Packet(round)) }), hub)
}

func runReflectTypes(out *output) error {
	return out.growing(600, always(func(round int) { shapes.Answer(shapes.QueryOf(round)) }), nil)
}

func runReflectTypesFixed(out *output) error {
	reader := shapes.NewReader()
	return out.growing(600, always(func(round int) { reader.Answer(shapes.QueryOf(round)) }), reader)
}

func runSyncMap(out *output) error {
	room := new(presence.Room)
	return out.growing(6000, always(room.Visit), room)
}

func runSyncMapFixed(out *output) error {
	room := presence.NewBoundedRoom(256)
	return out.growing(6000, always(room.Visit), room)
}

func runNestedJSON(out *output) error {
	archive, source := ingest.NewArchive(), ingest.NewSource(1)
	return out.growing(2400, func(int) error { return archive.Add(source.Next()) }, archive)
}

func runNestedJSONFixed(out *output) error {
	archive, source := ingest.NewTypedArchive(), ingest.NewSource(1)
	return out.growing(2400, func(int) error { return archive.Add(source.Next()) }, archive)
}

func runMapGrowth(out *output) error { return rushHour(out, orders.NewBook()) }

func runMapGrowthFixed(out *output) error { return rushHour(out, orders.NewShrinkingBook()) }

// book is either of the two.
type book interface {
	Place(id uint64)
	Close(id uint64)
}

// rushHour takes its first snapshot with 500 open orders, opens 40,000 more, and takes its second one
// when only those 500 are left.
func rushHour(out *output, book book) error {
	const early, all = 500, 40500
	if err := out.warmUp(); err != nil {
		return err
	}
	openOrders(book, 0, early)
	if err := out.heap("mem.1.pprof"); err != nil {
		return err
	}
	openOrders(book, early, all)
	closeOrders(book, early, all)
	err := out.heap("mem.pprof")
	runtime.KeepAlive(book)
	return err
}

func openOrders(book book, from, to uint64) {
	for id := from; id < to; id++ {
		book.Place(id)
	}
}

func closeOrders(book book, from, to uint64) {
	for id := from; id < to; id++ {
		book.Close(id)
	}
}

func runHealthy(out *output) error {
	passing := relay.New(1)
	return out.growing(30000, always(func(int) { passing.Pass() }), passing)
}

// always is a round that cannot fail.
func always(round func(int)) func(int) error {
	return func(i int) error {
		round(i)
		return nil
	}
}
