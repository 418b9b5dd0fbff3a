import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

struct SourcePaneTests {
  private static let profile = Profile.stacks([
    "main.main@app/main.go:4;main.work@app/main.go:9;lib.copy@lib/copy.go:2": 50,
    "main.main@app/main.go:4;main.work@app/main.go:10": 30,
    "main.main@app/main.go:5": 5,
    "main.main@app/main.go:4;main.gone@app/main.go:99": 15,
  ])

  private static let main = """
    package main

    func main() {
    \twork()
    \tx := 1 // a long line to scroll along: \(String(repeating: "0123456789", count: 12))
    }

    func work() {
    \tcopy(a, b)
    \tfor range a {
    \t}
    }

    """

  private static let sources = [
    "app/main.go": main, "lib/copy.go": "package lib\nfunc copy() {}\n",
  ]

  private func source(
    _ keys: String, at columns: Int = 80, _ rows: Int = 24, in profile: Profile = profile,
    sources: [String: String] = sources
  ) throws -> Typed {
    try typing(keys, at: columns, rows, in: profile, sources: sources)
  }

  private func selected(_ typed: Typed) -> String {
    typed.rows.first { $0.hasPrefix(">") } ?? ""
  }

  private static let toMain = "/ \"main.main\" Enter Esc 5"

  @Test func `long lines go on in the next row where that is set`() throws {
    let wrapped = try source("\(Self.toMain) : \"set_wrap=on\" Enter g j j j j")
    let first = try #require(wrapped.rows.firstIndex { $0.contains("x := 1") })
    #expect(wrapped.rows[first + 1].hasPrefix(String(repeating: " ", count: 29)))
    #expect(wrapped.rows[first + 1].contains("0123456789"))
    #expect(wrapped.rows.contains { $0.contains("func work()") })
    #expect(
      try source("\(Self.toMain) : \"set_wrap=on\" Enter l").message.hasPrefix("lines are wrapped"))
    for size in ["30x9", "24x12", "80x5"] {
      let typed = try source("\(Self.toMain) : \"set_wrap=on\" Enter \(size) j")
      #expect(!selected(typed).isEmpty, "\(size)")
    }
  }

  @Test func `a click selects the line whose text is under the pointer, wrapped or not`() throws {
    for wrap in ["on", "off"] {
      let keys = "\(Self.toMain) : \"set_wrap=\(wrap)\" Enter g j j j j"
      let typed = try source(keys)
      for text in ["func work()", "package main", "x := 1"] {
        let y = try #require(typed.rows.firstIndex { $0.contains(text) })
        #expect(selected(try source("\(keys) click:\(y),40")).contains(text))
      }
      let y = try #require(typed.rows.firstIndex { $0.contains("x := 1") })
      let next = wrap == "on" ? "x := 1" : "}"
      #expect(selected(try source("\(keys) g click:\(y + 1),40")).contains(next))
    }
  }

  @Test func `the file of the symbol opens at its hottest line`() throws {
    let typed = try source(Self.toMain)
    #expect(typed.effects.contains(.loadSource(file: "app/main.go")))
    #expect(typed.rows[2].contains("/src/app/main.go"))
    // Of its own cost, `main.main` has all on line 5.
    #expect(selected(typed).contains("5ns") && selected(typed).contains("5  "))
    let work = try source("/ \"main.work\" Enter Esc 5")
    #expect(selected(work).contains("for range a"))
    #expect(selected(work).contains("30ns       30ns    10"))
  }

  @Test func `keys go from hot line to hot line`() throws {
    #expect(selected(try source("\(Self.toMain) { { { {")).contains("for range a"))
    let next = try source("\(Self.toMain) { { { { }")
    #expect(selected(next).contains("15ns"))
    #expect(next.message == "hot line 2 of 5")
    #expect(try source("\(Self.toMain) { { { {").message == "the hottest line")
  }

  @Test func `a line of another function selects it for the other views`() throws {
    let typed = try source("\(Self.toMain) { { { { 1")
    #expect(selected(typed).contains("main.work"))
    let calls = try source("\(Self.toMain) { { { { Enter")
    #expect(calls.rows[1].contains("[4 Calls]"))
  }

  @Test func `lines that the file does not have are at its end`() throws {
    let typed = try source("\(Self.toMain) G")
    #expect(selected(typed).contains("99  (not in this file) main.gone"))
  }

  @Test func `a missing source tells where it was looked for and shows what lines cost`() throws {
    let typed = try source(Self.toMain, sources: [:])
    let screen = typed.rows.joined(separator: "\n")
    #expect(screen.contains("no source for app/main.go (tried 2 places)"))
    #expect(screen.contains(":set source_path=DIR"))
    #expect(screen.contains("  /src/app/main.go\n"))
    #expect(selected(typed).contains("main.main"))
    #expect(selected(try source("\(Self.toMain) g", sources: [:])).contains("95ns     4"))
  }

  @Test func `long lines are scrolled along, tabs are columns`() throws {
    #expect(selected(try source(Self.toMain)).contains("     x := 1"))
    let typed = try source("\(Self.toMain) l l")
    #expect(!selected(typed).contains("x := 1"))
    #expect(selected(try source("\(Self.toMain) l l h h")).contains("    x := 1"))
    #expect(try source("\(Self.toMain) h").message == "nothing further left")
    let all = String(repeating: " l", count: 40)
    #expect(try source(Self.toMain + all).message == "nothing further right")
  }

  @Test func `text is searched, not symbols`() throws {
    let typed = try source("\(Self.toMain) / \"func\" Enter")
    #expect(selected(typed).contains("func work()"))
    #expect(typed.message == "2/2")
    #expect(try source("\(Self.toMain) / \"func\" Enter n").message == "1/2 · came round")
  }

  @Test func `the line is edited where the cursor is, or the symbol where it is defined`() throws {
    let typed = try source("\(Self.toMain) k e")
    #expect(typed.effects.contains(.edit(SourcePlace(file: "app/main.go", line: 4))))
    let list = try source("/ \"lib.copy\" Enter e")
    #expect(list.effects.contains(.edit(SourcePlace(file: "lib/copy.go", line: 2))))
    #expect(
      try source("e", in: .stacks(["f": 1])).message == "the profile names no source file for it")
  }

  @Test func `a source that comes again replaces the text and keeps the line`() throws {
    var inspector = try source("\(Self.toMain) k").inspector
    let text = SourceText(path: "/new", bytes: Array("a\nb\nc\nanother line four\n".utf8))
    _ = inspector.handle(.sourceLoaded(file: "app/main.go", .found(text)))
    let rows = inspector.render().textRows
    #expect(rows.contains { $0.hasPrefix(">") && $0.contains("4  another line four") })
  }

  @Test func `a symbol without a file says so`() throws {
    let typed = try source("5", in: .stacks(["f": 1]))
    #expect(typed.rows.contains { $0.contains("the profile names no source file for f") })
    #expect(try source("5 a a a").rows.contains { $0.contains("no single source file") })
    #expect(try source("5 }", in: .stacks(["f": 1])).message == "there is no source to work on")
  }

  @Test func `a file that was shown is not read again`() throws {
    let typed = try source("\(Self.toMain) 1 5 j j 2 5")
    let loads = typed.effects.filter { $0 == .loadSource(file: "app/main.go") }
    #expect(loads.count == 1)
  }

  @Test func `line numbers of any size and names of any kind are shown safely`() throws {
    let profile = Profile.stacks([
      "f\u{1B}[2J@evil\u{1B}]0x\u{7}.go:9223372036854775807": 5, "g@evil\u{1B}]0x\u{7}.go:-5": 4,
    ])
    let file = "evil\u{1B}]0x\u{7}.go"
    for keys in ["5", "5 G", "5 g j"] {
      let typed = try source(keys, in: profile, sources: [file: "one\ntwo\u{1B}[2J\n"])
      #expect(!typed.rows.joined().unicodeScalars.contains { $0.value < 0x20 })
    }
    let last = try source("5 G", in: profile, sources: [file: "one\n"])
    #expect(selected(last).contains("9223372036854775807"))
  }

  @Test(arguments: ["40x12", "80x24", "120x40", "200x60"])
  func `the screen looks as it should`(size: String) throws {
    let found = try typing("\(size) \(Self.toMain)", in: Self.profile, sources: Self.sources).view
    let missing = try typing("\(size) \(Self.toMain)", in: Self.profile).view
    expectScreens([found, missing], "source-\(size)")
  }
}

