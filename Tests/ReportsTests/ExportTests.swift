import Foundation
import FoundationXML
import ProfileFormats
import ProfileModel
import Reports
import TestSupport
import Testing

/// What an export writes.
private func exported(
  _ name: String, _ profile: Profile, _ change: (inout ReportOptions) -> Void = { _ in }
) throws -> String {
  let export = try #require(Exports.export(named: name))
  var options = ReportOptions()
  change(&options)
  var environment = ReportEnvironment()
  environment.encode = { Gzip.compress(PprofEncoder.encode($0)) }
  let subject = try ReportSubject.prepare(
    profile, for: export, options: options, environment: environment)
  var output = OutputBuffer()
  try export.write(subject, to: &output)
  return String(decoding: output.finish(), as: UTF8.self)
}

/// A profile whose names do what they can to be more than names.
private func hostileProfile() -> Profile {
  let names = [
    "a;b c", "</title><script>alert(1)</script>", "]]>", "\"quoted\", \\back", "'&amp;'",
    "new\nline\r\u{0}\u{1b}[31m\u{9b}2J", "\u{202e}override\u{2028}", "日本語", "",
  ]
  var builder = ProfileBuilder(sampleTypes: ("x\",</y>", "count"), ("y", "b\u{1b}\"ytes"))
  let key = builder.string("k\"e\u{1b}y</script>")
  for (index, name) in names.enumerated() {
    let function = builder.function(name, file: "/f\"<\u{7}>/\(index).go")
    let leaf = builder.location(lines: [Line(function: function, line: Int64(index))])
    builder.addSample(
      [leaf, leaf], values: [Int64(index) - 2, 1000],
      labels: [
        Label(key: key, string: builder.string(name)), Label(key: key, number: .min, unit: .empty),
      ])
  }
  return builder.finish()
}

@Suite struct ExportTests {
  private static let names = Exports.all.map(\.name)

  @Test func `every export that is written is listed`() {
    let written = familyMembers(in: "Sources/Reports/Exports", ending: "Export", except: [])
    #expect(!written.isEmpty)
    #expect(typeNames(Exports.all) == written)
    #expect(Set(Self.names).count == Self.names.count)
  }

  @Test(arguments: names)
  func `an export of any profile neither traps nor changes from run to run`(name: String) throws {
    var random = SplitMix(state: 3)
    var profiles = [hostileProfile(), ProfileBuilder(sampleTypes: ("cpu", "ns")).finish()]
    for _ in 0..<8 { profiles.append(random.profile()) }
    var extreme = ProfileBuilder(sampleTypes: ("a", "bytes"))
    for value in [Int64.min, .max, 0, -1] {
      extreme.addSample(extreme.locations("main;f\(value)"), values: [value])
    }
    extreme.addSample([], values: [.max])
    profiles.append(extreme.finish())
    for profile in profiles {
      for change in [
        { _ in }, { $0.mean = true }, { $0.divideBy = 1e-300 }, { $0.granularity = .addresses },
        { $0.dropNegative = true }, { $0.sampleIndex = "0" },
      ] as [(inout ReportOptions) -> Void] {
        #expect(try exported(name, profile, change) == exported(name, profile, change))
      }
    }
  }

