/// A server that keeps profiles of many programs over time.
///
/// To add one, write a type that conforms in a folder of its own, and its line in
/// `ProfileStores.all`. A diff is two profiles and our own diff; no server is asked for one.
public protocol ProfileStore: Sendable {
  static var service: LiveAddress.Service { get }
  /// The label that names the program.
  static var serviceLabel: String { get }

  init(_ client: StoreClient)

  /// The programs that have profiles in the range, with the types of those.
  func services(_ selector: LabelSelector, in range: TimeRange) throws(LiveError) -> [StoredService]
  func labelNames(_ selector: LabelSelector, in range: TimeRange) throws(LiveError) -> [String]
  func labelValues(
    of name: String, _ selector: LabelSelector, in range: TimeRange
  ) throws(LiveError) -> [String]
  /// What was measured over time: a point for each step that has any.
  ///
  /// - Parameter step: in seconds.
  func points(_ query: StoreQuery, step: Double) throws(LiveError) -> [StoredPoint]
  /// Single profiles in the range, oldest first; empty where the server cannot tell them apart.
  func snapshots(_ query: StoreQuery) throws(LiveError) -> [StoredSnapshot]
  /// The bytes of profiles which together are what was asked for; empty where there is none.
  ///
  /// - Parameter snapshot: the one that is wanted; nil for all in the range, summed.
  func profiles(
    _ query: StoreQuery, snapshot: StoredSnapshot?, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> [[UInt8]]
}

/// The stores of profiles that are known.
public enum ProfileStores {
  public static let all: [any ProfileStore.Type] = [PyroscopeStore.self, ParcaStore.self]

  /// The store at the address; nil where it is that of a program.
  ///
  /// - Parameter transport: what to fetch with; nil for libcurl.
  public static func store(
    at address: LiveAddress, settings: HTTPSettings, transport: (any HTTPTransport)? = nil
  ) -> (any ProfileStore)? {
    all.first { $0.service == address.service }.map {
      $0.init(StoreClient(address, settings: settings, transport: transport))
    }
  }
}

/// A program that has profiles in a store.
public struct StoredService: Hashable, Sendable {
  public let name: String
  /// By name.
  public let types: [StoredType]
}

/// What a stored profile measures: one sample type.
public struct StoredType: Hashable, Sendable {
  /// What the store calls it: `memory:inuse_space:bytes:space:bytes`.
  public let id: String

  public init(_ id: String) { self.id = id }

  private var parts: [Substring] { id.split(separator: ":", omittingEmptySubsequences: false) }

  /// The kind of profile: `memory`.
  public var profile: String { parts.first.map(String.init) ?? "" }
  /// The sample type: `inuse_space`.
  public var sampleType: String { parts.count > 1 ? String(parts[1]) : "" }
  public var unit: String { parts.count > 2 ? String(parts[2]) : "" }
  /// Whether each profile has what happened since the one before, and not what is there now.
  public var isDelta: Bool { parts.last == "delta" || !sampleType.hasPrefix("inuse") }

  /// The four types of one heap, which stores keep apart.
  public var siblings: [StoredType] {
    let heap = ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]
    var parts = parts.map(String.init)
    guard parts.count >= 5, parts[0] == "memory", heap.contains(parts[1]) else { return [self] }
    return heap.map { name in
      parts[1] = name
      parts[2] = name.hasSuffix("objects") ? "count" : "bytes"
      return StoredType(parts.joined(separator: ":"))
    }
  }
}

/// Which profiles are asked for.
public struct StoreQuery: Hashable, Sendable {
  public var type: StoredType
  public var selector: LabelSelector
  public var range: TimeRange

  public init(type: StoredType, selector: LabelSelector, range: TimeRange) {
    self.type = type
    self.selector = selector
    self.range = range
  }
}

/// What labels have to say of a profile: `{pod="pod-1", service_name="demo"}`.
public struct LabelSelector: Hashable, Sendable {
  /// By name, what each label has to be.
  public var values: [String: String]

  public init(_ values: [String: String] = [:]) { self.values = values }

  /// As Prometheus writes it, in the order of the names.
  public var text: String {
    let matchers = values.sorted { $0.key < $1.key }
      .map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
    return "{\(matchers.joined(separator: ","))}"
  }

  /// The same for where nothing has to be said: empty without labels.
  var textIfAny: String { values.isEmpty ? "" : text }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value {
      switch character {
      case "\"", "\\": text += "\\\(character)"
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
    return text
  }
}

/// A point of a series.
public struct StoredPoint: Hashable, Sendable {
  /// Milliseconds since 1970.
  public let time: Int64
  public let value: Double
}

/// One profile of many.
public struct StoredSnapshot: Hashable, Sendable {
  /// What the store calls it.
  public let id: String
  /// Milliseconds since 1970.
  public let time: Int64
  public let value: Double
}
