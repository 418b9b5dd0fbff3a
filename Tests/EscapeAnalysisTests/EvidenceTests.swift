import GoBinary
import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@testable import EscapeAnalysis

@Suite struct EvidenceTests {
  private func heap(_ stacks: [String]) -> Profile {
    var builder = ProfileBuilder(
      sampleTypes: ("alloc_objects", "count"), ("alloc_space", "bytes"),
      ("inuse_objects", "count"), ("inuse_space", "bytes"))
    for (index, stack) in stacks.enumerated() {
      let bytes = Int64(100 * (index + 1))
      builder.addSample(builder.locations(stack), values: [1, bytes, 1, bytes])
    }
    return builder.finish()
  }

  private func finding(_ stack: String, _ inputs: EscapeInputs = EscapeInputs()) throws
    -> EscapeFinding
  {
    let evidence = EscapeEvidence(heap([stack]), inputs)
    return evidence.findings[try #require(evidence.finding(ofSample: 0))]
  }

  @Test func `frames claim what they imply, and nothing else`() throws {
    let bytes = try finding("main.f;strings.(*Builder).grow;internal/bytealg.MakeNoZero")
    #expect(bytes.cause == .bytes && bytes.type == "[]uint8")
    #expect(bytes.causeTier == .frames && bytes.typeTier == .frames)
    let dynamic = try finding("main.f;reflect.mapassign_faststr0")
    #expect(dynamic.cause == .mapgrow && dynamic.type.isEmpty && dynamic.typeTier == .none)
    #expect(dynamic.reason == .alwaysOnHeap)
    let wait = try finding("main.f;sync.(*Cond).Wait;sync.runtime_notifyListWait")
    #expect(wait.cause == .wait && wait.type == "runtime.sudog")
    let node = "internal/sync.newEntryNode[go.shape.int,go.shape.string]"
    #expect(try finding("main.f;\(node)").type == "sync.entry[go.shape.int,go.shape.string]")
    let list = "runtime.systemstack;runtime.newproc1;runtime.allgadd;runtime.growslice"
    #expect(try finding(list).cause == .append)
    #expect(try finding(list).type == "*runtime.g")
    let unknown = try finding("main.f;main.box")
    #expect(unknown.cause == nil && unknown.causeTier == .none && unknown.reason == nil)
    #expect(try finding("").cause == nil)
  }

  @Test func `a source line counts where no program is at hand`() throws {
    let inputs = EscapeInputs(sourceLines: { file in
      file == "a.go" ? [Array("xs = append(xs, x)".utf8)] : nil
    })
    let known = try finding("main.f@a.go:1", inputs)
    #expect(known.cause == .append && known.causeTier == .sourceLine)
    #expect(try finding("main.f@a.go:2", inputs).cause == nil)
    #expect(try finding("main.f@b.go:1", inputs).cause == nil)
  }

  @Test func `the compiler's log tells the cause and the reason of a line`() throws {
    var log = CompilerLog()
    var text = """
      shop/a.go:7:9: &Order{...} escapes to heap in f:
      shop/a.go:7:9:   flow: ~r0 ← &{storage for &Order{...}}:
      shop/a.go:7:9:     from return &Order{...} (return) at shop/a.go:7:2

      """
    text.withUTF8 { _ = log.add($0) }
    let known = try finding("main.f@/src/shop/a.go:7", EscapeInputs(compilerLog: log))
    #expect(known.cause == .new && known.causeTier == .compilerLog)
    #expect(known.reason == .returned && known.expression == "&Order{...}")
    #expect(try finding("main.f@/src/other/a.go:7", EscapeInputs(compilerLog: log)).cause == nil)
  }

  @Test func `a log that tells nothing of a profile says why`() throws {
    var log = CompilerLog()
    var text = "shop/a.go:7:9: &Order{...} escapes to heap\n"
    text.withUTF8 { _ = log.add($0) }
    func problem(_ stack: String) -> String {
      EscapeEvidence(heap([stack]), EscapeInputs(compilerLog: log)).logProblem
    }
    #expect(problem("main.f@/src/shop/a.go:7").isEmpty)
    #expect(problem("main.f@/src/shop/a.go:8").contains("its files are the same"))
    #expect(problem("main.f@/src/other/a.go:7").contains("its files are others, as shop/a.go"))
    #expect(EscapeEvidence(heap(["main.f@/src/shop/a.go:8"])).logProblem.isEmpty)
  }

  @Test func `a box in the compiler's log is not what a map grew by`() throws {
    var log = CompilerLog()
    var text = """
      a.go:7:9: v escapes to heap:
      a.go:7:9:   from v (interface-converted) at a.go:7:9

      """
    text.withUTF8 { _ = log.add($0) }
    var builder = ProfileBuilder(sampleTypes: ("alloc_space", "bytes"))
    for size in [16, 288] as [Int64] {
      let bytes = builder.string("bytes")
      builder.addSample(
        builder.locations("main.f@a.go:7"), values: [size],
        labels: [Label(key: bytes, number: size, unit: bytes)])
    }
    let evidence = EscapeEvidence(builder.finish(), EscapeInputs(compilerLog: log))
    let causes = try (0..<2).map {
      evidence.findings[try #require(evidence.finding(ofSample: $0))].cause
    }
    #expect(causes == [.iface, nil])
  }

  @Test func `facts and claims never share a group`() {
    let profile = heap(["main.f;fmt.Sprintf", "main.f;main.box", "main.f;errors.New"])
    let summary = EscapeSummary(
      EscapeEvidence(profile), profile, EscapeMeasure(profile.header, shown: 3))
    #expect(summary.total.bytes == 600)
    let tree = EscapeTree(summary, .byCause)
    let keys = tree.roots.map { tree.nodes[$0].key }
    #expect(
      keys == [
        .cause(.new, claimedBy: .frames), .cause(nil, claimedBy: nil),
        .cause(.string, claimedBy: .frames),
      ])
    let tiers = summary.sums(by: \.typeTier).filter { $0.amount.bytes != 0 }
    #expect(tiers.map(\.tier) == [.frames, .none])
    #expect(tiers.map(\.amount.bytes) == [400, 200])
  }

  @Test func `what filters hide changes nothing about the evidence`() throws {
    let profile = heap(["main.f;fmt.Sprintf", "main.g;errors.New"])
    let evidence = EscapeEvidence(profile)
    var options = FilterOptions()
    options.hide = "fmt|errors"
    options.focus = "main.g"
    let filtered = try FilteredProfile(profile, options).profile
    let summary = EscapeSummary(
      evidence, filtered, EscapeMeasure(filtered.header, shown: 1))
    #expect(summary.rows.count == 1)
    #expect(summary.rows.first.map { summary[$0].type } == "errors.errorString")
    #expect(summary.total.bytes == 200)
  }

  @Test func `sums may leave the range of numbers`() {
    var builder = ProfileBuilder(sampleTypes: ("inuse_space", "bytes"))
    for value in [Int64.max, .max, .min, -1] {
      builder.addSample(builder.locations("main.f:\(value & 3)"), values: [value])
    }
    let profile = builder.finish()
    let summary = EscapeSummary(
      EscapeEvidence(profile), profile, EscapeMeasure(profile.header, shown: 0))
    for arrangement in EscapeTree.Arrangement.allCases {
      #expect(!EscapeTree(summary, arrangement).roots.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("main.f;runtime.mapassign_faststr;runtime.mallocgc", .mapassign, "main.f"),
      ("main.f;runtime.convT64;runtime.mallocgc", .iface, "main.f"),
      ("main.f;runtime.growslice;runtime.mallocgc;runtime.gcAssistAlloc", .gcassist, "main.f"),
      ("runtime.gcBgMarkWorker;runtime.gcDrain;runtime.scanobject", .gc, "runtime.scanobject"),
      ("runtime.mcall;runtime.schedule;runtime.findRunnable", .schedule, "runtime.findRunnable"),
      ("main.f;main.g", .code, "main.g"), ("main.f;strings.Map;memeqbody", .copy, "strings.Map"),
      ("main.f;gcWriteBarrier", .writebarrier, "main.f"),
      ("main;work", .code, "work"),
      ("main;shop::Cart::total const", .code, "shop::Cart::total const"),
    ] as [(String, EscapeCause, String)])
  func `time is told by what the program asked of the runtime`(
    stack: String, cause: EscapeCause, place: String
  ) throws {
    let profile = Profile.stacks([stack: 10])
    let evidence = EscapeEvidence(profile)
    let finding = evidence.findings[try #require(evidence.finding(ofSample: 0))]
    #expect(finding.cause == cause)
    #expect(finding.causeTier == .frames && finding.type.isEmpty)
    #expect(finding.function.map { profile.name(of: $0) } == place)
  }

  @Test func `every cause of the program's code has a word of its own`() {
    for cause in AllocationCause.allCases {
      #expect(EscapeCause(cause).rawValue == cause.rawValue)
    }
  }
}
