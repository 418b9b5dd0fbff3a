import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct SampleReportTests {
  /// Two samples with labels, of one location each.
  private func profile() -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"), ("space", "bytes"))
    builder.header.defaultSampleType = "space"
    builder.header.durationNanos = 903_950_000
    builder.header.comments = ["made by hand", "#hidden"]
    var mapping = Mapping()
    mapping.start = 0x400000
    mapping.limit = 0x500000
    mapping.file = "/bin/app"
    mapping.hasFunctions = true
    let binary = builder.addMapping(mapping)
    let work = builder.function("work", systemName: "_work", file: "w.go", startLine: 3)
    let location = builder.location(
      address: 0x401000, mapping: binary, lines: [Line(function: work, line: 7, column: 2)])
    let (tenant, size, unit) = (
      builder.string("tenant"), builder.string("size"), builder.string("bytes")
    )
    let (acme, globex) = (builder.string("acme"), builder.string("globex"))
    builder.addSample(
      [location], values: [1, 2048],
      labels: [Label(key: tenant, string: acme), Label(key: size, number: 2048, unit: unit)])
    builder.addSample([location], values: [3, 6144], labels: [Label(key: tenant, string: globex)])
    return builder.finish()
  }

  private let separator = "-----------+" + String(repeating: "-", count: 55)

  @Test func `traces show each sample with its labels, scaled on its own`() throws {
    #expect(
      try text("traces", of: profile()) == """
        File: app
        made by hand
        Type: space
        Duration: 903.95ms, Total samples = 8kB\u{20}
        \(separator)
            tenant:  acme
              size:  2kB
               2kB   work
        \(separator)
            tenant:  globex
               6kB   work
        \(separator)

        """)
  }

  @Test func `traces name files as the profile does`() throws {
    let profile = Profile.stacks(["work@/proc/self/cwd/w.c:2": 3], unit: "count")
    #expect(try text("traces", of: profile) { $0.granularity = .files }.contains("/cwd/w.c\n"))
    #expect(!(try text("top", of: profile) { $0.granularity = .files }.contains("/cwd/w.c\n")))
  }

  @Test func `traces are whole whatever their stacks share, and however long their lines are`()
    throws
  {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    let long = String(repeating: "x", count: 700_000)
    let names = ["main", "left", "right", "a" + long, "b" + long]
    let locations = names.map { name in
      let function = builder.function(builder.string(name))
      return builder.location(lines: [Line(function: function, line: 1)])
    }
    // Leaf first; two of the long names do not fit into what is put together at once.
    let stacks = [
      [1, 0], [2, 0], [2, 0], [0], [3, 0], [4, 3, 0], [2, 4, 3, 0], [4, 0], [1, 0],
    ]
    for (index, stack) in stacks.enumerated() {
      builder.addSample(stack.map { locations[$0] }, values: [Int64(index + 1)])
    }
    let lines = try text("traces", of: builder.finish()).split(separator: "\n")
    let frames = lines.drop { !$0.hasPrefix("---") }.filter { !$0.hasPrefix("---") }
    let expected = stacks.enumerated().flatMap { index, stack in
      stack.enumerated().map { depth, name in
        String(repeating: " ", count: 9) + (depth == 0 ? "\(index + 1)" : " ") + "   " + names[name]
      }
    }
    #expect(frames.map(String.init) == expected)
  }

  @Test func `traces leave out samples without frames`() throws {
    let profile = Profile.stacks(["": 5], unit: "count")
    #expect(try text("traces", of: profile) == "Type: cpu\n\(separator)\n")
  }

  @Test func `tags stand in columns, the heaviest first`() throws {
    #expect(
      try text("tags", of: profile()) == """
         size: Total 2kB of 8kB (25.00%)
               2kB (25.00%): 2kB

         tenant: Total 8kB of 8kB (  100%)
                 6kB (75.00%): globex
                 2kB (25.00%): acme


        """)
  }

  @Test func `the line of sample types in raw has no blanks around it`() throws {
    let profile = Profile.stacks(["main": 1], type: " calls", unit: "count\u{a0}")
    #expect(try text("raw", of: profile).contains("\nSamples:\ncalls/count\n"))
  }

  @Test func `raw prints the tables`() throws {
    #expect(
      try text("raw", of: profile()) == """
        Comment: made by hand
        Comment: #hidden
        PeriodType: \u{20}
        Period: 0
        Duration: 903.
        Samples:
        calls/count space/bytes[dflt]
                  1       2048: 1\u{20}
                        tenant:[acme]
                        size:[2048 bytes]
                  3       6144: 1\u{20}
                        tenant:[globex]
        Locations
             1: 0x401000 M=1 work w.go:7:2 s=3(_work)
        Mappings
        1: 0x400000/0x500000/0x0 /bin/app  [FN]

        """)
  }

  @Test func `comments are all printed`() throws {
    #expect(try text("comments", of: profile()) == "made by hand\n#hidden\n")
  }

  @Test func `focusing by label leaves the total`() throws {
    let lines = try text("top", of: profile()) { $0.tagFocus = "tenant=acme" }
    #expect(lines.contains("\nActive filters:\n   tagfocus=tenant=acme\n"))
    #expect(lines.contains("\n       2kB 25.00% 25.00%        2kB 25.00%  work\n"))
  }

  @Test func `means divide by the first value`() throws {
    let lines = try text("top", of: profile()) { $0.mean = true }
    #expect(lines.contains("Type: mean_space\n"))
    #expect(lines.contains("\n       2kB   100%   100%        2kB   100%  work\n"))
  }
}
