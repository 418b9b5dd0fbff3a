import ProfileModel

/// The columns of a profile that say how much was allocated, for the sample type that is shown.
public struct EscapeMeasure: Hashable, Sendable {
  /// The column that rows are ordered by.
  public let shown: Int
  /// The column of bytes; that of the shown values where the profile has none.
  public let bytes: Int
  /// The column of counts; nil where the profile has none.
  public let objects: Int?

  public init(_ header: ProfileHeader, shown: Int) {
    self.init(types: header.sampleTypes, shown: shown)
  }

  /// - Parameters:
  ///   - types: what can be shown.
  ///   - shown: the index of the one that is.
  ///   - values: the column of values of a type, by its index.
  public init(types: [ValueType], shown: Int, values: (Int) -> Int = { $0 }) {
    self.shown = values(shown)
    let name = types.indices.contains(shown) ? types[shown].type : ""
    let family = name.prefix { $0 != "_" }
    func column(_ suffix: String) -> Int? {
      types.firstIndex { $0.type == "\(family)_\(suffix)" }
    }
    bytes = values(column("space") ?? shown)
    let counts = types.indices.filter { types[$0].unit == "count" && $0 != shown }
    let objects =
      column("objects")
      ?? (types.indices.contains(shown) && types[shown].unit == "count"
        ? shown : counts.count == 1 ? counts.first : nil)
    self.objects = objects.map(values)
  }
}

/// How much: bytes (or time), and how many.
public struct EscapeAmount: Hashable, Sendable {
  public var bytes: Int64 = 0
  public var objects: Int64 = 0
  /// The value of the sample type that is shown: one of the two.
  public var shown: Int64 = 0

  public init(bytes: Int64 = 0, objects: Int64 = 0, shown: Int64 = 0) {
    self.bytes = bytes
    self.objects = objects
    self.shown = shown
  }

  public var isZero: Bool { bytes == 0 && objects == 0 && shown == 0 }

  public mutating func add(_ other: EscapeAmount) {
    bytes &+= other.bytes
    objects &+= other.objects
    shown &+= other.shown
  }
}
