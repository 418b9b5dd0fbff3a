import EscapeAnalysis
import Foundation
import GoBinary
import LeakFindings
import ProfileFormats
import ProfileModel
import TestSupport
import Testing

/// What is found in the shipped profiles, before and after each repair.
@Suite struct SampleFindingsTests {
  /// The program that wrote them.
  private static let executable: GoExecutable? = try? GoExecutable(
    ImageBytes(copying: LeaksProgram.bytes))

  private func profile(_ path: String) throws -> Profile {
    try [UInt8](Data(contentsOf: LeaksProgram.samples.appendingPathComponent(path)))
      .withUnsafeBytes { try ProfileFormats.decode($0) }
  }

  private func diagnosis(_ paths: [String], withProgram: Bool = true) throws -> LeakDiagnosis {
    let program: GoExecutable = try #require(Self.executable)
    let inputs = EscapeInputs(executable: withProgram ? program : nil)
    return LeakDiagnosis(
      try paths.map {
        let profile = try profile($0)
        return LeakSnapshot(profile, EscapeEvidence(profile, inputs))
      })
  }

  @Test(arguments: [
    ("config-store", "interface-maps"),
    ("failed-assertion", "sync-map"),
    ("map-growth", "map-growth"),
    ("nested-json", "untyped-json"),
    ("reflect-types", "reflect-types"),
    ("sync-map", "sync-map"),
  ])
  func `the leak of a story is found first, and gone once it is repaired`(
    story: String, rule: String
  ) throws {
    let leaking = try diagnosis(["\(story)/mem.1.pprof", "\(story)/mem.pprof"])
    #expect(leaking.findings.first?.rule == rule)
    let repaired = try diagnosis(["\(story)-fixed/mem.1.pprof", "\(story)-fixed/mem.pprof"])
    #expect(!repaired.findings.contains { $0.rule == rule })
    #expect(!repaired.findings.contains { $0.confidence == .high })
  }

  @Test func `nothing is found in a healthy program`() throws {
    #expect(try diagnosis(["healthy/mem.1.pprof", "healthy/mem.pprof"]).findings.isEmpty)
    let single = try diagnosis(["healthy/mem.pprof"])
    #expect(single.findings.isEmpty)
    #expect(single.notes == ["one heap profile cannot tell growth: give an earlier one before it"])
  }

  @Test func `without the program growth is found by its place`() throws {
    let found = try diagnosis(
      ["config-store/mem.1.pprof", "config-store/mem.pprof"], withProgram: false)
    let first = try #require(found.findings.first)
    #expect(first.rule == "retained")
    #expect(first.place?.function == "leaks/config.copyTable")
    #expect(first.cause == nil && first.type.isEmpty)
  }

  @Test func `locks that others wait for are found by who held them`() throws {
    let found = try diagnosis(["map-writers/mutex.pprof"])
    #expect(found.findings.first?.rule == "mutex-contention")
    #expect(found.findings.first?.place?.function == "leaks/tally.(*Registry).write")
    let waits = try diagnosis(["map-writers/block.pprof"])
    #expect(waits.findings.first?.rule == "lock-waits")
  }
}
