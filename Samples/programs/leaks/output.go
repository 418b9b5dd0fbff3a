package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// output is the folder that the profiles go to.
type output struct {
	folder string
}

// warmUp lets the profile writer make what it keeps, so that no snapshot shows it as growth.
func (o *output) warmUp() error { return pprof.Lookup("heap").WriteTo(io.Discard, 0) }

// heap writes a heap profile of what is alive now.
func (o *output) heap(file string) error {
	runtime.GC()
	return o.profile("heap", file)
}

// profile writes one of the runtime's profiles.
func (o *output) profile(name, file string) error {
	f, err := os.Create(filepath.Join(o.folder, file))
	if err != nil {
		return err
	}
	if err := pprof.Lookup(name).WriteTo(f, 0); err != nil {
		return err
	}
	return f.Close()
}

// growing runs a story in two parts, a third and the rest, with a snapshot of the heap after each.
// What keep holds is alive until the second snapshot is written.
func (o *output) growing(rounds int, round func(int) error, keep any) error {
	if err := o.warmUp(); err != nil {
		return err
	}
	early := rounds / 3
	for i := range rounds {
		if i == early {
			if err := o.heap("mem.1.pprof"); err != nil {
				return err
			}
		}
		if err := round(i); err != nil {
			return err
		}
	}
	err := o.heap("mem.pprof")
	runtime.KeepAlive(keep)
	return err
}
