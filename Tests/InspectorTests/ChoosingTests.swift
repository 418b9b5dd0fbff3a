import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// Choosing what to fetch of a server, and of a store.
struct ChoosingTests {
  private static func source(_ server: String = "localhost:6060") -> ProfileSource {
    ProfileSource(
      paths: [server],
      live: LivePlace(address: "\(server)/heap", server: server, isBrowsable: true))
  }

  private static func chosen(_ choice: LiveChoice, base: LiveChoice? = nil) -> ProfileSource {
    var source = source()
    source.live?.choice = choice
    source.live?.base = base
    return source
  }

  private static let profiles = LiveOffers.profiles([
    ListedProfile(name: "allocs", count: 3, summary: "all that was allocated"),
    ListedProfile(name: "heap", count: 3, summary: "memory in use"),
    ListedProfile(name: "mutex", count: 0, summary: ""),
  ])

  private func inspector() -> Inspector {
    Inspector(source: Self.source(), size: GridSize(columns: 80, rows: 24))
  }

  private func type(_ keys: String, _ inspector: inout Inspector) -> [Effect] {
    inputs(keys).flatMap { inspector.handle(.input($0)) }
  }

  private func text(_ inspector: Inspector) -> String {
    inspector.render().textRows.joined(separator: "\n")
  }

  private func session(_ name: String = "x") throws -> ProfileSession {
    try ProfileSession(name: name, profile: .stacks(["main;a": 1], type: "space", unit: "bytes"))
  }

  // MARK: A server

  @Test func `the heap is selected at first, Enter fetches it`() {
    var inspector = inspector()
    _ = inspector.handle(.offered(Self.profiles))
    #expect(text(inspector).contains("profiles of localhost:6060"))
    #expect(type("Enter", &inspector) == [.load(Self.chosen(.offer("heap")))])
  }

  @Test func `Esc leaves nothing open, and q then ends`() {
    var inspector = inspector()
    _ = inspector.handle(.offered(Self.profiles))
    #expect(type("Esc", &inspector).isEmpty)
    #expect(text(inspector).contains("nothing is loaded"))
    #expect(type("q", &inspector).last == .quit(.gaveUp))
  }

  @Test func `what cannot be fetched lets another be chosen`() throws {
    var inspector = inspector()
    _ = inspector.handle(.offered(Self.profiles))
    _ = type("j Enter", &inspector)
    #expect(inspector.handle(.failed(Failure("localhost:6060", "answers 500"))).isEmpty)
    #expect(text(inspector).contains("answers 500"))
    #expect(type("Enter", &inspector) == [.load(Self.chosen(.offer("heap")))])
    _ = inspector.handle(.loaded(try session()))
    // Another can be looked at later on.
    #expect(type("L", &inspector) == [.browse(Self.chosen(.offer("heap")), nil)])
    _ = inspector.handle(.offered(Self.profiles))
    #expect(type("k Enter", &inspector) == [.load(Self.chosen(.offer("allocs")))])
    _ = inspector.handle(.loaded(try session("localhost:6060/allocs")))
    #expect(type("R", &inspector) == [.fetch(Self.chosen(.offer("allocs")))])
  }

  // MARK: A store

  private static let types = [
    ListedType(
      id: "cpu:cpu:nanoseconds:cpu:nanoseconds", name: "cpu", unit: "nanoseconds", isDelta: true),
    ListedType(
      id: "memory:inuse_space:bytes:space:bytes", name: "inuse_space", unit: "bytes",
      isDelta: false),
  ]
  private static let span = StoredSpan(start: 0, end: 100) { "t\($0)" }
  private static let services = LiveOffers.services(
    ["api", "shop"].map { ListedService(name: $0, types: types) }, over: span, labels: [:])

  private static func heap(
    _ service: String = "api", _ from: Int64 = 0, _ until: Int64 = 100, sums: Bool = false,
    labels: [String: String] = [:]
  ) -> StoredChoice {
    StoredChoice(
      service: service, type: types[1].id, from: from, until: until, sums: sums, labels: labels)
  }

  private static let moments = (1...9).map { StoredMoment(time: Int64($0) * 10, value: Int64($0)) }

  /// A picker of a store with nine snapshots.
  private func picking() -> Inspector {
    var inspector = inspector()
    let effects = inspector.handle(.offered(Self.services))
    #expect(effects == [.browse(Self.source(), .moments(Self.heap()))])
    _ = inspector.handle(.answered(.moments(Self.moments, of: Self.heap(), areSingle: true)))
    return inspector
  }

