import Foundation
import Testing

/// Where the recorded cases are; nil where they are not.
private let conformanceFolder: URL? = {
  let given = ProcessInfo.processInfo.environment["CONFORMANCE"].map { URL(fileURLWithPath: $0) }
  let beside = Program.top.deletingLastPathComponent()
    .appendingPathComponent("shared/conformance")
  return [given, beside].compactMap { $0 }.first {
    FileManager.default.fileExists(atPath: $0.appendingPathComponent("manifest.tsv").path)
  }
}()

/// The recorded cases of pprof's reports, options and inputs, where they are at hand.
///
/// They are looked for in the folder that `CONFORMANCE` names, or beside the package.
@Suite(.enabled(if: conformanceFolder != nil, "the cases are not here"))
struct ConformanceTests {
  private struct Case: Sendable {
    let id: String
    let tier: Int
    let profiles: [String]
    let arguments: [String]
    let isProfile: Bool
    let succeeds: Bool
    let expected: String
  }

  @Test func `reports are what pprof prints, but for the differences that are meant`() throws {
    let folder = try #require(conformanceFolder)
    let cases = try Self.cases(in: folder)
    #expect(!cases.isEmpty)
    let failed = try Self.failures(of: cases, in: folder)
    let meant = try Self.deliberateDifferences()
    let tier1 = failed.filter { $0.tier == 1 }.map(\.id)
    let unexplained = failed.filter { meant[$0.id] == nil }.map(\.id)
    #expect(tier1.isEmpty)
    #expect(unexplained.isEmpty)
    #expect(failed.count * 100 <= cases.count { $0.tier == 2 })
    let ids = Set(cases.map(\.id))
    let failedIDs = Set(failed.map(\.id))
    #expect(meant.keys.filter { ids.contains($0) && !failedIDs.contains($0) }.isEmpty)
  }

  private static func cases(in folder: URL) throws -> [Case] {
    let manifest = folder.appendingPathComponent("manifest.tsv")
    let text = try String(contentsOf: manifest, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let fields = line.components(separatedBy: "\t")
      return Case(
        id: fields[0], tier: Int(fields[1]) ?? 0,
        profiles: fields[3].components(separatedBy: ","),
        arguments: shellWords(unescaped(fields[4])), isProfile: fields[6] == "raw",
        succeeds: fields[7] == "0", expected: fields[8])
    }
  }

  private static func unescaped(_ text: String) -> String {
    text == "-"
      ? ""
      : text.replacingOccurrences(of: "\\n", with: "\n")
        .replacingOccurrences(of: "\\t", with: "\t")
        .replacingOccurrences(of: "\\\\", with: "\\")
  }

  private static func failures(of cases: [Case], in folder: URL) throws -> [Case] {
    let results = Results(count: cases.count)
    DispatchQueue.concurrentPerform(iterations: cases.count) { index in
      results[index] = (try? holds(cases[index], in: folder)) ?? false
    }
    return cases.indices.filter { !results[$0] }.map { cases[$0] }
  }

  private static func holds(_ example: Case, in folder: URL) throws -> Bool {
    let arguments = ["-symbolize=none"] + example.arguments + example.profiles
    var outcome = try Program.run(arguments, in: folder)
    guard (outcome.status == 0) == example.succeeds else { return false }
    if example.isProfile, outcome.status == 0 {
      let scratch = try Scratch()
      let file = try scratch.file("profile.pb.gz", outcome.output)
      outcome = try Program.run(["-symbolize=none", "-raw", "-all_frames", file], in: folder)
    }
    return outcome.output
      == (try Data(contentsOf: folder.appendingPathComponent(example.expected)))
  }

  /// The reason for each case that is meant to differ, by id.
  private static func deliberateDifferences() throws -> [String: String] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("deliberate-differences.tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      lines.filter { !$0.hasPrefix("#") }.map { line in
        let fields = line.components(separatedBy: "\t")
        return (fields[0], fields.dropFirst().joined(separator: " "))
      }, uniquingKeysWith: { $1 })
  }

  /// What came of each case, from several threads.
  private final class Results: @unchecked Sendable {
    private var holds: [Bool]
    private let lock = NSLock()

    init(count: Int) { holds = Array(repeating: false, count: count) }

    subscript(index: Int) -> Bool {
      get { lock.withLock { holds[index] } }
      set { lock.withLock { holds[index] = newValue } }
    }
  }
}
