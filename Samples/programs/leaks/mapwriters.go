package main

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"time"

	"leaks/tally"
)

const (
	writers  = 24
	duration = 3 * time.Second
)

// runMapWriters lets many goroutines work on three maps, and profiles where they run, where they wait,
// who lets them wait, and where they all are half way through.
func runMapWriters(out *output) error {
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(1)
	file, err := os.Create(filepath.Join(out.folder, "cpu.pprof"))
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	if err := writeMaps(out); err != nil {
		return err
	}
	pprof.StopCPUProfile()
	if err := file.Close(); err != nil {
		return err
	}
	if err := out.profile("mutex", "mutex.pprof"); err != nil {
		return err
	}
	return out.profile("block", "block.pprof")
}

func writeMaps(out *output) error {
	registries := []*tally.Registry{
		tally.NewRegistry("sessions"), tally.NewRegistry("prices"), tally.NewRegistry("quotas"),
	}
	var stop atomic.Bool
	var group sync.WaitGroup
	for writer := range uint64(writers) {
		group.Go(func() { workUntil(&stop, registries, writer) })
	}
	time.Sleep(duration / 2)
	err := out.profile("goroutine", "goroutine.pprof")
	time.Sleep(duration / 2)
	stop.Store(true)
	group.Wait()
	return err
}

// workUntil does nine writes to each rename and each two reads, and a sweep now and then, half of all on
// the first registry.
func workUntil(stop *atomic.Bool, registries []*tally.Registry, writer uint64) {
	for round := writer; !stop.Load(); round++ {
		registry := registries[[]int{0, 1, 0, 2}[round/12%4]]
		operation := tally.Operations[[]int{0, 0, 0, 1, 0, 2, 0, 0, 0, 2, 0, 0}[round%12]]
		if round%60 == 59 {
			operation = tally.Operations[3]
		}
		operation.Do(registry, int(writer%12), round*2654435761+writer+1)
	}
}
