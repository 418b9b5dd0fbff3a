import ProfileModel
import Reports
import TestSupport
import Testing

/// What holds of every report.
@Suite struct ReportContractTests {
  private static let names = Reports.all.map(\.name)

  /// Profiles that are unlike what programs write.
  private static func oddProfiles() -> [Profile] {
    var nameless = ProfileBuilder(sampleTypes: ("", ""))
    let function = nameless.function("")
    let location = nameless.location(
      address: .max, lines: [Line(function: function, line: .min, column: .min)])
    nameless.addSample([location, location], values: [.min])
    nameless.addSample([], values: [.max])
    nameless.addSample([nameless.location(lines: [])], values: [.max])
    let bytes = nameless.string("bytes")
    nameless.addSample(
      [location], values: [0],
      labels: [
        Label(key: bytes, number: .min, unit: bytes), Label(key: bytes, string: .empty),
        Label(key: .empty, number: .max, unit: .empty),
      ])
    nameless.header.timeNanos = .min
    nameless.header.durationNanos = .min
    var odd = [nameless.finish(), ProfileBuilder(sampleTypes: ("cpu", "ns")).finish()]
    var random = SplitMix(state: 7)
    for _ in 0..<4 { odd.append(random.profile()) }
    return odd
  }

  @Test(arguments: names)
  func `a report of any profile neither traps nor changes from run to run`(name: String) throws {
    let report = try #require(Reports.report(named: name))
    for profile in Self.oddProfiles() {
      for (index, change) in Self.changes.enumerated() {
        var options = ReportOptions()
        change(&options)
        let first = Self.outcome(of: report, profile, options)
        #expect(first == Self.outcome(of: report, profile, options), "option \(index)")
      }
    }
  }

  @Test(arguments: names)
  func `a report writes its rows in every form`(name: String) throws {
    let report = try #require(Reports.report(named: name))
    let profile = Profile.stacks(["main@m.go:1;work|inner": 3, "main@m.go:1": 1], unit: "count")
    let subject = try ReportSubject.prepare(
      profile, for: report, options: ReportOptions(), pattern: report.takesPattern ? "." : nil)
    let table = try report.table(of: subject)
    #expect(table.report == name)
    #expect(Set(table.columns).count == table.columns.count)
    for writer in ReportWriters.all {
      var output = OutputBuffer()
      writer.write(table, to: &output)
      #expect(output.count > 0)
    }
  }

  private static let changes: [@Sendable (inout ReportOptions) -> Void] = [
    { _ in }, { $0.granularity = .addresses }, { $0.granularity = .files }, { $0.mean = true },
    { $0.noInlines = true }, { $0.trim = false }, { $0.nodeCount = 2 }, { $0.callTree = true },
    { $0.dropNegative = true }, { $0.divideBy = -0.5 }, { $0.divideBy = 1e-300 },
    { $0.nodeFraction = .nan }, { $0.unit = "hours" }, { $0.tagRoot = "bytes,x" },
    {
      $0.focus = "work"
      $0.relativePercentages = true
    }, { $0.show = "x" },
  ]

  /// What the report writes, or why it does not.
  private static func outcome(
    of report: any Report, _ profile: Profile, _ options: ReportOptions
  ) -> String {
    do throws(ReportError) {
      let subject = try ReportSubject.prepare(
        profile, for: report, options: options, pattern: report.takesPattern ? "." : nil)
      var output = OutputBuffer()
      try report.write(subject, to: &output)
      _ = try report.table(of: subject)
      return String(decoding: output.finish(), as: UTF8.self)
    } catch {
      return error.description
    }
  }
}
