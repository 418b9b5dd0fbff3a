import Testing

@testable import EscapeAnalysis

@Suite struct CompilerLogTests {
  private func log(_ text: String) -> CompilerLog {
    var log = CompilerLog()
    var text = text
    text.withUTF8 { _ = log.add($0) }
    return log
  }

  @Test func `a flow tells why an expression escapes`() throws {
    let log = log(
      """
      # shop
      ./main.go:7:9: &Order{...} escapes to heap in newOrder:
      ./main.go:7:9:   flow: ~r0 ← &{storage for &Order{...}}:
      ./main.go:7:9:     from &Order{...} (spill) at ./main.go:7:9
      ./main.go:7:9:     from return &Order{...} (return) at ./main.go:7:2
      ./main.go:7:9: &Order{...} escapes to heap

      """)
    let first = try #require(log.records.first)
    #expect(first.kind == .new)
    #expect(first.labels == ["spill", "return"])
    #expect(first.reason == .returned)
    #expect(log.records.count == 2)
  }

  @Test func `a variable that moved is told from an expression`() {
    let log = log(
      """
      ./main.go:3:2: x escapes to heap in f:
      ./main.go:3:2:   flow: sink = &x:
      ./main.go:3:2:     from sink = &x (assign) at ./main.go:4:7
      ./main.go:3:2: moved to heap: x

      """)
    #expect(log.records.map(\.kind) == [.moved, .moved])
    #expect(log.records.first?.reason == .stored)
  }

  @Test func `JSON logs know where inlined code was called`() throws {
    let log = log(
      """
      {"version":0,"package":"shop","goos":"linux","goarch":"amd64","gc_version":"go1.27","file":"/src/shop/main.go"}
      {"range":{"start":{"line":12,"character":9},"end":{"line":12,"character":9}},"severity":3,"code":"escape","source":"go compiler","message":"make([]byte, n) escapes to heap","relatedInformation":[{"location":{"uri":"file:///src/shop/a%20b.go","range":{"start":{"line":5,"character":2},"end":{"line":5,"character":2}}},"message":"inlineLoc"},{"location":{"uri":"file:///src/shop/main.go","range":{"start":{"line":12,"character":9},"end":{"line":12,"character":9}}},"message":"escflow:    from make([]byte, n) (too large for stack)"}]}
      {"range":{"start":{"line":13,"character":1},"end":{"line":13,"character":1}},"code":"nilcheck","message":""}

      """)
    #expect(log.records.count == 1)
    let record = try #require(log.records.first)
    #expect(record.inlined == [.init(file: "/src/shop/a b.go", line: 5)])
    #expect(record.kind == .slice)
    #expect(record.reason == .tooLarge)
  }

  @Test func `JSON diagnostics that only repeat that something escapes are left out`() throws {
    func diagnostic(_ line: Int, _ message: String) -> String {
      let place = "{\"line\":\(line),\"character\":9}"
      let range = "{\"start\":\(place),\"end\":\(place)}"
      return "{\"range\":\(range),\"code\":\"escape\",\"message\":\"\(message)\"}\n"
    }
    let log = log(
      "{\"version\":0,\"package\":\"example.org/shop\",\"file\":\"/src/shop/a.go\"}\n"
        + diagnostic(5, "make([]byte, n) escapes to heap") + diagnostic(5, "")
        + diagnostic(6, "") + diagnostic(7, "shop.order escapes to heap")
        + diagnostic(8, "other.order escapes to heap")
        + diagnostic(9, "order escapes to heap") + diagnostic(9, ""))
    #expect(log.records.map(\.place.line) == [5, 6, 7, 8, 9])
    #expect(log.records.map(\.cause) == [.slice, nil, .new, nil, nil])
  }

  @Test(
    arguments: [
      ("make([]int, n)", .slice), ("[]int{...}", .array), ("&[8]int{...}", .array),
      ("map[string]int{}", .map), ("map[string]int{...}", .map), ("v + 1000", nil),
      ("v + \"!\"", .string), ("&Order{...}", .new), ("v", nil),
    ] as [(String, EscapeCause?)])
  func `an expression tells the cause that it alone can have`(
    expression: String, cause: EscapeCause?
  ) {
    var record = CompilerRecord(
      place: .init(file: "a.go", line: 1), column: 1, expression: expression, kind: .any)
    record.kind = CompilerRecord.kind(of: expression, labels: [])
    #expect(record.cause == cause)
  }

  @Test(
    arguments: [
      ("./main.go", "/src/shop/main.go", 1),
      ("main.go", "/src/shop/main.go", 1),
      ("shop/main.go", "/src/shop/main.go", 2),
      ("other/main.go", "/src/shop/main.go", nil),
      ("../other/main.go", "/src/shop/main.go", nil),
      ("/src/shop/main.go", "shop/main.go", 2),
      ("/src/shop/main.go", "/src/shop/cart.go", nil),
    ] as [(String, String, Int?)])
  func `paths are joined by what they share at their ends`(
    logged: String, profiled: String, shared: Int?
  ) {
    #expect(CompilerLog.sharedParts(logged, profiled) == shared)
  }

  @Test(arguments: [
    "", "{", "{\"file\":", "::::", "a:1:", "a:99999999999999999999:1: x escapes to heap",
    "{\"file\":1}\n{\"range\":[[[[", "\u{0}\u{0}", "x:1:1:   from (", "x:1:1:  from ) at ",
  ])
  func `logs that are none have no records`(text: String) {
    #expect(log(text).records.isEmpty)
  }
}
