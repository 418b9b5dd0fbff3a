import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct MemoryMapTests {
  @Test func `lines of proc, brief lines, variables and log prefixes make mappings`() throws {
    let mappings = try Self.mappings(
      """
      build=/path/to/bin
        00400000-00500000: $build/prog (@10) feed
      server.cc:123] 7f00-7fff r-xp 00001000 08:01 55 /lib/libx.so (deleted)
        00600000-00700000 rw-p 00000000 00:00 0 [heap]
      no mapping at all
      0x1000-0x2000 /bin/other
      """)
    #expect(mappings.map(\.file) == ["/path/to/bin/prog", "/lib/libx.so", "/bin/other"])
    #expect(mappings.map(\.start) == [0x400000, 0x7f00, 0x1000])
    #expect(mappings.map(\.limit) == [0x500000, 0x7fff, 0x2000])
    #expect(mappings.map(\.offset) == [0x10, 0x1000, 0])
    #expect(mappings.map(\.buildID) == ["feed", "", ""])
  }

  @Test func `parts of one file become one mapping, and the program comes first`() throws {
    let mappings = MemoryMap.arranged(
      try Self.mappings(
        """
        1000-2000 r-xp 00000000 08:01 1 /lib/libc.so.6
        2000-3000 r-xp 00001000 08:01 1 /lib/libc.so.6
        3000-4000 r-xp 00000000 00:00 0 [vdso]
        4000-5000 r-xp 00000000 08:01 2 /bin/prog
        """))
    #expect(mappings.map(\.file) == ["/bin/prog", "[vdso]", "/lib/libc.so.6"])
    #expect(mappings.last?.limit == 0x3000)
  }

  @Test func `an address that no mapping holds gets one of its own`() {
    var mapping = Mapping()
    mapping.start = 0x2000
    mapping.limit = 0x3000
    mapping.offset = 0x1000
    var search = MappingSearch([mapping])
    #expect(search.mapping(of: 0x2fff) == 0)
    #expect(search.mapping(of: 0x1800) == 0)
    #expect(search.mappings[0].start == 0x1000)
    #expect(search.mapping(of: 0x9000) == 1)
    #expect(search.mapping(of: 0) == nil)
    #expect(search.mappings.map(\.id) == [1, 2])
  }

  @Test func `variables that grow without end are refused`() {
    let text =
      "a=" + String(repeating: "x", count: 1000) + "\n" + String(repeating: "$a", count: 100)
    #expect(throws: ProfileDecodingError.self) { try Self.mappings(text) }
  }

  private static func mappings(_ text: String) throws -> [Mapping] {
    try Array(text.utf8).withUnsafeBytes { bytes in
      var lines = TextLines(bytes)
      return try MemoryMap.mappings(&lines, format: "test")
    }
  }
}
