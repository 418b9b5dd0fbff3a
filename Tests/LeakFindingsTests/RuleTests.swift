import EscapeAnalysis
import ProfileModel
import TestSupport
import Testing

@testable import LeakFindings

@Suite struct RuleTests {
  private func heap(_ rows: [(stack: String, live: Int64, objects: Int64)], period: Int64 = 1)
    -> LeakSnapshot
  {
    var builder = ProfileBuilder(
      sampleTypes: ("alloc_objects", "count"), ("alloc_space", "bytes"),
      ("inuse_objects", "count"), ("inuse_space", "bytes"))
    builder.header.period = period
    for row in rows {
      builder.addSample(
        builder.locations(row.stack), values: [row.objects, row.live, row.objects, row.live])
    }
    let profile = builder.finish()
    return LeakSnapshot(profile, EscapeEvidence(profile))
  }

  private func goroutines(_ rows: [(stack: String, count: Int64)], type: String = "goroutine")
    -> LeakSnapshot
  {
    var builder = ProfileBuilder(sampleTypes: (type, "count"))
    for row in rows { builder.addSample(builder.locations(row.stack), values: [row.count]) }
    let profile = builder.finish()
    return LeakSnapshot(profile, EscapeEvidence(profile))
  }

  @Test func `goroutines that pile up are told by what they wait for`() throws {
    let stack = "main.query.func1;runtime.chansend;runtime.gopark"
    let found = LeakDiagnosis([
      goroutines([(stack, 200), ("main.main", 1)]), goroutines([(stack, 1600), ("main.main", 1)]),
    ])
    #expect(found.findings.count == 1)
    let first = try #require(found.findings.first)
    #expect(first.rule == "goroutines")
    #expect(first.count == 1400)
    #expect(first.title == "goroutines pile up that wait: chan send")
    #expect(first.place?.function == "main.query.func1")
  }

  @Test func `goroutines that come and go are not found`() {
    let stack = "main.serve;runtime.selectgo;runtime.gopark"
    #expect(
      LeakDiagnosis([200, 900, 400].map { goroutines([(stack, $0)]) }).findings.isEmpty)
    #expect(LeakDiagnosis([goroutines([(stack, 90)])]).findings.isEmpty)
  }

  @Test func `goroutines that can never run are found in one profile`() {
    let stack = "main.query.func1;runtime.chansend;runtime.gopark"
    let found = LeakDiagnosis([goroutines([(stack, 3)], type: "goroutineleak")])
    #expect(found.findings.map(\.rule) == ["leaked-goroutines"])
  }

  @Test func `what grows in step with the entries of a sync.Map is held by it`() throws {
    func snapshot(_ count: Int64) -> LeakSnapshot {
      heap([
        ("main.put;sync.(*Map).Store;internal/sync.newEntryNode", count * 48, count),
        ("main.put;main.newUser", count * 480, count),
        ("main.other", 1 << 20, 5),
      ])
    }
    let found = LeakDiagnosis([snapshot(1000), snapshot(4000)])
    let first = try #require(found.findings.first)
    #expect(first.rule == "sync-map")
    #expect(first.amount == 3000 * 528)
    #expect(found.findings.count == 1)
  }

  @Test func `timers are found beside the goroutines that grew in step with them`() {
    func snapshots(_ count: Int64) -> [LeakSnapshot] {
      [
        goroutines([("main.tick.func1;runtime.chanrecv1;runtime.gopark", count)]),
        heap([
          ("main.tick;time.NewTicker;time.newTimer", count * 224, count),
          ("main.tick;main.newState", count * 480, count),
        ]),
      ]
    }
    let found = LeakDiagnosis(snapshots(1000) + snapshots(4000))
    #expect(Set(found.findings.map(\.rule)) == ["goroutines", "timers"])
    let timers = found.findings.filter { $0.rule == "timers" }
    #expect(timers.map(\.amount) == [3000 * 224])
  }

  @Test func `what moves from one line to another of the same kind did not grow`() {
    let before = heap([("main.a", 1 << 20, 100), ("main.b", 0, 0)])
    let after = heap([("main.a", 0, 0), ("main.b", 1 << 20, 100)])
    #expect(LeakDiagnosis([before, after]).findings.isEmpty)
  }

  @Test func `what levels off is no finding`() {
    let sizes: [Int64] = [1 << 20, 3 << 20, 4 << 20, 4 << 20]
    let found = LeakDiagnosis(sizes.map { heap([("main.fill", $0, $0 / 64)]) })
    #expect(found.findings.isEmpty)
    #expect(found.notes.contains { $0.contains("levelled off") })
  }

  @Test func `one object that became larger is hardly a leak`() throws {
    let found = LeakDiagnosis([
      heap([("main.buffer", 1 << 20, 1)]), heap([("main.buffer", 8 << 20, 1)]),
    ])
    #expect(found.findings.map(\.rule) == ["larger-object"])
    #expect(found.findings.first?.confidence == .low)
  }

  @Test func `growth that chance explains says how much would be needed`() {
    let found = LeakDiagnosis([
      heap([("main.f", 1 << 20, 2)], period: 524_288),
      heap([("main.f", 2 << 20, 4)], period: 524_288),
    ])
    #expect(found.findings.isEmpty)
    #expect(found.notes.contains { $0.hasPrefix("too few samples to say") })
  }

  @Test func `sums that leave the range of numbers are survived`() {
    let found = LeakDiagnosis([
      heap([("main.f", .min, .min), ("main.g", .max, .max)]),
      heap([("main.f", .max, .max), ("main.g", .max, .max)]),
    ])
    #expect(found.findings.count < 10)
    _ = LeakDiagnosis([goroutines([("main.f", .max)]), goroutines([("main.f", .min)])])
    #expect(LeakDiagnosis([]).findings.isEmpty)
  }

  @Test(arguments: [
    ("fmt.Sprintf", true), ("encoding/json/v2.Unmarshal", true), ("main.main", false),
    ("example.org/x/y.F", false), ("go.uber.org/zap.New", false), ("runtime.mallocgc", true),
    ("sync.(*Map).Store", true), ("net/http.(*conn).serve", true), ("gopkg.in/yaml.v3.F", false),
    ("internal/sync.newEntryNode[go.shape.interface {},go/x.T]", true), ("", false),
  ])
  func `the standard library is told by its folders`(function: String, isLibrary: Bool) {
    #expect(StandardLibrary.has(function) == isLibrary)
  }
}

@Suite struct RegistryTests {
  @Test func `every rule is listed`() {
    let files = familyMembers(in: "Sources/LeakFindings/Rules", ending: "Rule", except: [])
    #expect(typeNames(LeakRules.all) == files)
  }
}
