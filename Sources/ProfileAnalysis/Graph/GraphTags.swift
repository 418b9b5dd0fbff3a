import ProfileModel

/// Labels of an entry's samples, and what those samples sum to.
public struct GraphTag: Hashable, Sendable {
  public let name: String
  /// The unit of a numeric label; empty for others.
  public var unit = ""
  /// The value of a numeric label, of those with this name the first met.
  public var value: Int64 = 0
  public internal(set) var flat: Int64 = 0
  public internal(set) var flatDivisor: Int64 = 0
  public internal(set) var cumulative: Int64 = 0
  public internal(set) var cumulativeDivisor: Int64 = 0

  public var flatValue: Int64 { SampleTotal.quotient(flat, flatDivisor) }
  public var cumulativeValue: Int64 { SampleTotal.quotient(cumulative, cumulativeDivisor) }

  /// The tags with the heaviest first.
  public static func sorted(_ tags: [GraphTag], byFlat: Bool) -> [GraphTag] {
    tags.sorted { left, right in
      if !byFlat {
        let (a, b) = (left.cumulative.wrappingMagnitude, right.cumulative.wrappingMagnitude)
        if a != b { return a > b }
      }
      let (a, b) = (left.flat.wrappingMagnitude, right.flat.wrappingMagnitude)
      if a != b { return a > b }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
  }

  /// A tag of several, with their sums and means.
  public init(name: String, sumOf tags: [GraphTag]) {
    self.name = name
    for tag in tags { add(tag) }
  }

  mutating func add(_ other: GraphTag) {
    flat &+= other.flat
    flatDivisor &+= other.flatDivisor
    cumulative &+= other.cumulative
    cumulativeDivisor &+= other.cumulativeDivisor
  }

  init(name: String, unit: String = "", value: Int64 = 0) {
    self.name = name
    self.unit = unit
    self.value = value
  }
}

/// How labels of samples become tags of a graph's entries.
public struct GraphTagging: Sendable {
  /// The unit in which numeric labels are named; `minimum` for the one that suits each.
  public var outputUnit: String
  /// The unit of the numeric label `bytes`, the only one that becomes a tag.
  public var bytesUnit: String

  public init(outputUnit: String, bytesUnit: String) {
    self.outputUnit = outputUnit
    self.bytesUnit = bytesUnit
  }
}

/// The tags of a graph's entries.
public struct GraphTags: Sendable {
  /// How many tags of one kind a drawing shows at an entry.
  public static let shownPerEntry = 4

  /// By entry, a tag for each set of labels that are not numeric.
  public private(set) var labels: [Int: [GraphTag]] = [:]
  /// By entry and name of the labels that go with them, the numeric tags.
  public private(set) var numbers: [Int: [String: [GraphTag]]] = [:]

  init() {}

  init(
    _ profile: Profile, graph: CallGraph, tree: CallTreeEdges?, weights: GraphWeights,
    tagging: GraphTagging
  ) {
    guard profile.samples.hasLabels else { return }
    let sets = LabelSetTags(profile, tagging)
    let isShown = graph.shownMask()
    var path = SamplePath(profile, table: graph.table, tree: tree)
    var sums = EntrySums(count: graph.totals.count)
    var ofPlaces: [Place: GraphTag] = [:]
    // Of samples with the same tags the sums are the same, so they are added up together.
    for (tags, samples) in sets.samplesByTags(of: profile) {
      for sample in samples {
        let value = weights.values[sample]
        let divisor = weights.divisors?[sample] ?? 0
        guard value != 0 || divisor != 0 else { continue }
        path.follow(profile.samples.stacks[sample], isKept: tree == nil ? isShown : nil)
        sums.add(value, divisor, to: path)
      }
      for (entry, sum) in sums.take() where isShown[entry] {
        // One tag can be in several lists.
        for tag in tags {
          ofPlaces[Place(entry: entry, tag: tag), default: sets.tags[tag].tag].add(sum)
        }
      }
    }
    for (place, tag) in ofPlaces {
      if let set = sets.tags[place.tag].set {
        numbers[place.entry, default: [:]][set, default: []].append(tag)
      } else {
        labels[place.entry, default: []].append(tag)
      }
    }
  }

  private struct Place: Hashable {
    let entry: Int
    let tag: Int
  }

  /// How many tags of the entry have a value of their own.
  func flatCount(of entry: Int) -> Int {
    let named = labels[entry]?.count { $0.flat != 0 } ?? 0
    let numeric = numbers[entry]?.values.reduce(0) { $0 + $1.count { $0.flat != 0 } } ?? 0
    return named + numeric
  }

  mutating func dropLight(_ cutoff: Int64) {
    let isKept = { (tag: GraphTag) in
      tag.flat.wrappingMagnitude >= cutoff || tag.cumulative.wrappingMagnitude >= cutoff
    }
    labels = labels.mapValues { $0.filter(isKept) }
    numbers = numbers.mapValues { $0.mapValues { $0.filter(isKept) } }
  }
}

/// The sums of some samples by entry, and which entries have any.
private struct EntrySums {
  private var sums: [GraphTag]
  private var isTouched: [Bool]
  private var touched: [Int] = []

  init(count: Int) {
    sums = Array(repeating: GraphTag(name: ""), count: count)
    isTouched = Array(repeating: false, count: count)
  }

  mutating func add(_ value: Int64, _ divisor: Int64, to path: SamplePath) {
    for entry in path.entries {
      if !isTouched[entry] {
        isTouched[entry] = true
        touched.append(entry)
      }
      sums[entry].cumulative &+= value
      sums[entry].cumulativeDivisor &+= divisor
    }
    guard let leaf = path.leaf else { return }
    sums[leaf].flat &+= value
    sums[leaf].flatDivisor &+= divisor
  }

  /// The sums since the last call.
  mutating func take() -> [(entry: Int, sum: GraphTag)] {
    defer {
      for entry in touched {
        isTouched[entry] = false
        sums[entry] = GraphTag(name: "")
      }
      touched.removeAll(keepingCapacity: true)
    }
    return touched.map { ($0, sums[$0]) }
  }
}
