import Foundation
import ProfileAnalysis
import Testing

@Suite struct PatternTests {
  @Test func `patterns match and are refused as Go's regexp has it`() throws {
    let table = try Self.table()
    #expect(table.count > 500)
    for row in table {
      let answer: String
      do throws(PatternError) {
        let pattern = try Pattern(String(decoding: row.pattern, as: UTF8.self))
        answer = row.text.withUnsafeBufferPointer { pattern.matches($0) } ? "match" : "no match"
      } catch {
        answer = error.description
      }
      #expect(answer == row.answer, "\(row)")
    }
  }

  @Test func `groups that nest too deeply are refused`() throws {
    func nested(_ depth: Int, _ open: String) -> String {
      String(repeating: open, count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(try Pattern(nested(999, "(")).matches("a"))
    #expect(try Pattern(nested(1200, "(?:")).matches("a"))
    let source = nested(1000, "(")
    let error = #expect(throws: PatternError.self) { try Pattern(source) }
    #expect(error?.reason == .nestsTooDeeply)
    #expect(error?.expression == source)
  }

  @Test func `an expression that is too large for the matcher is refused`() throws {
    let error = #expect(throws: PatternError.self) {
      try Pattern("(?:" + String(repeating: "ab|cd", count: 100) + "){1000}")
    }
    #expect(error?.reason == .tooLarge)
  }

  @Test func `what would backtrack without end is answered all the same`() throws {
    var matcher = try Pattern("^(([a-z])+.)+[A-Z]([a-z])+$").makeMatcher()
    let matches = [
      matcher.matches(Self.run(of: "a", 200)), matcher.matches(Self.run(of: "a", 200) + "Za"),
    ]
    let gaveUp = matcher.gaveUp
    #expect(matches == [false, true])
    #expect(!gaveUp)
  }

  @Test func `a text too long to be tried without backtracking is given up on`() throws {
    var matcher = try Pattern("^(x+x+)+[yw]").makeMatcher()
    let matches = [matcher.matches(Self.run(of: "x", 100_000) + "z"), matcher.matches("xxy")]
    let gaveUp = matcher.gaveUp
    #expect(matches == [false, true])
    #expect(gaveUp)
  }

  private static func run(of character: Character, _ count: Int) -> String {
    String(repeating: character, count: count)
  }

  private struct Row {
    var pattern: [UInt8]
    var text: [UInt8]
    var answer: String
  }

  private static func table() throws -> [Row] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Data/patterns.tsv")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").dropFirst()
    return lines.map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(decoded)
      return Row(
        pattern: fields[0], text: fields[1], answer: String(decoding: fields[2], as: UTF8.self))
    }
  }

  /// The bytes that a field of the table stands for: `%XX` is a byte, the rest is ASCII.
  private static func decoded(_ field: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = field[...]
    while let character = rest.first {
      if character == "%", let byte = UInt8(rest.dropFirst().prefix(2), radix: 16) {
        bytes.append(byte)
        rest = rest.dropFirst(3)
      } else {
        bytes += Array(character.utf8)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }
}
