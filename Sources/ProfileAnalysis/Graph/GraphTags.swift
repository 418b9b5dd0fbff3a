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
    for tag in tags {
      flat &+= tag.flat
      flatDivisor &+= tag.flatDivisor
      cumulative &+= tag.cumulative
      cumulativeDivisor &+= tag.cumulativeDivisor
    }
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
    var sums: [Place: GraphTag] = [:]
    var path = SamplePath(profile, table: graph.table, tree: tree)
    for sample in profile.samples.indices {
      let value = weights.values[sample]
      let divisor = weights.divisors?[sample] ?? 0
      let tags = sets.tagsOfSets[profile.samples.labelSet(sample).index]
      guard value != 0 || divisor != 0, !tags.isEmpty else { continue }
      path.follow(profile.samples.stacks[sample], isKept: tree == nil ? isShown : nil)
      for entry in path.entries where isShown[entry] {
        for tag in tags {
          sums[Place(entry: entry, tag: tag), default: sets.tags[tag].tag].cumulative &+= value
          sums[Place(entry: entry, tag: tag)]?.cumulativeDivisor &+= divisor
        }
      }
      guard let leaf = path.leaf, isShown[leaf] else { continue }
      for tag in tags {
        sums[Place(entry: leaf, tag: tag)]?.flat &+= value
        sums[Place(entry: leaf, tag: tag)]?.flatDivisor &+= divisor
      }
    }
    for (place, tag) in sums {
      if let set = sets.tags[place.tag].set {
        numbers[place.entry, default: [:]][set, default: []].append(tag)
      } else {
        labels[place.entry, default: []].append(tag)
      }
    }
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

  private struct Place: Hashable {
    let entry: Int
    let tag: Int
  }
}
