import EscapeAnalysis
import Foundation
import GoBinary
import ProfileFormats
import ProfileModel
import Reports
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

@Suite struct EscapesPaneTests {
  private static let executable = Result {
    try GoExecutable(ImageBytes(copying: LeaksProgram.bytes))
  }

  private func profile(_ path: String) throws -> Profile {
    try [UInt8](Data(contentsOf: LeaksProgram.samples.appendingPathComponent(path)))
      .withUnsafeBytes { try ProfileFormats.decode($0) }
  }

  /// A session with the program at hand.
  private func session(_ path: String, snapshots: [Profile] = []) throws -> ProfileSession {
    let profile = try profile(path)
    let inputs = EscapeInputs(executable: try Self.executable.get())
    return try ProfileSession(
      name: path, profile: profile,
      escapes: EscapeAnswers(
        profile, evidence: { profile, _ in EscapeEvidence(profile, inputs) },
        snapshots: { snapshots }))
  }

  private func text(_ pane: some Pane, in context: PaneContext) -> [String] {
    let grid = pane.render(in: context)
    return (0..<grid.size.rows).map { grid.text(row: $0) }
  }

  private func context(_ session: ProfileSession) -> PaneContext {
    PaneContext(session: session, size: GridSize(columns: 100, rows: 20))
  }

  @Test func `the first screen names the operation and the type that hold most`() throws {
    let context = context(try session("config-store/mem.pprof"))
    var pane = EscapesPane()
    pane.refresh(in: context)
    let rows = text(pane, in: context)
    #expect(rows[0].contains("exact 87.1%") && rows[0].contains("195 of 195"))
    #expect(rows[2].contains("6.38MB") && rows[2].contains("mapgrow"))
    #expect(rows[3].contains("map[string]interface {}"))
    #expect(rows[4].contains("config.copyTable store.go:138"))
  }

  @Test func `going deeper opens a group and goes to the source of a place`() throws {
    let context = context(try session("config-store/mem.pprof"))
    var pane = EscapesPane()
    pane.refresh(in: context)
    _ = pane.handle(.closeFrame, in: context)
    let closed = pane.position(in: context)?.count
    _ = pane.handle(.openFrame, in: context)
    #expect((pane.position(in: context)?.count ?? 0) > closed ?? 0)
    for _ in 0..<2 { _ = pane.handle(.moveDown, in: context) }
    guard case .showSource(let node, let line)? = pane.handle(.showSource, in: context)?.first
    else {
      Issue.record("no source is shown")
      return
    }
    #expect(line == 138)
    #expect(context.session.title(of: node) == "leaks/config.copyTable")
  }

  @Test func `a mean is the same as in the list`() throws {
    let session = try session("nested-json/mem.pprof")
    let words = EscapeWords(session.profile, session.escapes.evidence)
    for (bytes, objects) in [(485_622, 13_561), (72, 5), (-72, 5)] as [(Int64, Int64)] {
      let amount = EscapeAmount(bytes: bytes, objects: objects)
      #expect(words.mean(amount) == session.mean(bytes, count: objects))
    }
  }

  @Test func `of processor time there is a count, no mean, and no evidence to tell apart`() throws {
    let context = context(try session("map-writers/cpu.pprof"))
    var pane = EscapesPane()
    pane.refresh(in: context)
    let rows = text(pane, in: context)
    #expect(rows[1].contains(" COUNT  OPERATION") && !rows[1].contains("AVG"))
    #expect(!rows.contains { $0.contains("(by frames)") })
    #expect(pane.selectionFacts(in: context)?.facts == ["3.01s 61.1%", "runtime.mapassign_fast64"])
    _ = pane.handle(.arrange, in: context)
    let places = text(pane, in: context)
    #expect(pane.crumb == "by place" && places[1].hasPrefix("      FLAT   FLAT%"))
    #expect(places[1].contains("PLACE / OPERATION  ") && !places.contains { $0.contains("type") })
    #expect(places[3].contains("265  ") && places[3].contains("mapassign: assigning to maps"))
    _ = pane.handle(.arrange, in: context)
    #expect(pane.crumb == nil && text(pane, in: context)[1].contains("  OPERATION / PLACE  "))
  }

  @Test func `how a type and a cause are known is told in words`() throws {
    let context = context(try session("config-store/mem.pprof"))
    var pane = EscapesPane()
    pane.refresh(in: context)
    let facts = try #require(pane.selectionFacts(in: context)).facts
    #expect(facts.contains("type and cause exact"))
    let alone = try ProfileSession(name: "", profile: sample("config-store/mem.pprof"))
    let without = self.context(alone)
    pane = EscapesPane()
    pane.refresh(in: without)
    #expect(text(pane, in: without)[0].contains("unknown "))
    #expect(pane.selectionFacts(in: without)?.facts.contains("type and cause unknown") == true)
  }

  @Test(arguments: [80, 120, 160])
  func `the line of a place is never cut out for its details`(columns: Int) throws {
    let session = try session("nested-json/mem.pprof")
    let context = PaneContext(session: session, size: GridSize(columns: columns, rows: 20))
    var pane = EscapesPane()
    pane.refresh(in: context)
    #expect(
      text(pane, in: context).contains { $0.contains("reflect.mapassign_faststr0 map.go:260") })
  }

  @Test func `rows go by operation, by type and by place in turn`() throws {
    let context = context(try session("config-store/mem.pprof"))
    var pane = EscapesPane()
    pane.refresh(in: context)
    var crumbs: [String?] = []
    for _ in 0..<3 {
      _ = pane.handle(.arrange, in: context)
      crumbs.append(pane.crumb)
    }
    #expect(crumbs == ["by type", "by place", nil])
  }

  @Test func `refinements leave their part of each group`() throws {
    var session = try session("config-store/mem.pprof")
    _ = try session.refine(Refinement(.focus, "copyTable"))
    let context = context(session)
    var pane = EscapesPane()
    pane.refresh(in: context)
    #expect(text(pane, in: context)[2].contains("4.08MB"))
    _ = try session.refine(Refinement(.hide, "copyTable"))
    let hidden = self.context(session)
    pane.refresh(in: hidden)
    // The operation is known although the function that did it is hidden.
    #expect(text(pane, in: hidden)[2].contains("mapgrow"))
  }

  @Test func `findings say what leaks, why, and what to do`() throws {
    let snapshots = try ["sync-map/mem.1.pprof", "sync-map/mem.pprof"].map { try profile($0) }
    let context = PaneContext(
      session: try session("sync-map/mem.pprof", snapshots: snapshots),
      size: GridSize(columns: 100, rows: 40))
    var pane = FindingsPane()
    pane.refresh(in: context)
    let rows = text(pane, in: context)
    #expect(rows[1].contains("high") && rows[1].contains("a sync.Map keeps its entries"))
    #expect(rows.contains { $0.contains("delete entries") })
  }

  @Test func `a healthy program has no findings, and the view says so`() throws {
    let context = context(try session("healthy/mem.pprof"))
    var pane = FindingsPane()
    pane.refresh(in: context)
    #expect(text(pane, in: context).contains { $0.contains("no findings in this profile") })
    #expect(pane.handle(.openFrame, in: context) == [.refuse("there is no finding to work on")])
  }
}
