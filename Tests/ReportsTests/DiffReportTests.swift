import Foundation
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct DiffReportTests {
  private static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples")

  private static func profile(_ path: String) throws -> Profile {
    let data = try Data(contentsOf: samples.appendingPathComponent(path))
    return try data.withUnsafeBytes { try ProfileFormats.decode($0) }
  }

  private static func report(
    _ old: Profile, _ new: Profile, as kind: Comparison,
    _ change: (inout ReportOptions) -> Void = { _ in }
  ) throws -> String {
    var notices: [FilterNotice] = []
    var pipeline = SourcePipeline()
    pipeline.naming = NameSimplification()
    let comparison = try ProfileComparison(
      base: try pipeline.combined(source: old, base: nil, notices: &notices),
      other: try pipeline.combined(source: new, base: nil, notices: &notices))
    var options = ReportOptions()
    change(&options)
    let subject = try ReportSubject.prepare(
      comparison, as: kind, for: DiffReport(), options: options)
    var output = OutputBuffer()
    DiffReport().write(subject, to: &output)
    return String(decoding: output.finish(), as: UTF8.self)
  }

  /// The rows under the line of column names: those columns that pprof has too, and the name.
  private static func rows(_ text: String, after mark: String, columns: [Int]) -> [[String]] {
    let lines = text.split(separator: "\n").drop { !$0.contains(mark) }.dropFirst()
    return lines.map { line in
      // `100%` stands apart from its blanks all the same.
      let words = line.split(separator: " ").map(String.init)
      return columns.map { words[$0] }
    }
  }

  private static let stories = [
    "config-store", "failed-assertion", "reflect-types", "sync-map", "nested-json", "map-growth",
    "healthy",
  ]

  @Test(arguments: stories, [Comparison.difference, .subtraction])
  func `changes and shares are those that pprof prints`(story: String, kind: Comparison) throws {
    let name = kind == .difference ? "growth.top-diff_base" : "growth.top-base"
    let oracle = try String(
      contentsOf: Self.samples.appendingPathComponent("oracles/\(story)/\(name).txt"),
      encoding: .utf8)
    let text = try Self.report(
      Self.profile("go/\(story)/mem.1.pprof"), Self.profile("go/\(story)/mem.pprof"), as: kind)
    let expected = Self.rows(oracle, after: "flat%", columns: [0, 1, 3, 4])
    #expect(!expected.isEmpty)
    #expect(Self.rows(text, after: "change%", columns: [2, 3, 7, 8]) == expected)
    let header = oracle.split(separator: "\n").first { $0.hasPrefix("Showing nodes") }
    #expect(header.map { text.contains($0) } == true)
  }

  @Test func `rows tell old, new, change and what is new or gone`() throws {
    let old = Profile.stacks(["main;a": 10, "main;gone": 5], type: "space", unit: "count")
    let new = Profile.stacks(["main;a": 25, "main;fresh": 5], type: "space", unit: "count")
    let text = try Self.report(old, new, as: .difference)
    #expect(
      text == """
        Type: space
        Showing nodes accounting for 15, 100% of 15 total
        Old 15, new 30, change 15 with a standard error of 7
        Builds differ or are not known: matched by name and file
        + new, - gone, ~ within two standard errors
               old        new     change change%      error    cum old    cum new cum change   cum%
                10         25         15    100%          6         10         25         15   100%   a
                 0          5          5  33.33%          2          0          5          5 33.33% + fresh
                 5          0         -5  33.33%          2          5          0         -5 33.33% - gone
                 0          0          0      0%          0         15         30         15   100%   main

        """)
  }

  @Test func `filters and normalization apply to both`() throws {
    let old = Profile.stacks(["main;a": 10, "b": 10], unit: "count")
    let new = Profile.stacks(["main;a": 30, "b": 50], unit: "count")
    let focused = try Self.report(old, new, as: .difference) { $0.focus = "main" }
    #expect(focused.contains("Old 10, new 30, change 20"))
    let scaled = try Self.report(old, new, as: .difference) { $0.normalize = true }
    #expect(scaled.contains("Old 20, new 21, change 1") || scaled.contains("Old 20, new 20"))
  }

  @Test func `a type that only the union has is no sample type`() throws {
    let profile = Profile.stacks(["a": 1])
    #expect(throws: ReportError.self) {
      try Self.report(profile, profile, as: .difference) { $0.sampleIndex = "3" }
    }
  }
}
