import TestSupport
import Testing

@testable import LiveSources

/// What stores are asked and what their answers come to, held against recordings of real ones.
@Suite(.enabled(if: RecordedExchanges.areThere, "needs ../shared/backends"))
struct `Recorded stores` {
  private let range = TimeRange(start: 1_795_376_090_000, end: 1_795_379_690_000)
  private let inUse = StoredType("memory:inuse_space:bytes:space:bytes")
  private let demo = LabelSelector(["service_name": "demo"])

  private func pyroscope(
    _ recording: String = "pyroscope", _ body: (PyroscopeStore) throws -> Void
  ) throws {
    let server = try RecordedExchanges(recording).serve()
    defer { server.stop() }
    let address = try LiveAddress("pyroscope+\(server.url)/")
    try body(PyroscopeStore(StoreClient(address, settings: HTTPSettings())))
  }

  private func parca(_ body: (ParcaStore) throws -> Void) throws {
    let server = try RecordedExchanges("parca").serve()
    defer { server.stop() }
    try body(
      ParcaStore(StoreClient(try LiveAddress("parca+\(server.url)"), settings: HTTPSettings())))
  }

  // MARK: Pyroscope

  @Test(arguments: ["pyroscope", "pyroscope-v1arch"])
  func `of Pyroscope list services, types and labels`(recording: String) throws {
    try pyroscope(recording) { store in
      let range = try range(of: recording)
      let services = try store.services(demo, in: range)
      #expect(services.map(\.name) == ["demo"])
      #expect(services[0].types.contains(inUse))
      #expect(services[0].types.count >= 8)
      #expect(try store.labelNames(LabelSelector(), in: range).contains("service_name"))
      let pods = try store.labelValues(of: "pod", demo, in: range)
      #expect(pods == ["pod-1", "pod-2", "pod-3"])
    }
  }

  @Test(arguments: ["pyroscope", "pyroscope-v1arch"])
  func `of Pyroscope give profiles as bytes, and none where there is none`(
    recording: String
  ) throws {
    try pyroscope(recording) { store in
      let range = try range(of: recording)
      let query = StoreQuery(type: inUse, selector: demo, range: range)
      let profiles = try store.profiles(query, snapshot: nil) { _ in true }
      let recorded = try RecordedExchanges.body("\(recording)/merge.proto.resp.body")
      #expect(profiles == [recorded])
      var nothing = query
      nothing.selector.values["service_name"] = "nope"
      let none = try store.profiles(nothing, snapshot: nil) { _ in true }
      #expect(none.isEmpty)
    }
  }

  @Test func `of Pyroscope give what was measured over time`() throws {
    try pyroscope { store in
      let query = StoreQuery(type: inUse, selector: demo, range: range)
      let points = try store.points(query, step: 15)
      #expect(points.count == 5)
      #expect(points.map(\.time) == points.map(\.time).sorted())
      #expect(points.reduce(0) { $0 + $1.value } > 70_000_000)
    }
  }

  @Test func `of Pyroscope say in a line what they do not like`() throws {
    try pyroscope { store in
      var query = StoreQuery(type: inUse, selector: demo, range: range)
      query.range = TimeRange(start: 0, end: 0)
      #expect(
        Self.failure { try store.profiles(query, snapshot: nil) { _ in true } }
          == "Pyroscope says: missing time range in the query")
    }
    try pyroscope("pyroscope-v1arch") { store in
      let query = StoreQuery(
        type: inUse, selector: demo, range: TimeRange(start: 0, end: 0))
      let message = Self.failure { try store.profiles(query, snapshot: nil) { _ in true } }
      #expect(message?.contains("missing time range in the query") == true)
      #expect(message?.contains("{") == false)
    }
  }

  @Test func `of Pyroscope are read from the successor's answer as well`() throws {
    let answer = try RecordedExchanges.body("pyroscope/stack_pprof.proto.resp.body")
    let server = try LoopbackServer { request in
      request.path.hasSuffix("/SelectMergeStacktraces")
        ? LoopbackServer.response(type: "application/proto", bytes: answer)
        : LoopbackServer.response("404 Not Found", text: "404 page not found")
    }
    defer { server.stop() }
    let address = try LiveAddress("pyroscope+\(server.url)/prefix//")
    let store = PyroscopeStore(StoreClient(address, settings: HTTPSettings()))
    let query = StoreQuery(type: inUse, selector: demo, range: range)
    let profile = try #require(try store.profiles(query, snapshot: nil) { _ in true }.first)
    let merged = try RecordedExchanges.body("pyroscope/merge.proto.resp.body")
    // Samples come in another order each time.
    #expect(profile.count == merged.count)
    #expect(
      server.requests.map(\.path) == [
        "/prefix/querier.v1.QuerierService/SelectMergeProfile",
        "/prefix/querier.v1.QuerierService/SelectMergeStacktraces",
      ])
  }

  /// The range that the recording asked for.
  private func range(of recording: String) throws -> TimeRange {
    let request = try RecordedExchanges.body("\(recording)/types.proto.req")
    let end = try #require(request.firstRange(of: Array("\r\n\r\n".utf8)))
    var times: [Int: Int64] = [:]
    for (field, content) in ProtobufFields(request[end.upperBound...]) {
      times[field] = content.integer
    }
    return TimeRange(start: try #require(times[1]), end: try #require(times[2]))
  }

  // MARK: Parca

  private let parcaRange = TimeRange(
    start: Timestamp.milliseconds("2026-11-22T20:47:46.000000Z") ?? 0,
    end: Timestamp.milliseconds("2026-11-22T20:57:46.000000Z") ?? 0)

  @Test func `of Parca list services and types`() throws {
    try parca { store in
      let services = try store.services(LabelSelector(), in: parcaRange)
      #expect(services.map(\.name) == ["demo"])
      #expect(services[0].types.contains(inUse))
      #expect(services[0].types.contains { $0.isDelta && $0.id.hasSuffix(":delta") })
      #expect(try store.labelNames(LabelSelector(), in: parcaRange).contains("job"))
    }
  }

  @Test func `of Parca give profiles as bytes`() throws {
    try parca { store in
      let query = StoreQuery(
        type: inUse, selector: LabelSelector(["job": "demo"]), range: parcaRange)
      let profiles = try store.profiles(query, snapshot: nil) { _ in true }
      #expect(profiles.count == 1)
      #expect(profiles.first?.starts(with: [0x1f, 0x8b]) == true)
    }
  }

  @Test func `of Parca take their web page for nothing found`() throws {
    try parca { store in
      let query = StoreQuery(
        type: inUse, selector: LabelSelector(["job": "nope"]), range: parcaRange)
      let snapshots = try store.snapshots(query)
      #expect(snapshots.isEmpty)
    }
  }

  @Test func `of Parca give what was measured over time`() throws {
    try parca { store in
      let type = StoredType("process_cpu:cpu:nanoseconds:cpu:nanoseconds:delta")
      let query = StoreQuery(
        type: type, selector: LabelSelector(["job": "demo"]), range: parcaRange)
      let points = try store.points(query, step: 30)
      #expect(!points.isEmpty)
      #expect(points.allSatisfy { parcaRange.start...parcaRange.end ~= $0.time })
    }
  }

  private static func failure<T>(_ body: () throws -> T) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return "\(error)"
    }
  }
}