  @Test func `equal stacks are one folded line, and inlined calls are frames`() throws {
    let profile = Profile.stacks([
      "main@m.go:1;work|inner": 3, "main@m.go:2;work|inner": 4, "main": -1,
    ])
    #expect(try exported("folded", profile) == "main;work;inner 7\nmain -1\n")
    #expect(
      try exported("folded", profile) {
        $0.noInlines = true
        $0.dropNegative = true
      } == "main;work 7\n")
    #expect(try exported("folded", profile) { $0.focus = "inner" } == "main;work;inner 7\n")
  }

  @Test func `folded stacks are read back with the same values`() throws {
    var random = SplitMix(state: 11)
    for _ in 0..<32 {
      let profile = random.profile()
      let text = try exported("folded", profile) { $0.dropNegative = true }
      guard text.contains(";") else { continue }
      let bytes = Array(text.utf8)
      let read = try bytes.withUnsafeBytes {
        try FoldedFormat().decode($0, progress: { _ in true })
      }
      #expect(try exported("folded", read) == text)
    }
  }

  @Test func `no name ends a folded line or its frame`() throws {
    let lines = try exported("folded", hostileProfile()) { $0.sampleIndex = "1" }
      .split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines[0] == "a:b c;a:b c 1000")
    for line in lines {
      #expect(line.hasSuffix(" 1000"))
      #expect(line.split(separator: ";", omittingEmptySubsequences: false).count == 2)
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) })
    }
  }

  @Test func `speedscope has each type, its unit and its exact values`() throws {
    var builder = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    let big: Int64 = 9_007_199_254_740_993
    builder.addSample(builder.locations("main@m.go:7;work"), values: [1, big])
    builder.addSample(builder.locations("main@m.go:7"), values: [2, 0])
    let text = try exported("speedscope", builder.finish())
    #expect(text.contains("\"weights\":[\(big)]"))
    let file = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(file["$schema"] as? String == "https://www.speedscope.app/file-format-schema.json")
    #expect(file["activeProfileIndex"] as? Int == 1)
    let frames = try #require((file["shared"] as? [String: Any])?["frames"] as? [[String: Any]])
    #expect(frames.map { $0["name"] as? String } == ["work", "main"])
    #expect(frames[1]["file"] as? String == "m.go")
    let profiles = try #require(file["profiles"] as? [[String: Any]])
    #expect(profiles.map { $0["unit"] as? String } == ["none", "bytes"])
    #expect(profiles.allSatisfy { $0["type"] as? String == "sampled" })
    #expect(profiles[0]["samples"] as? [[Int]] == [[1, 0], [1]])
    #expect(profiles[0]["weights"] as? [Int] == [1, 2])
    #expect(profiles[0]["endValue"] as? Int == 3)
    #expect(profiles[1]["samples"] as? [[Int]] == [[1, 0]])
  }

  @Test(arguments: ["speedscope", "json"])
  func `names are exact in JSON`(name: String) throws {
    let text = try exported(name, hostileProfile()) { $0.sampleIndex = "1" }
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect("\(object)".contains("日本語"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7f })
    if name == "speedscope" { #expect(!text.contains("</script>")) }
  }

  @Test(arguments: ["svg", "html"])
  func `a flame graph is well-formed, and names are text in it`(name: String) throws {
    let text = try exported(name, hostileProfile()) { $0.sampleIndex = "1" }
    let start = try #require(text.range(of: "<svg"))
    let end = try #require(text.range(of: "</svg>"))
    let reader = FlameGraphReader()
    let parser = XMLParser(data: Data(text[start.lowerBound..<end.upperBound].utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.scripts == 1)
    #expect(reader.titles.contains { $0.hasPrefix("</title><script>alert(1)</script>\n") })
    #expect(reader.titles.contains { $0.hasPrefix("]]>\n") })
    // What the page's parser sees of scripts and of what ends them.
    #expect(text.components(separatedBy: "<script").count == 2)
    #expect(text.components(separatedBy: "</script").count == 2)
    #expect(!text.replacing("http://www.w3.org/2000/svg", with: "").contains("://"))
  }

  @Test func `a flame graph's rows hold no more than the row above, and shares are of the total`()
    throws
  {
    let profile = Profile.stacks(["main;a": 30, "main;b": 10, "main": 60], unit: "bytes")
    let text = try exported("svg", profile)
    #expect(text.contains("data-d=\"1\"><title>main\n100B (100%), itself 60B"))
    #expect(text.contains("data-x=\"0\" data-w=\"1200\" data-d=\"2\"><title>a\n30B (30.00%)"))
    #expect(text.contains("data-x=\"1200\" data-w=\"400\" data-d=\"2\"><title>b\n10B (10.00%)"))
  }

  @Test func `what grew and what shrank have colours of their own`() throws {
    let text = try exported("svg", .stacks(["main;up": 80, "main;down": -20]))
    #expect(text.contains("orange grew, blue shrank"))
    #expect(text.contains("<rect class=\"grew4\""))
    #expect(text.contains("<rect class=\"shrank3\""))
    #expect(!(try exported("svg", .stacks(["main;up": 80]))).contains("orange grew"))
  }

  @Test func `deep and wide profiles make flame graphs of bounded size`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    for sample in 0..<90 {
      let stack = (0..<300).map { "f\(sample)_\($0)" }.joined(separator: ";")
      builder.addSample(builder.locations(stack), values: [1])
    }
    let text = try exported("svg", builder.finish())
    #expect(text.contains("deeper frames are not drawn"))
    #expect(text.utf8.count < 12_000_000)
  }

  @Test func `samples are rows of CSV with labels as JSON`() throws {
    var builder = ProfileBuilder(
      sampleTypes: ("cpu", "nanoseconds"), ("cpu", "nanoseconds"), ("", ""))
    let (user, bytes) = (builder.string("user"), builder.string("bytes"))
    builder.addSample(
      builder.locations("main;say \"hi\""), values: [-5, 6, 7],
      labels: [
        Label(key: user, string: builder.string("a\"b")),
        Label(key: bytes, number: 64, unit: bytes),
        Label(key: user, string: builder.string("c")),
      ])
    builder.addSample([], values: [0, 0, 0])
    #expect(
      try exported("samples", builder.finish()) == """
        cpu_nanoseconds,cpu_nanoseconds_2,value,leaf,stack,depth,labels\r
        -5,6,7,"say ""hi\""","main;say ""hi\""",2,"{""user"":[""a\\""b"",""c""],""bytes"":64}"\r
        0,0,0,"","",0,"{}"\r

        """)
  }

  @Test func `what is exported as a profile is the profile`() throws {
    let profile = Profile.stacks(["main;a": 30, "main;b": 10])
    let export = PprofExport()
    var environment = ReportEnvironment()
    environment.encode = { PprofEncoder.encode($0) }
    var options = ReportOptions()
    options.focus = "b"
    let subject = try ReportSubject.prepare(
      profile, for: export, options: options, environment: environment)
    var output = OutputBuffer()
    export.write(subject, to: &output)
    let bytes = output.finish()
    let read = try bytes.withUnsafeBytes { try ProfileFormats.decode($0) }
    #expect(try exported("folded", read) == "main;b 10\n")
  }

  @Test func `tables hold every entry, unless fewer are asked for`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    for index in 0..<200 {
      builder.addSample(builder.locations("f\(index)"), values: [index == 0 ? 1_000_000 : 1])
    }
    let profile = builder.finish()
    #expect(try exported("csv", profile).components(separatedBy: "\r\n").count == 202)
    #expect(
      try exported("csv", profile) { $0.nodeCount = 3 }.components(separatedBy: "\r\n").count == 5)
  }
}

/// Reads what a browser would see of a flame graph.
private final class FlameGraphReader: NSObject, XMLParserDelegate {
  private(set) var titles: [String] = []
  private(set) var scripts = 0
  private var isInTitle = false

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    isInTitle = name == "title"
    if isInTitle { titles.append("") }
    if name == "script" { scripts += 1 }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    isInTitle = false
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if isInTitle { titles[titles.count - 1] += text }
  }
}
