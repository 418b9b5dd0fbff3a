import Foundation
import TerminalUI
import Testing

/// Every view of every sample, at sizes from the smallest on, by keys typed at the built program.
@Suite struct `Every view of a sample` {
  private static let samples: [String] = {
    let folder = Program.top.appendingPathComponent("Samples")
    let files = FileManager.default.enumerator(atPath: folder.path)
    return (files?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".pprof") || $0.hasPrefix("odd/") }.sorted().map { "Samples/\($0)" }
  }()

  @Test func `is a screen of the size, with the header on top`() throws {
    #expect(Self.samples.count > 30)
    let scratch = try Scratch()
    for (columns, rows) in [(20, 5), (40, 12), (80, 24), (200, 60)] {
      let views = "1 2 3 4 5 6 7 8 9 0".split(separator: " ")
      let script =
        "size \(columns)x\(rows)\n" + views.map { "\($0) j l t v Z Z v\nscreen\n" }.joined() + "q\n"
      let file = try scratch.file("keys", Data(script.utf8))
      for sample in Self.samples {
        let outcome = try Program.run(["--script", file, sample])
        #expect(outcome.status == 0, "\(sample) \(columns)x\(rows): \(outcome.errors)")
        var lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        #expect(lines.count == rows * views.count, "\(sample) \(columns)x\(rows)")
        for line in lines {
          #expect(DisplayWidth.of(String(line)) == columns, "\(sample) \(columns)x\(rows): \(line)")
        }
        // The program's name goes where there is no room for more than the file's.
        let name = columns < 60 ? sample.split(separator: "/").last?.prefix(8) : "proftui"
        #expect(lines.first?.hasPrefix(name ?? "") ?? false, "\(sample) \(columns)x\(rows)")
      }
    }
  }
}
