// Command leaks runs one story of a Go program that leaks memory, or of its repair, and writes the
// profiles of it into a folder. README.md in the folder of the samples tells the stories.
package main

import (
	"fmt"
	"os"
	"runtime"
)

// scenario is one story. Add yours to the list below and to make-samples.sh.
type scenario struct {
	name string
	// rate is the number of bytes between two recorded allocations; 1 records each of them, 0 none.
	rate int
	run  func(*output) error
}

var scenarios = []scenario{
	{"config-store", 1, runConfigStore},
	{"config-store-fixed", 1, runConfigStoreFixed},
	{"failed-assertion", 1, runFailedAssertion},
	{"failed-assertion-fixed", 1, runFailedAssertionFixed},
	{"reflect-types", 1, runReflectTypes},
	{"reflect-types-fixed", 1, runReflectTypesFixed},
	{"sync-map", 1, runSyncMap},
	{"sync-map-fixed", 1, runSyncMapFixed},
	{"nested-json", 4096, runNestedJSON},
	{"nested-json-fixed", 4096, runNestedJSONFixed},
	{"map-growth", 1, runMapGrowth},
	{"map-growth-fixed", 1, runMapGrowthFixed},
	{"map-writers", 0, runMapWriters},
	{"healthy", 1, runHealthy},
}

func main() {
	if len(os.Args) == 3 {
		for _, s := range scenarios {
			if s.name == os.Args[1] {
				runtime.MemProfileRate = s.rate
				finish(s.run(&output{os.Args[2]}))
				return
			}
		}
	}
	fmt.Fprintln(os.Stderr, "usage: leaks SCENARIO FOLDER")
	for _, s := range scenarios {
		fmt.Fprintln(os.Stderr, " ", s.name)
	}
	os.Exit(64)
}

func finish(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "leaks:", err)
		os.Exit(1)
	}
}
