import Glibc
import Inspector
import LiveSources

/// What a live source has, for people to choose from.
struct LiveCatalog {
  private let address: LiveAddress
  private let settings: HTTPSettings

  /// - Parameter sources: the address is its only profile.
  init(_ sources: SourceSelection) throws(CommandFailure) {
    address = try LiveInput.address(sources.profiles.first ?? "")
    settings = try LiveInput.settings(for: address, sources)
  }

  private var store: (any ProfileStore)? { ProfileStores.store(at: address, settings: settings) }

  /// Whether the address leaves open which profile is meant.
  func mustBeAsked(isWatched: Bool) -> Bool {
    store == nil ? address.isIndex && !isWatched : !address.namesService
  }

  /// What there is to choose from; nil where the server lists nothing but may have a heap.
  func offersIfAny() throws(CommandFailure) -> LiveOffers? {
    guard store == nil else { return try offers() }
    do throws(LiveError) {
      return .profiles(try listed())
    } catch {
      if error.kind == .answer { return nil }
      throw CommandFailure(address.description, error.description)
    }
  }

  func offers() throws(CommandFailure) -> LiveOffers {
    try naming { () throws(LiveError) in
      guard let store else { return .profiles(try listed()) }
      let given = try LiveInput.selection(.whole, at: address)
      let services = try services(of: store, given.range)
      guard !services.isEmpty else {
        throw LiveError.nothingInRange
      }
      return .services(
        services, over: StoredTimes.span(from: given.range.start, to: given.range.end),
        labels: given.labels)
    }
  }

  private func listed() throws(LiveError) -> [ListedProfile] {
    try GoServer(address, settings: settings).offers().map {
      ListedProfile(name: $0.name, count: $0.count, summary: $0.summary)
    }
  }

  func answer(_ question: StoreQuestion) throws(CommandFailure) -> StoreAnswer {
    try naming { () throws(LiveError) in
      guard let store else { throw LiveError.notAStore }
      switch question {
      case .services(let seconds):
        let now = Int64(time(nil)) * 1000
        let range = TimeRange(start: now - Int64(seconds) * 1000, end: now)
        return .services(
          try services(of: store, range), over: StoredTimes.span(from: range.start, to: range.end))
      case .moments(let choice): return try moments(of: choice, in: store)
      case .labels(let choice):
        let query = query(choice, in: store)
        var values: [String: [String]] = [:]
        let own = type(of: store).serviceLabel
        for name in try store.labelNames(query.selector, in: query.range).prefix(Self.labelLimit)
        where name != own {
          values[name] = try store.labelValues(of: name, query.selector, in: query.range)
        }
        return .labels(values, of: choice)
      }
    }
  }

  /// No picker shows more.
  private static let labelLimit = 30
  private static let momentLimit = 20_000

  private func services(
    of store: any ProfileStore, _ range: TimeRange
  ) throws(LiveError) -> [ListedService] {
    try store.services(LabelSelector(), in: range).map { service in
      ListedService(
        name: service.name,
        types: service.types.map {
          ListedType(id: $0.id, name: $0.sampleType, unit: $0.unit, isDelta: $0.isDelta)
        })
    }
  }

  private func query(_ choice: StoredChoice, in store: any ProfileStore) -> StoreQuery {
    var labels = choice.labels
    labels[type(of: store).serviceLabel] = choice.service
    return StoreQuery(
      type: StoredType(choice.type), selector: LabelSelector(labels),
      range: TimeRange(start: choice.from, end: choice.until))
  }

  private func moments(
    of choice: StoredChoice, in store: any ProfileStore
  ) throws(LiveError) -> StoreAnswer {
    let query = query(choice, in: store)
    let seconds = Double(choice.until &- choice.from) / 1000
    // Of long times single profiles would be too many to tell apart.
    let singles = seconds <= 6 * 3600 + 1 ? try store.snapshots(query) : []
    var moments = singles.map {
      StoredMoment(time: $0.time, value: Int64(exactly: $0.value.rounded()) ?? 0)
    }
    if moments.isEmpty {
      moments = try store.points(query, step: max(15, (seconds / 240).rounded())).map {
        StoredMoment(time: $0.time, value: Int64(exactly: $0.value.rounded()) ?? 0)
      }
    }
    return .moments(
      Array(moments.suffix(Self.momentLimit)), of: choice, areSingle: !singles.isEmpty)
  }

  private func naming<Result>(
    _ body: () throws(LiveError) -> Result
  ) throws(CommandFailure) -> Result {
    do throws(LiveError) {
      return try body()
    } catch {
      throw CommandFailure(address.description, error.description)
    }
  }
}
