import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct ListReportTests {
  /// An environment with these files and no others.
  private func environment(_ files: [String: String]) -> ReportEnvironment {
    var environment = ReportEnvironment()
    environment.workingDirectory = "/home/me/project/cmd"
    environment.readFile = { path in
      files[path].map { .success(Array($0.utf8)) } ?? .failure(.notFound)
    }
    environment.goRoot = "/go"
    environment.goModuleCache = "/mod"
    return environment
  }

  private let profile = Profile.stacks(["work@w.go:2": 3, "work@w.go:3": 1], unit: "count")

  @Test func `each line has its own and its whole value`() throws {
    let files = ["/home/me/project/w.go": "func work() {\n\tone()\r\n\ttwo()\n}\n"]
    #expect(
      try text("list", of: profile, pattern: "work", environment: environment(files)) == """
        Total: 4
        ROUTINE ======================== work in w.go
                 4          4 (flat, cum)   100% of Total
                 .          .      1:func work() {
                 3          3      2:\tone()
                 1          1      3:\ttwo()
                 .          .      4:}

        """)
  }

  @Test func `a file that is nowhere is told of`() throws {
    let lines = try text("list", of: profile, pattern: "work", environment: environment([:]))
    #expect(lines.hasSuffix(" Error: could not find file w.go on path /home/me/project/cmd\n"))
  }

  @Test func `a function said to start below its lines looks for no file`() throws {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    for (name, start) in [("early", Int64(90)), ("fine", 1), ("late", 90)] {
      let function = builder.function(name, file: "w.go", startLine: start)
      let location = builder.location(lines: [Line(function: function, line: 2)])
      builder.addSample([location], values: [1])
    }
    let missing = " Error: could not find file w.go on path /home/me/project/cmd"
    let lines = try text(
      "list", of: builder.finish(), pattern: ".", environment: environment([:])
    ).split(separator: "\n")
    // What one function has missed, those after it miss as well.
    #expect(lines.count == 9)
    #expect(lines[3].hasPrefix("ROUTINE ======================== fine"))
    #expect(lines[5] == missing)
    #expect(lines[8] == missing)
  }

  @Test(arguments: [
    ("/usr/local/go/src/fmt/print.go", "/go/src/fmt/print.go"),
    ("fmt/print.go", "/go/src/fmt/print.go"),
    ("github.com/Azure/sdk@v1.2.0/client.go", "/mod/github.com/!azure/sdk@v1.2.0/client.go"),
    ("/root/go/pkg/mod/golang.org/x/net@v0.1.0/a.go", "/mod/golang.org/x/net@v0.1.0/a.go"),
    ("example.com/dep@v1.0.0/d.go", "/home/me/project/vendor/example.com/dep/d.go"),
    ("example.com/me/project/cmd/main.go", "/home/me/project/cmd/main.go"),
    ("/build/project/x.go", "/build/project/x.go"),
  ])
  func `sources of Go programs are found where Go keeps them`(name: String, place: String) throws {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    let function = builder.function("work", file: name)
    let location = builder.location(lines: [Line(function: function, line: 1)])
    builder.addSample([location], values: [1])
    let lines = try text(
      "list", of: builder.finish(), pattern: "work", environment: environment([place: "found\n"]))
    #expect(lines.contains("     1:found\n"))
  }

  @Test func `the end of a path alone finds no source`() throws {
    let lines = try text(
      "list", of: .stacks(["work@example.com/other/main.go:1": 3], unit: "count"), pattern: "work",
      environment: environment(["/home/me/project/cmd/main.go": "another program\n"]))
    #expect(lines.hasSuffix("example.com/other/main.go on path /home/me/project/cmd\n"))
  }

  @Test func `prefixes are trimmed before files are looked for`() throws {
    let profile = Profile.stacks(["work@/build/x/w.go:1": 3], unit: "count")
    let lines = try text(
      "list", of: profile, pattern: "work",
      environment: environment(["/home/me/project/cmd/w.go": "found\n"])
    ) { $0.trimPath = "/build/x" }
    #expect(lines.contains("     1:found\n"))
  }

  @Test func `an empty prefix is the root`() throws {
    let profile = Profile.stacks(["work@/w.go:1": 3], unit: "count")
    let lines = try text(
      "list", of: profile, pattern: "work", environment: environment(["/src/w.go": "found\n"])
    ) {
      $0.trimPath = ":/x"
      $0.sourcePath = ":/src"
    }
    #expect(lines.contains("     1:found\n"))
  }

  @Test func `a folder where the source should be is a source without lines`() throws {
    var environment = environment([:])
    environment.readFile = { $0 == "/w.go" ? .failure(.isDirectory) : .failure(.notFound) }
    let lines = try text(
      "list", of: .stacks(["work@/w.go:1": 3]), pattern: "work", environment: environment)
    #expect(!lines.contains("Error"))
    #expect(lines.contains("work in /w.go\n"))
  }

  @Test func `files whose names look the same are told apart by their bytes`() throws {
    let profile = Profile.stacks(["one@\u{e9}.go:1": 3, "two@e\u{301}.go:1": 3], unit: "count")
    let files = ["\u{e9}.go", "e\u{301}.go"].map { Array("/src/\($0)".utf8) }
    var environment = environment([:])
    environment.readFile = { path in
      let place = files.firstIndex(of: Array(path.utf8))
      return place.map { .success(Array("text \($0)\n".utf8)) } ?? .failure(.notFound)
    }
    let lines = try text("list", of: profile, pattern: ".", environment: environment) {
      $0.sourcePath = "/src"
    }
    #expect(lines.contains("text 0\n"))
    #expect(lines.contains("text 1\n"))
  }

  @Test func `functions without a file are named`() throws {
    let lines = try text("list", of: .stacks(["work": 1]), pattern: "work")
    #expect(lines.hasSuffix("No source information for work\n"))
  }
}
