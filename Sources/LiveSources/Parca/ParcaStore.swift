import JSONReading

/// Parca: its query service over REST.
///
/// Reads only. Where there is nothing, it answers with its web page and 200.
public struct ParcaStore: ProfileStore {
  public static let service = LiveAddress.Service.parca
  public static let serviceLabel = "job"

  private let client: StoreClient

  public init(_ client: StoreClient) { self.client = client }

  // MARK: What there is

  /// As with `labelValues`, the selector changes nothing.
  public func services(
    _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [StoredService] {
    let answer = try get("profiles/types", Self.bounds(range))
    let types = answer.value["types"].elements.map(Self.type).sorted { $0.id < $1.id }
    guard !types.isEmpty else { return [] }
    return try labelValues(of: "job", LabelSelector(), in: range).map {
      StoredService(name: $0, types: types)
    }
  }

  public func labelNames(
    _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [String] {
    let answer = try get("profiles/labels", Self.bounds(range))
    return answer.value["labelNames"].elements.compactMap(\.text).sorted()
  }

  /// The server pays no heed to the selector.
  public func labelValues(
    of name: String, _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [String] {
    let name = LiveAddress.percentEncoded(name)
    let answer = try get("profiles/labels/\(name)/values", Self.bounds(range))
    return answer.value["labelValues"].elements.compactMap(\.text).sorted()
  }

  // MARK: Over time

  public func points(_ query: StoreQuery, step: Double) throws(LiveError) -> [StoredPoint] {
    let samples = try samples(query, [("step", "\(max(Int(step), 1))s")])
    return samples.map { StoredPoint(time: $0.time, value: $0.value) }
  }

  /// Every profile is one, known by its time to the nanosecond.
  public func snapshots(_ query: StoreQuery) throws(LiveError) -> [StoredSnapshot] {
    try samples(query, []).map {
      StoredSnapshot(id: $0.timestamp, time: $0.time, value: $0.value)
    }
  }

  private struct Sample {
    let timestamp: String
    let time: Int64
    let value: Double
  }

  private func samples(
    _ query: StoreQuery, _ more: [(String, String)]
  ) throws(LiveError) -> [Sample] {
    let parameters = [("query", Self.text(query))] + Self.bounds(query.range) + more
    guard let answer = try getIfAny("profiles/query_range", parameters) else { return [] }
    return answer.value["series"].elements.flatMap(\.["samples"].elements)
      .compactMap { sample -> Sample? in
        guard let timestamp = sample["timestamp"].text,
          let time = Timestamp.milliseconds(timestamp), let value = sample["value"].number
        else { return nil }
        return Sample(timestamp: timestamp, time: time, value: value)
      }
      .sorted { ($0.time, $0.timestamp) < ($1.time, $1.timestamp) }
  }

  // MARK: Profiles

  public func profiles(
    _ query: StoreQuery, snapshot: StoredSnapshot?, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> [[UInt8]] {
    var parameters: [(String, String)]
    if let snapshot {
      parameters = [
        ("mode", "MODE_SINGLE_UNSPECIFIED"), ("single.query", Self.text(query)),
        ("single.time", snapshot.id),
      ]
    } else {
      parameters = [
        ("mode", "MODE_MERGE"), ("merge.query", Self.text(query)),
        ("merge.start", Timestamp.text(query.range.start)),
        ("merge.end", Timestamp.text(query.range.end)),
      ]
    }
    parameters.append(("reportType", "REPORT_TYPE_PPROF"))
    guard let answer = try getIfAny("profiles/query", parameters, progress) else { return [] }
    guard let text = answer.value["pprof"].text, let bytes = Base64.decode(text) else {
      throw LiveError(.answer, "Parca's answer holds no profile")
    }
    return [bytes]
  }

  // MARK: Calls

  /// The selector with the type before it, in which `:delta` belongs to the name.
  private static func text(_ query: StoreQuery) -> String {
    query.type.id + query.selector.text
  }

  private static func bounds(_ range: TimeRange) -> [(String, String)] {
    [("start", Timestamp.text(range.start)), ("end", Timestamp.text(range.end))]
  }

  private static func type(_ value: JSONDocument.Value) -> StoredType {
    let names = ["name", "sampleType", "sampleUnit", "periodType", "periodUnit"]
    let parts = names.map { value[$0].text ?? "" } + (value["delta"].isTrue ? ["delta"] : [])
    return StoredType(parts.joined(separator: ":"))
  }

  private func get(
    _ path: String, _ parameters: [(String, String)]
  ) throws(LiveError) -> JSONDocument {
    guard let document = try getIfAny(path, parameters) else {
      throw LiveError(
        .answer, "answered with a web page: is this Parca's address, with its prefix?")
    }
    return document
  }

  /// The answer; nil where it is a web page, which stands for "nothing found" as well.
  private func getIfAny(
    _ path: String, _ parameters: [(String, String)],
    _ progress: (FetchProgress) -> Bool = { _ in true }
  ) throws(LiveError) -> JSONDocument? {
    let query = parameters.map { "\($0)=\(LiveAddress.percentEncoded($1))" }
    let response = try client.send(
      "api/\(path)", query: query.joined(separator: "&"), progress: progress)
    guard response.status == 200 else { throw StoreErrors.error(response, server: "Parca") }
    if response.contentType == "text/html" { return nil }
    guard response.contentType == "application/json", let document = JSONDocument(response.body),
      document.value.isObject
    else { throw LiveError(.answer, "what answers there is no Parca") }
    return document
  }
}
