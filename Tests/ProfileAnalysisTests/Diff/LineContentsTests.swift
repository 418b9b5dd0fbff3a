import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

/// Lines of two builds matched by the texts of both.
@Suite struct LineContentsTests {
  /// A profile with a sample on each of the lines of `f`, which begins at line 1.
  private func profile(_ lines: [Int64], file: String = "f.go") -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
    let function = builder.function("f", file: file, startLine: 1)
    for line in lines {
      builder.addSample(
        [builder.location(lines: [Line(function: function, line: line)])], values: [10])
    }
    return builder.finish()
  }

  private func compare(
    _ old: (text: String, lines: [Int64]), _ new: (text: String, lines: [Int64])
  ) throws -> ProfileComparison {
    func rows(_ text: String) -> [[UInt8]] {
      text.split(separator: "|", omittingEmptySubsequences: false).map { Array($0.utf8) }
    }
    let (oldText, newText) = (rows(old.text), rows(new.text))
    return try ProfileComparison(base: profile(old.lines), other: profile(new.lines)) { side, _ in
      side == .base ? oldText : newText
    }
  }

  private func moves(_ comparison: ProfileComparison, _ lines: ClosedRange<Int64>) -> [String] {
    lines.compactMap { line in
      comparison.moves.move(of: "f", line: line).map { "\($0.line)>\(line) \($0.reason)" }
    }
  }

  @Test func `a line stands where its text stands, whatever was written above it`() throws {
    let comparison = try compare(
      ("func f() {|  a()|  b()|}", [2, 3]),
      ("func f() {|  check()|  a()|  log()|    b()|}", [3, 5]))
    #expect(moves(comparison, 1...9) == ["2>3 sameText", "3>5 sameText"])
    #expect(comparison.profile().samples.count == 2)
    #expect(comparison.moves.readFileCount == 1)
  }

  @Test func `what changed between lines that did not is one line, said to have changed`() throws {
    let comparison = try compare(
      ("func f() {|  a()|  x = make(1)|  b()|}", [3, 4]),
      ("func f() {|  new()|  a()|  x = make(1, 2)|  b()|}", [4, 5]))
    #expect(moves(comparison, 1...9) == ["3>4 changedText", "4>5 sameText"])
  }

  @Test func `a line that was taken away is gone, and stands beside none that is new`() throws {
    let comparison = try compare(
      ("func f() {|  a()|  x()|  b()|}", [2, 3, 4]), ("func f() {|  a()|  b()|}", [2, 3]))
    let gone = try #require(
      (1...20).first { comparison.moves.move(of: "f", line: $0)?.reason == .gone })
    #expect(gone > 3)
    #expect(comparison.moves.move(of: "f", line: Int64(gone))?.line == 3)
    #expect(comparison.moves.move(of: "f", line: 3)?.reason == .sameText)
  }

  @Test func `a line without samples now is still known by its text`() throws {
    let comparison = try compare(
      ("func f() {|  a()|  b()|}", [2, 3]), ("func f() {|  check()|  a()|  b()|}", [4]))
    #expect(moves(comparison, 1...9) == ["2>3 sameText", "3>4 sameText"])
  }

  @Test func `with the text of one build only, calls tell`() throws {
    let comparison = try ProfileComparison(base: profile([2, 3]), other: profile([3, 4])) {
      side, _ in side == .base ? nil : [Array("f".utf8)]
    }
    #expect(comparison.moves.readFileCount == 0)
    #expect(moves(comparison, 1...9).allSatisfy { $0.hasSuffix("calls") })
  }

  @Test func `each side is asked for the file as it names it, also when they are swapped`() throws {
    let texts = [
      "/v1/f.go": ["func f", "a()", "b()"], "/v2/f.go": ["func f", "x()", "a()", "b()"],
    ]
    let comparison = try ProfileComparison(
      base: profile([2], file: "/v1/f.go"), other: profile([3], file: "/v2/f.go")
    ) { side, file in
      guard file == (side == .base ? "/v1/f.go" : "/v2/f.go") else { return nil }
      return texts[file]?.map { Array($0.utf8) }
    }
    #expect(moves(comparison, 1...9) == ["2>3 sameText"])
    #expect(moves(try comparison.swapped(), 1...9) == ["3>2 sameText"])
  }
}
