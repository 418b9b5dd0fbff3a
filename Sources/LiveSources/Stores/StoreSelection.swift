/// What an address asks a store for: `?service=shop&type=inuse_space&from=now-1h&pod=pod-1`.
public struct StoreSelection: Hashable, Sendable {
  /// The program; nil for the only one that there is.
  public var service: String?
  /// The id or the sample type of what is wanted; nil for memory in use, or for the first there is.
  public var type: String?
  public var range: TimeRange
  /// What other labels have to be.
  public var labels: [String: String] = [:]
  /// Whether what is in use is summed over the range as well, and not taken from the last profile.
  public var sums = false

  public init(
    service: String?, type: String?, range: TimeRange, labels: [String: String] = [:],
    sums: Bool = false
  ) {
    self.service = service
    self.type = type
    self.range = range
    self.labels = labels
    self.sums = sums
  }

  /// - Parameter now: in milliseconds since 1970.
  public init(_ address: LiveAddress, now: Int64) throws(LiveError) {
    range = TimeRange(start: now - 3_600_000, end: now)
    for part in address.query.split(separator: "&") {
      let name = part.prefix { $0 != "=" }
      guard let value = LiveAddress.percentDecoded(part.dropFirst(name.count + 1)),
        let name = LiveAddress.percentDecoded(name), !name.isEmpty
      else { throw LiveError(.address, "the part after ? is not NAME=VALUE&NAME=VALUE") }
      switch name {
      case "service": service = value
      case "type": type = value
      case "from": range.start = try Self.instant(value, now: now)
      case "until": range.end = try Self.instant(value, now: now)
      case "sum": sums = value != "0" && value != "false"
      default: labels[name] = value
      }
    }
    guard range.start < range.end else {
      throw LiveError(.address, "from= is not before until=")
    }
  }

  private static func instant(_ text: String, now: Int64) throws(LiveError) -> Int64 {
    guard let time = TimeRange.instant(text, now: now) else {
      throw LiveError(
        .address, "\(text) is no time; now, now-1h30m and seconds since 1970 are")
    }
    return time
  }
}

/// Profiles that a store gave, to be merged.
public struct StoredProfiles: Sendable {
  /// What each measures, and its bytes.
  public var parts: [(type: StoredType, bytes: [UInt8])] = []
  /// What readers should know of how they were chosen.
  public var notes: [String] = []
}

extension ProfileStore {
  /// What the selection asks for: for a heap, all that the store has of its four types.
  ///
  /// Memory in use is that of one profile, the last in the range, as a sum over time would be memory
  /// that never was in use.
  public func profiles(
    _ selection: StoreSelection, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> StoredProfiles {
    let service = try service(selection)
    let type = try type(selection, of: service)
    var labels = selection.labels
    labels[Self.serviceLabel] = service.name
    var query = StoreQuery(
      type: type, selector: LabelSelector(labels), range: selection.range)
    let types = type.siblings.filter { service.types.contains($0) }
    var result = StoredProfiles()
    var moment: Int64?
    if !type.isDelta {
      if selection.sums {
        result.notes.append("what is in use is summed over all profiles of the range")
      } else {
        moment = try lastMoment(&query, &result.notes)
      }
    }
    for type in types {
      query.type = type
      var snapshot: StoredSnapshot?
      if let moment {
        snapshot = try snapshots(query).last { $0.time == moment }
        // What this one profile does not have is nowhere else.
        if snapshot == nil { continue }
      }
      for bytes in try profiles(query, snapshot: snapshot, progress: progress) {
        result.parts.append((type, bytes))
      }
    }
    guard !result.parts.isEmpty else {
      throw LiveError(
        .answer,
        "no \(type.sampleType) of \(service.name) from \(Timestamp.text(selection.range.start)) "
          + "to \(Timestamp.text(selection.range.end)); from= and until= choose others")
    }
    return result
  }

  /// When the last profile of the range was taken; nil where the store cannot tell one from
  /// another, so that `query` is narrowed to a stretch that should hold one.
  private func lastMoment(
    _ query: inout StoreQuery, _ notes: inout [String]
  ) throws(LiveError) -> Int64? {
    if let last = try snapshots(query).last {
      notes.append("what is in use is that of one profile, of \(Timestamp.text(last.time))")
      return last.time
    }
    let interval: Int64 = 15_000
    guard let last = try points(query, step: 15).last(where: { $0.value != 0 }) else { return nil }
    query.range = TimeRange(start: last.time - interval, end: last.time)
    notes.append("what is in use is that of 15 seconds until \(Timestamp.text(last.time))")
    return nil
  }

  private func service(_ selection: StoreSelection) throws(LiveError) -> StoredService {
    let services = try services(LabelSelector(), in: selection.range)
    if let name = selection.service {
      guard let found = services.first(where: { $0.name == name }) else {
        throw LiveError(
          .answer, "no service \(name) in this time; \(Self.list(services.map(\.name)))")
      }
      return found
    }
    guard let first = services.first else {
      throw LiveError.nothingInRange
    }
    guard services.count == 1 else {
      throw LiveError(
        .answer,
        "has several services; choose one with ?service=: \(Self.list(services.map(\.name)))")
    }
    return first
  }

  private func type(
    _ selection: StoreSelection, of service: StoredService
  ) throws(LiveError) -> StoredType {
    let wanted = selection.type.map { [$0] } ?? ["inuse_space", "cpu"]
    for word in wanted {
      let found = service.types.first {
        $0.id == word || $0.sampleType == word || $0.profile == word
      }
      if let found { return found }
    }
    guard selection.type == nil, let first = service.types.first else {
      throw LiveError(
        .answer,
        "\(service.name) has no \(wanted[0]); \(Self.list(service.types.map(\.sampleType)))")
    }
    return first
  }

  private static func list(_ names: [String]) -> String {
    let limit = 12
    let rest = names.count > limit ? " and \(names.count - limit) more" : ""
    return "there are \(names.prefix(limit).joined(separator: ", "))\(rest)"
  }
}
