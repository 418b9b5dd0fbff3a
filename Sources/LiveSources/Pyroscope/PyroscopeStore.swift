/// Grafana Pyroscope: its query service over Connect, in binary protobuf.
///
/// Reads only. A merge over a range sums every profile in it, gauges too.
public struct PyroscopeStore: ProfileStore {
  public static let service = LiveAddress.Service.pyroscope
  public static let serviceLabel = "service_name"

  private let client: StoreClient

  public init(_ client: StoreClient) { self.client = client }

  /// The longest range that servers answer for by default: a day.
  static let rangeLimit: Int64 = 86_400_000

  // MARK: What there is

  public func services(
    _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [StoredService] {
    var types: [String: Set<StoredType>] = [:]
    for piece in range.pieces(of: Self.rangeLimit) {
      var request = ProtobufMessage()
      request.add(1, selector.textIfAny)
      request.add(2, ["service_name", "__profile_type__"])
      request.add(3, piece.start)
      request.add(4, piece.end)
      let answer = try call("Series", request)
      for case (2, let set) in ProtobufFields(answer[...]) {
        let labels = Self.labels(set.message)
        guard let name = labels["service_name"], let type = labels["__profile_type__"] else {
          continue
        }
        types[name, default: []].insert(StoredType(type))
      }
    }
    return types.sorted { $0.key < $1.key }.map { name, types in
      StoredService(name: name, types: types.sorted { $0.id < $1.id })
    }
  }

  public func labelNames(
    _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [String] {
    var names: Set<String> = []
    for piece in range.pieces(of: Self.rangeLimit) {
      var request = ProtobufMessage()
      request.add(1, selector.textIfAny)
      request.add(2, piece.start)
      request.add(3, piece.end)
      names.formUnion(Self.texts(in: try call("LabelNames", request)))
    }
    return names.filter { !$0.hasPrefix("__") }.sorted()
  }

  public func labelValues(
    of name: String, _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [String] {
    var values: Set<String> = []
    for piece in range.pieces(of: Self.rangeLimit) {
      var request = ProtobufMessage()
      request.add(1, name)
      request.add(2, selector.textIfAny)
      request.add(3, piece.start)
      request.add(4, piece.end)
      values.formUnion(Self.texts(in: try call("LabelValues", request)))
    }
    return values.sorted()
  }

  // MARK: Over time

  public func points(_ query: StoreQuery, step: Double) throws(LiveError) -> [StoredPoint] {
    var points: [StoredPoint] = []
    for piece in query.range.pieces(of: Self.rangeLimit) {
      for case (1, let series) in ProtobufFields(try select(query, piece, step: step)[...]) {
        for case (2, let point) in series.message {
          let point = Self.point(point.message)
          // The point at the start covers what was before it.
          if point.time > piece.start { points.append(point) }
        }
      }
    }
    return points.sorted { $0.time < $1.time }
  }

  public func snapshots(_ query: StoreQuery) throws(LiveError) -> [StoredSnapshot] {
    var snapshots: [StoredSnapshot] = []
    for piece in query.range.pieces(of: Self.rangeLimit) {
      let answer = try select(query, piece, step: 15, hasExemplars: true)
      for case (1, let series) in ProtobufFields(answer[...]) {
        for case (2, let point) in series.message {
          for case (4, let exemplar) in point.message {
            snapshots.append(Self.snapshot(exemplar.message))
          }
        }
      }
    }
    return snapshots.filter { !$0.id.isEmpty }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  private func select(
    _ query: StoreQuery, _ range: TimeRange, step: Double, hasExemplars: Bool = false
  ) throws(LiveError) -> [UInt8] {
    var request = Self.message(query, range)
    request.add(6, step)
    if hasExemplars { request.add(10, Int64(2)) }
    return try call("SelectSeries", request)
  }

  // MARK: Profiles

  public func profiles(
    _ query: StoreQuery, snapshot: StoredSnapshot?, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> [[UInt8]] {
    var profiles: [[UInt8]] = []
    for piece in query.range.pieces(of: Self.rangeLimit) {
      let bytes = try merge(query, piece, snapshot, progress)
      // Both storages have their own way to say that there is nothing.
      if bytes.count > 6 { profiles.append(bytes) }
    }
    return profiles
  }

  private func merge(
    _ query: StoreQuery, _ range: TimeRange, _ snapshot: StoredSnapshot?,
    _ progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> [UInt8] {
    var request = Self.message(query, range)
    var later = request
    request.add(7, snapshot?.id ?? "")
    let response = try send("SelectMergeProfile", request, progress)
    if response.status != 404 && response.status != 501 { return try body(of: response) }
    // Where the call is gone there is its successor, which wants to be asked for pprof.
    later.add(6, Int64(4))
    later.add(8, snapshot?.id ?? "")
    let answer = try body(of: try send("SelectMergeStacktraces", later, progress))
    for case (5, let pprof) in ProtobufFields(answer[...]) {
      for case (1, .bytes(let profile)) in pprof.message { return Array(profile) }
    }
    return []
  }

  // MARK: Calls

  private func call(_ procedure: String, _ request: ProtobufMessage) throws(LiveError) -> [UInt8] {
    try body(of: try send(procedure, request) { _ in true })
  }

  private func send(
    _ procedure: String, _ message: ProtobufMessage, _ progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> HTTPResponse {
    // Without it, labels whose names Prometheus did not always take are hidden.
    let accept = (name: "Accept", value: "*/*;allow-utf8-labelnames=true")
    return try client.send(
      "querier.v1.QuerierService/\(procedure)",
      .post(message.bytes, contentType: "application/proto"), headers: [accept], progress: progress)
  }

  private func body(of response: HTTPResponse) throws(LiveError) -> [UInt8] {
    guard response.status == 200 else { throw StoreErrors.error(response, server: "Pyroscope") }
    guard response.contentType == "application/proto" else {
      throw LiveError(
        .answer,
        response.contentType == "text/html"
          ? "answered with a web page; give the address of Pyroscope's own interface, not of Grafana"
          : "what answers there is no Pyroscope")
    }
    return response.body
  }

  // MARK: Messages

  /// What all calls for a query begin with.
  private static func message(_ query: StoreQuery, _ range: TimeRange) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, query.type.id)
    message.add(2, query.selector.text)
    message.add(3, range.start)
    message.add(4, range.end)
    return message
  }

  private static func texts(in answer: [UInt8]) -> [String] {
    ProtobufFields(answer[...]).compactMap { $0.field == 1 ? $0.content.text : nil }
  }

  private static func labels(_ set: ProtobufFields) -> [String: String] {
    var labels: [String: String] = [:]
    for case (1, let label) in set {
      var name = ""
      var value = ""
      for (field, content) in label.message {
        if field == 1 { name = content.text }
        if field == 2 { value = content.text }
      }
      labels[name] = value
    }
    return labels
  }

  private static func point(_ fields: ProtobufFields) -> StoredPoint {
    var time: Int64 = 0
    var value = 0.0
    for (field, content) in fields {
      if field == 1 { value = content.double }
      if field == 2 { time = content.integer }
    }
    return StoredPoint(time: time, value: value)
  }

  private static func snapshot(_ fields: ProtobufFields) -> StoredSnapshot {
    var id = ""
    var time: Int64 = 0
    var value: Int64 = 0
    for (field, content) in fields {
      switch field {
      case 1: time = content.integer
      case 2: id = content.text
      case 4: value = content.integer
      default: break
      }
    }
    return StoredSnapshot(id: id, time: time, value: Double(value))
  }
}
