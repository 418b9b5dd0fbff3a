// Command builds holds on to some memory and writes a heap profile of it.
//
// Its other version has the same functions on other lines, and other calls inlined.
package main

import (
	"os"
	"runtime"
	"runtime/pprof"
)

var kept [][]byte

// reserve is small enough to be inlined.
func reserve(size int) []byte { return make([]byte, size) }

// index keeps a little for each entry.
func index(entries int) {
	for range entries {
		kept = append(kept, reserve(64))
	}
}

// load keeps the entries themselves.
func load(entries int) {
	header := reserve(4096)
	kept = append(kept, header)
	for range entries {
		kept = append(kept, reserve(1024))
	}
	index(entries)
}

func main() {
	runtime.MemProfileRate = 1
	kept = make([][]byte, 0, 4096)
	load(1000)
	runtime.GC()
	file, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	defer file.Close()
	if err := pprof.Lookup("heap").WriteTo(file, 0); err != nil {
		panic(err)
	}
}