struct SourceRowsTests {
  @Test func `lines of the text and lines beyond it are rows in order`() {
    let profile = Profile.stacks(["f@a.go:-2": 1, "f@a.go:2": 1, "f@a.go:9": 1, "f@a.go:12": 1])
    let nodes = NodeTable(profile, granularity: .lines)
    let values = profile.samples.values[0]
    let lines = SourceAnnotation(
      file: nodes.files[0], profile, nodes: nodes, values: values
    ).lines
    let text = SourceText(path: "a.go", bytes: Array("one\ntwo\nthree".utf8))
    let rows = SourceRows(lines: lines, text: text)
    #expect((0..<rows.count).map { rows.number(at: $0) } == [-2, 1, 2, 3, 9, 12])
    for index in 0..<rows.count { #expect(rows.index(of: rows.number(at: index)) == index) }
    #expect((0..<rows.count).map { rows.text(at: $0) } == [nil, "one", "two", "three", nil, nil])
    #expect(
      (0..<rows.count).map { rows.line(at: $0) != nil } == [true, false, true, false, true, true])
    let bare = SourceRows(lines: lines, text: nil)
    #expect((0..<bare.count).map { bare.number(at: $0) } == [-2, 2, 9, 12])
    for index in 0..<bare.count { #expect(bare.index(of: bare.number(at: index)) == index) }
    #expect(SourceRows(lines: [], text: nil).count == 0)
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\n", ["a", "b"]), ("\n\na", ["", "", "a"]),
    ("a\n\n", ["a", ""]),
  ])
  func `lines end at line feeds`(text: String, expected: [String]) {
    let source = SourceText(path: "x", bytes: Array(text.utf8))
    #expect((0..<source.lineCount).map { source.line($0) } == expected)
  }

  @Test func `scrolling through changes moves no text sideways`() throws {
    func profile(_ first: Int64) -> Profile {
      var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
      for line in 1...60 {
        builder.addSample(
          builder.locations("f@a.go:\(line)"), values: [line == 1 ? first : Int64(line)])
      }
      return builder.finish()
    }
    let session = try ComparisonScreenTests.session(profile(1), profile(474_235))
    let heads = ["5 g", "5 G"].map { keys in
      ComparisonScreenTests.typing(keys, session).rows.first { $0.contains("LINE") }
    }
    #expect(heads[0] != nil && heads[0] == heads[1])
  }

  @Test func `the cursor of the source touches no number`() throws {
    let profile = Profile.stacks(["main;f@a.go:3": 469_001_407], type: "n", unit: "count")
    let rows = try typing("5", in: profile).rows
    #expect(rows.contains { $0.hasPrefix("> 469001407") })
  }
}
