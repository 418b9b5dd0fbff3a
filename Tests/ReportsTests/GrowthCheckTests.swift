import Foundation
import ProfileAnalysis
import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct GrowthCheckTests {
  private static func check(
    _ old: Profile, _ new: Profile, _ policy: String,
    _ change: (inout ReportOptions) -> Void = { _ in }
  ) throws -> GrowthCheck {
    var options = ReportOptions()
    change(&options)
    let subject = try ReportSubject.prepare(
      try ProfileComparison(base: old, other: new), as: .difference, for: DiffReport(),
      options: options)
    var parsed = CheckPolicy()
    try parsed.add(file: policy)
    return GrowthCheck(subject, parsed)
  }

  /// Bytes that no sampling stands behind.
  private static func exact(_ samples: KeyValuePairs<String, Int64>) -> Profile {
    .stacks(samples, type: "space", unit: "bytes")
  }

  private let old = exact([
    "main@m.go:1;pkg.Leak@l.go:5": 1000, "main@m.go:1;pkg.Keep@k.go:2": 9000,
  ])
  private let new = exact([
    "main@m.go:1;pkg.Leak@l.go:5": 3000, "main@m.go:1;pkg.Keep@k.go:2": 9000,
  ])

  @Test(arguments: [
    ("total 10%", false), ("total 20%", true), ("total 1999", false), ("total 2kB", true),
    ("total 10%,2kB", true), ("total 10%,1kB", false), ("each 150%", false), ("each 200%", true),
    ("function Leak 1kB", false), ("function ^main$ 20%", true), ("function ^main$ 19%", false),
    ("package ^pkg$ 1kB", false), ("package ^pkg$ 20%", true),
    ("total 20%\nfunction Leak 1kB", false), ("# nothing\n\n  total   20%  ", true),
  ])
  func `growth beyond a budget fails, and growth up to it does not`(
    policy: String, passes: Bool
  ) throws {
    #expect(try Self.check(old, new, policy).isPassed == passes)
  }

  @Test func `what shrank is in any budget`() throws {
    #expect(try Self.check(new, old, "total 0%\neach 0\nfunction . 0%").isPassed)
  }

  @Test func `a finding names the function, its numbers and the line`() throws {
    let check = try Self.check(old, new, "each 10%")
    let finding = try #require(check.findings.first)
    #expect(check.findings.count == 1)
    #expect(finding.kind == "function" && finding.name == "pkg.Leak")
    #expect(finding.value.base == 1000 && finding.value.other == 3000)
    #expect(finding.place?.file == "l.go" && finding.place?.line == 5)
    let total = try Self.check(old, new, "total 10%").findings.first
    #expect(total?.place?.line == 5)
    #expect(total?.reason == "most in pkg.Leak")
  }

  @Test func `filters are heeded`() throws {
    #expect(try Self.check(old, new, "total 10%") { $0.focus = "Keep" }.isPassed)
    #expect(try !Self.check(old, new, "total 150%") { $0.focus = "Leak" }.isPassed)
  }

  @Test func `a budget of a label is for each of its values`() throws {
    func profile(_ values: [(String, Int64)]) -> Profile {
      var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
      let location = builder.location(lines: [Line(function: builder.function("f"), line: 1)])
      for (tenant, value) in values {
        let label = Label(key: builder.string("tenant"), string: builder.string(tenant))
        builder.addSample([location], values: [value], labels: [label])
      }
      return builder.finish()
    }
    let (old, new) = (profile([("a", 10), ("b", 10)]), profile([("a", 10), ("b", 30)]))
    let check = try Self.check(old, new, "label tenant=. 50%")
    #expect(check.findings.map(\.name) == ["tenant=b"])
    #expect(try Self.check(old, new, "label tenant=^a$ 50%").isPassed)
    #expect(
      try Self.check(old, new, "label other=. 1%").findings.map(\.verdict) == [.unchecked])
  }

  @Test func `growth that sampling explains does not fail, unless asked for`() throws {
    func profile(_ objects: Int64) -> Profile {
      var builder = ProfileBuilder(
        sampleTypes: ("inuse_objects", "count"), ("inuse_space", "bytes"))
      builder.header.periodType = ValueType(type: "space", unit: "bytes")
      builder.header.period = 512 * 1024
      let location = builder.location(lines: [Line(function: builder.function("f"), line: 1)])
      builder.addSample([location], values: [objects, objects * 1024])
      return builder.finish()
    }
    let (old, few, many) = (profile(5000), profile(6000), profile(20_000))
    let noise = try Self.check(old, few, "total 10%")
    #expect(noise.isPassed && noise.findings.map(\.verdict) == [.noise])
    #expect(try !Self.check(old, few, "strict\ntotal 10%").isPassed)
    #expect(try !Self.check(old, many, "total 10%").isPassed)
  }

  @Test func `what is small beside the whole fails no function, unless asked for`() throws {
    let old = Self.exact(["big": 1_000_000, "small": 10])
    let new = Self.exact(["big": 1_000_000, "small": 1000])
    #expect(try Self.check(old, new, "each 10%").isPassed)
    #expect(try !Self.check(old, new, "each 10%\nstrict").isPassed)
  }

  @Test func `what cannot be checked is said and does not fail`() throws {
    let check = try Self.check(old, new, "type Buffer 1MB\nfunction nowhere 1MB\ntotal 5s")
    #expect(check.isPassed)
    #expect(check.findings.map(\.verdict) == [.unchecked, .unchecked, .unchecked])
    #expect(Set(check.findings.map(\.reason)).count == 3)
  }

  @Test(arguments: [
    ("total", "needs a limit"), ("total lots", "is no limit"), ("sum 5MB", "only total, each"),
    ("function 5MB", "needs an expression"), ("function [ 5MB", "line 1"),
    ("label tenant 5MB", "KEY=REGEX"), ("total x 5MB", "takes only"), ("total 5\u{1b}", "no limit"),
  ])
  func `a line that says nothing sensible is named`(line: String, words: String) throws {
    var policy = CheckPolicy()
    let error = #expect(throws: CheckPolicyError.self) { try policy.add(file: line) }
    let text = try #require(error).description
    #expect(text.contains(words) && text.hasPrefix("line 1:") && !text.contains("\u{1b}"))
  }

  // MARK: Forms

  private let hostile = "a\u{1b}[31m\n::error::x%y,\"|<b>\u{9b}\u{202e}"

  private func written(_ form: String) throws -> String {
    let old = Profile.stacks([:], type: "space", unit: "bytes")
    var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
    let function = builder.function(hostile, file: "dir one/\(hostile).go")
    builder.addSample(
      [builder.location(lines: [Line(function: function, line: 7)])], values: [5000])
    let check = try Self.check(old, builder.finish(), "total 1kB\neach 1kB\ntype x 1kB")
    #expect(!check.isPassed)
    var output = OutputBuffer()
    try #require(CheckWriters.writer(named: form)).write(check, to: &output)
    return String(decoding: output.finish(), as: UTF8.self)
  }

  @Test(arguments: CheckWriters.all.map(\.name))
  func `no name gets out of its line, whatever the form`(form: String) throws {
    let text = try written(form)
    #expect(text.hasSuffix("\n"))
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 0x20 && scalar.value != 0x7f)
      if form == "text" || form == "markdown" || form == "github" {
        #expect(!(0x80...0x9f).contains(scalar.value) && scalar.value != 0x202e)
      }
    }
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error::") })
  }

  @Test func `text has a line for each finding and one for all`() throws {
    let lines = try written("text").split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("FAIL  total space: +4.88kB (new)"))
    #expect(lines[3].hasPrefix("failed: 2 beyond their budgets"))
  }

  @Test func `annotations carry file and line, escaped as runners read them`() throws {
    let lines = try written("github").split(separator: "\n")
    #expect(lines[1].hasPrefix("::error file=dir one/a\u{FFFD}[31m%0A%3A%3Aerror%3A%3Ax%25y%2C"))
    #expect(lines[1].contains(",line=7,title=function a"))
  }

  @Test func `JSON and SARIF are documents with what their readers need`() throws {
    let object = try JSONSerialization.jsonObject(with: Data(written("json").utf8))
    let json = try #require(object as? [String: Any])
    #expect(json["passed"] as? Bool == false && json["change"] as? Int == 5000)
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["name"] as? String == hostile && $0["line"] as? Int == 7 })
    let log = try JSONSerialization.jsonObject(with: Data(written("sarif").utf8))
    let sarif = try #require(log as? [String: Any])
    #expect(sarif["version"] as? String == "2.1.0")
    let run = try #require((sarif["runs"] as? [[String: Any]])?.first)
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    #expect(driver?["name"] as? String == "proftui")
    for result in try #require(run["results"] as? [[String: Any]]) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect((result["message"] as? [String: Any])?["text"] is String)
      guard let place = (result["locations"] as? [[String: Any]])?.first else { continue }
      let physical = place["physicalLocation"] as? [String: Any]
      let uri = (physical?["artifactLocation"] as? [String: Any])?["uri"] as? String
      #expect(URL(string: try #require(uri)) != nil)
      #expect((physical?["region"] as? [String: Any])?["startLine"] as? Int == 7)
    }
  }

  @Test func `every form that is written is listed`() {
    let written = familyMembers(
      in: "Sources/Reports/Check", ending: "CheckWriter", except: ["CheckWriter"])
    #expect(written == typeNames(CheckWriters.all))
  }
}
