@testable import ProfileFormats

/// A small file of each format.
enum FormatSamples {
  static let all: [(format: String, bytes: [UInt8])] = [
    ("pprof", Wire.minimal().bytes),
    ("gperftools CPU", cpu),
    ("heap text", Array(heap.utf8)),
    ("Go count text", Array(goroutines.utf8)),
    ("threadz", Array(threads.utf8)),
    ("contention text", Array(contention.utf8)),
    ("Java text", Array(javaHeap.utf8)),
    ("goroutine dump", Array(goroutineDump.utf8)),
    ("folded stacks", Array("main;serve;read 12\nmain;serve 3\n".utf8)),
  ]

  /// Stacks of 5 and 2 samples, one in 10 ms, then the mark of the end and a memory map.
  static let cpu =
    words64([0, 3, 0, 10_000, 0, 5, 2, 0x401000, 0x402001, 2, 1, 0x403000, 0, 1, 0])
    + Array("00400000-00500000 r-xp 00000000 08:01 123 /bin/prog\n".utf8)

  static func words64(_ words: [UInt64]) -> [UInt8] {
    words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  static let heap = """
    heap profile:   4: 2048 [  10: 20480] @ heap_v2/524288
       1:  1024 [   4:  4096] @ 0x00401001 0x00402001 0x7f0000000101
       3:  1024 [   6: 16384] @ 0x00401011 0x00402001
       0:     0 [   1:   100] @ 0x00401021

    MAPPED_LIBRARIES:
    00400000-00500000 r-xp 00000000 08:01 123 /bin/prog
    7f0000000000-7f0000100000 r-xp 00001000 08:01 55 /lib/libc-2.31.so

    """

  static let goroutines = """
    goroutine profile: total 7
    6 @ 0x48310a 0x4177ae 0x561f05 0x489521
    # labels: {"pool":"w0", "quoted":"a\\"\\u00e9"}
    #	0x561f04	main.waiter+0x44	/src/main.go:302

    1 @ 0x401001

    """

  static let threads = """
    --- threadz 1 ---

    --- Thread 7f01 (name: main/10) stack: ---
      0x00401000 main
      0x00402001 start
    --- Thread 7f02 (name: w/11) stack: ---
      [same as previous thread]
    --- Memory map: ---
      00400000-00500000: /bin/prog (@0) abc123

    """

  static let contention = """
    --- contentionz 1 ---
    cycles/second = 2000000000
    sampling period = 100
    ms since reset = 16502830
    discarded samples = 0
     200000 30 @ 0x00401001 0x00402001
     50 1 @ 0x00401011 0x00402001
    --- Memory map: ---
    00400000-00500000 r-xp 00000000 08:01 123 /bin/prog

    """

  static let javaHeap = """
    --- heapz 1 ---
    format = java
    resolution=bytes
      7048  1 @ 0x1 0x2
      4752  9 @ 0x3 0x2
        0x1 com.Foo.bar (Foo.java:10)
        0x2 com.Main.main (Main.java:-2)
        0x3 native (/lib/libx.so)

    """

  static let goroutineDump = """
    panic: something

    goroutine 1 [running]:
    main.fail(...)
    	/src/main.go:5
    main.main()
    	/src/main.go:10 +0x1d

    goroutine 18 [chan receive, 3 minutes, locked to thread]:
    main.(*worker).run(0xc000012345, {0x1, 0x2})
    	/src/main.go:20 +0x1d
    created by main.main in goroutine 1
    	/src/main.go:12 +0x5c

    goroutine 19 [chan receive, 3 minutes, locked to thread]:
    main.(*worker).run(0xc000054321, {0x3, 0x4})
    	/src/main.go:20 +0x1d
    created by main.main in goroutine 1
    	/src/main.go:12 +0x5c

    """
}
