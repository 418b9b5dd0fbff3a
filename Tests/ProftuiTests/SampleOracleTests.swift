import Foundation
import Testing

/// Reports of the samples against what `go tool pprof` printed for them.
@Suite struct SampleOracleTests {
  struct Oracle: Sendable, CustomTestStringConvertible {
    let id: String
    let arguments: [String]
    let file: URL
    var testDescription: String { id }
  }

  private static let folder = Program.top.appendingPathComponent("Samples")

  private static let oracles: [Oracle] = {
    let manifest = folder.appendingPathComponent("oracles/manifest.tsv")
    let text = (try? String(contentsOf: manifest, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map { line in
      let fields = line.components(separatedBy: "\t")
      return Oracle(
        id: fields[0], arguments: shellWords(fields[1]),
        file: folder.appendingPathComponent(fields[2]))
    }
  }()

  @Test func `there are oracles`() { #expect(Self.oracles.count > 50) }

  @Test(arguments: oracles)
  func `a report of a sample is what pprof prints`(oracle: Oracle) throws {
    // As `make-samples.sh` asked pprof.
    let outcome = try Program.run(
      ["-symbolize=none"] + oracle.arguments, in: Self.folder)
    #expect(outcome.status == 0)
    #expect(outcome.output == (try Data(contentsOf: oracle.file)))
  }
}
