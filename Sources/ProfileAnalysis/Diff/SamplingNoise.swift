import ProfileModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How far the values of a profile may be off because it saw a sample of what happened.
///
/// A heap profile at rate *r* (its period, in bytes) sees an object of *s* bytes with the chance
/// `p = 1 - exp(-s / r)`, and writes each one that it saw as `1 / p` objects. Of *n* objects written
/// it saw `k = n p`; the variance of such an estimate is `k (1 - p) / p² = n (1 - p) / p` objects
/// squared, times `s²` in bytes. Go keeps a sample for each size of object, so that *s* is exact:
/// bytes by objects.
///
/// Events that a profile counts one by one (samples of a CPU profile, contentions) scatter as counts
/// do: by `√n`. What they measure (time, delays) scatters by the mean of an event times that.
/// Goroutines and threads are all counted: their numbers are exact.
///
/// Samples are independent of each other, so variances add up, over the samples of a symbol and
/// over the two sides of a comparison. For two snapshots of one process that is the upper bound:
/// what lives in both was seen in both.
public struct SamplingNoise: Sendable {
  /// How the values of one sample type scatter.
  private enum Model: Sendable {
    case exact
    /// Objects and bytes at a sampling rate in bytes.
    case heap(objects: Int, space: Int, rate: Double)
    /// Each unit of the value is an event.
    case count
    /// An event stands for this much.
    case events(Double)
    /// As many events as the other type says.
    case measured(count: Int)
  }

  private let profile: Profile
  private let models: [Model]

  /// - Complexity: O(1); `variances(ofType:)` is O(*n*) in samples.
  public init(_ profile: Profile) {
    self.profile = profile
    let header = profile.header
    models = header.sampleTypes.indices.map { Self.model(of: $0, header) }
  }

  /// Whether the values of the type are exact, as those of every object or every goroutine.
  public func isExact(_ type: Int) -> Bool {
    if case .exact = models[type] { return true }
    return false
  }

  /// The same of the type with that name; true where there is none.
  func isExact(named name: String) -> Bool {
    profile.header.sampleTypes.firstIndex { $0.type == name }.map(isExact) ?? true
  }

  /// The variance of each sample's value: the square of its standard error, in the type's unit.
  public func variances(ofType type: Int) -> [Double] {
    profile.samples.indices.map { variance(ofType: type, sample: $0) }
  }

  /// The variance of one sample's value.
  public func variance(ofType type: Int, sample: Int) -> Double {
    let values = profile.samples.values
    let value = Double(values[type][sample]).magnitude
    switch models[type] {
    case .exact: return 0
    case .count: return value
    case .events(let amount): return value * amount
    case .measured(let count):
      return value * value / max(Double(values[count][sample]).magnitude, 1)
    case .heap(let objects, let space, let rate):
      let count = Double(values[objects][sample]).magnitude
      let bytes = Double(values[space][sample]).magnitude
      guard bytes > 0 else { return 0 }
      // Bytes without objects are written by nobody who samples; one object is the least.
      let size = bytes / max(count, 1)
      let objectVariance = max(count, 1) / expm1(size / rate)
      return type == space ? objectVariance * size * size : objectVariance
    }
  }

  private static func model(of type: Int, _ header: ProfileHeader) -> Model {
    let types = header.sampleTypes
    let (mine, period) = (types[type], Double(header.period))
    if let pair = heapPair(of: type, types) {
      // Without a rate nothing says that it was sampled.
      guard header.periodType?.type == "space", period > 1 else { return .exact }
      return .heap(objects: pair.objects, space: pair.space, rate: period)
    }
    if types.count == 1, let counted = header.periodType, counted.type == mine.type,
      header.period == 1
    {
      return .exact
    }
    if mine.unit == "count" { return .count }
    if let counted = header.periodType, counted == mine, period >= 1 { return .events(period) }
    let counts = types.indices.filter { types[$0].unit == "count" }
    if counts.count == 1 { return .measured(count: counts[0]) }
    return .exact
  }

  /// The types that count and measure the same objects: `inuse_objects` and `inuse_space`.
  private static func heapPair(
    of type: Int, _ types: [ValueType]
  ) -> (objects: Int, space: Int)? {
    let name = types[type].type
    for (mine, other) in [("objects", "space"), ("space", "objects")] where name.hasSuffix(mine) {
      let wanted = name.dropLast(mine.count) + other
      guard let found = types.firstIndex(where: { $0.type == wanted }) else { continue }
      return mine == "objects" ? (type, found) : (found, type)
    }
    return nil
  }
}