  @Test func `of what is in use the last profile is chosen, and no sum`() {
    var inspector = picking()
    #expect(text(inspector).contains("one profile, of t90: 9B"))
    #expect(type("Enter", &inspector) == [.load(Self.chosen(.stored(Self.heap("api", 81, 91))))])
  }

  @Test func `a window of several is said to be a sum`() {
    var inspector = picking()
    _ = type("h h + +", &inspector)
    #expect(text(inspector).contains("t50 to t70: sum of 3 profiles, 18B, not all at once"))
    let sum = Self.heap("api", 41, 71, sums: true)
    #expect(type("o", &inspector) == [.load(Self.chosen(.stored(sum)))])
  }

  @Test func `of what happened the whole time is chosen`() {
    var inspector = picking()
    _ = type("k k k Enter k Enter", &inspector)
    let cpu = StoredChoice(service: "api", type: Self.types[0].id, from: 0, until: 100)
    _ = inspector.handle(.answered(.moments(Self.moments, of: cpu, areSingle: false)))
    #expect(text(inspector).contains("t10 to t90: sum of all profiles"))
    #expect(type("o", &inspector) == [.load(Self.chosen(.stored(cpu)))])
  }

  @Test func `another service is a menu away, and two of them can be compared`() {
    var inspector = picking()
    _ = type("b k k k k Enter", &inspector)
    #expect(text(inspector).contains("choose"))
    let effects = type("j Enter", &inspector)
    #expect(effects == [.browse(Self.source(), .moments(Self.heap("shop")))])
    _ = inspector.handle(
      .answered(.moments(Self.moments, of: Self.heap("shop"), areSingle: true)))
    #expect(text(inspector).contains("base      api inuse_space"))
    let wanted = Self.chosen(
      .stored(Self.heap("shop", 81, 91)), base: .stored(Self.heap("api", 81, 91)))
    #expect(type("o", &inspector) == [.load(wanted)])
  }

  @Test func `labels narrow down, once they were asked for`() {
    var inspector = picking()
    let asked = type("k Enter", &inspector)
    #expect(asked == [.browse(Self.source(), .labels(Self.heap()))])
    _ = inspector.handle(.answered(.labels(["version": ["v1", "v2"]], of: Self.heap())))
    #expect(text(inspector).contains("version=v2"))
    let narrowed = Self.heap(labels: ["version": "v2"])
    #expect(type("j Enter", &inspector) == [.browse(Self.source(), .moments(narrowed))])
    #expect(text(inspector).contains("asking"))
  }

  @Test func `a range without profiles says so, and opens nothing`() {
    var inspector = picking()
    #expect(
      type("k k Enter Enter", &inspector)
        == [.browse(Self.source(), .services(seconds: StorePicker.ranges[0]))])
    _ = inspector.handle(.answered(.services([], over: Self.span)))
    #expect(text(inspector).contains("no profiles in this time"))
    #expect(type("o j j Enter", &inspector).isEmpty)
    _ = inspector.handle(.answered(.failed(Failure("store", "cannot connect"))))
    #expect(text(inspector).contains("cannot connect"))
  }

  @Test func `an answer that comes too late counts for nothing`() {
    var inspector = picking()
    _ = inspector.handle(.answered(.moments([], of: Self.heap("shop"), areSingle: true)))
    #expect(text(inspector).contains("one profile, of t90"))
  }

  @Test func `where the choice fails the picker comes back with the reason`() {
    var inspector = picking()
    _ = type("b h h Enter", &inspector)
    #expect(inspector.handle(.failed(Failure("store", "no inuse_space of api"))).isEmpty)
    #expect(text(inspector).contains("no inuse_space of api"))
    #expect(text(inspector).contains("one profile, of t70"))
  }

  @Test(arguments: ["20x5", "40x12", "80x24", "200x60", "300x3", "1x1"])
  func `fits every screen, whatever is in it`(size: String) throws {
    let size = try #require(GridSize(text: size))
    var inspector = picking()
    for keys in ["", "b", "k k k k Enter", "Esc a", "k Enter"] {
      _ = type(keys, &inspector)
      _ = inspector.handle(.input(.resize(size)))
      #expect(inspector.render().size == size)
    }
    let extremes = [StoredMoment(time: .min, value: .max), StoredMoment(time: .max, value: .min)]
    _ = inspector.handle(.answered(.moments(extremes, of: Self.heap(), areSingle: true)))
    #expect(inspector.render().size == size)
    #expect(type("Esc Esc a o", &inspector).count < 3)
  }
}
