import ProfileModel

/// Labels of an entry's samples, and what those samples sum to.
public struct GraphTag: Hashable, Sendable {
  /// As it is drawn, whatever bytes the labels have.
  public let name: [UInt8]
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
      return left.name.lexicographicallyPrecedes(right.name)
    }
  }

  /// A tag of several, with their sums; where there are divisors, with the means instead.
  public init(name: [UInt8], sumOf tags: [GraphTag]) {
    self.name = name
    var sums = TagSums()
    for tag in tags { sums.add(tag.sums) }
    flat = SampleTotal.quotient(sums.flat, sums.flatDivisor)
    cumulative = SampleTotal.quotient(sums.cumulative, sums.cumulativeDivisor)
  }

  private var sums: TagSums {
    TagSums(
      flat: flat, flatDivisor: flatDivisor, cumulative: cumulative,
      cumulativeDivisor: cumulativeDivisor)
  }

  /// The tag with what samples sum to.
  func with(_ sums: TagSums) -> GraphTag {
    var tag = self
    tag.flat = sums.flat
    tag.flatDivisor = sums.flatDivisor
    tag.cumulative = sums.cumulative
    tag.cumulativeDivisor = sums.cumulativeDivisor
    return tag
  }

  init(name: [UInt8], unit: String = "", value: Int64 = 0) {
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

  /// The tags without values, and the labels that numeric ones go with.
  private var known: [(tag: GraphTag, set: [UInt8]?)] = []
  /// Those of each entry after those of the one before.
  private var rows: [Row] = []
  /// Where the rows of each entry begin, and where the last ones end.
  private var starts: [Int] = []

  private struct Row {
    let entry, tag: UInt32
    let sums: TagSums
  }

  init() {}

  /// - Parameter cutoff: tags of which neither sum reaches it are left out.
  init(
    _ profile: Profile, graph: CallGraph, tree: CallTreeEdges?, weights: GraphWeights,
    tagging: GraphTagging, cutoff: Int64
  ) {
    guard profile.samples.hasLabels else { return }
    let sets = LabelSetTags(profile, tagging)
    known = sets.tags
    let isShown = graph.shownMask()
    var path = SamplePath(profile, table: graph.table, tree: tree)
    var sums = EntrySums(count: graph.totals.count)
    var found: [Row] = []
    // One tag at a time, so that there are sums of one only: most are too light to be kept.
    for (tag, groups) in sets.samplesByTag(of: profile).enumerated() {
      for (samples, times) in groups {
        for sample in samples {
          let value = weights.values[sample]
          let divisor = weights.divisors?[sample] ?? 0
          guard value != 0 || divisor != 0 else { continue }
          path.follow(profile.samples.stacks[sample], isKept: tree == nil ? isShown : nil)
          sums.add(value &* Int64(times), divisor &* Int64(times), to: path)
        }
      }
      sums.take { entry, sum in
        guard isShown[entry], sum.reaches(cutoff) else { return }
        found.append(
          Row(
            entry: UInt32(truncatingIfNeeded: entry), tag: UInt32(truncatingIfNeeded: tag),
            sums: sum))
      }
    }
    rows = found.sorted { ($0.entry, $0.tag) < ($1.entry, $1.tag) }
    starts = Array(repeating: 0, count: graph.totals.count + 1)
    for row in rows { starts[Int(row.entry) + 1] += 1 }
    for entry in 0..<graph.totals.count { starts[entry + 1] += starts[entry] }
  }

  /// A tag for each set of labels that are not numeric.
  public func labels(of entry: Int) -> [GraphTag] {
    rows(of: entry).compactMap { row in
      let (tag, set) = known[Int(row.tag)]
      return set == nil ? tag.with(row.sums) : nil
    }
  }

  /// The numeric tags by the name of the labels that go with them.
  public func numbers(of entry: Int) -> [[UInt8]: [GraphTag]] {
    var numbers: [[UInt8]: [GraphTag]] = [:]
    for row in rows(of: entry) {
      let (tag, set) = known[Int(row.tag)]
      if let set { numbers[set, default: []].append(tag.with(row.sums)) }
    }
    return numbers
  }

  /// How many tags of the entry have a value of their own.
  func flatCount(of entry: Int) -> Int { rows(of: entry).count { $0.sums.flat != 0 } }

  private func rows(of entry: Int) -> ArraySlice<Row> {
    starts.isEmpty ? [] : rows[starts[entry]..<starts[entry + 1]]
  }
}

/// What the samples of a tag sum to at an entry.
struct TagSums {
  var flat: Int64 = 0
  var flatDivisor: Int64 = 0
  var cumulative: Int64 = 0
  var cumulativeDivisor: Int64 = 0

  mutating func add(_ other: TagSums) {
    flat &+= other.flat
    flatDivisor &+= other.flatDivisor
    cumulative &+= other.cumulative
    cumulativeDivisor &+= other.cumulativeDivisor
  }

  func reaches(_ cutoff: Int64) -> Bool {
    flat.wrappingMagnitude >= cutoff || cumulative.wrappingMagnitude >= cutoff
  }
}

/// The sums of some samples by entry, and which entries have any.
private struct EntrySums {
  private var sums: [TagSums]
  private var isTouched: [Bool]
  private var touched: [Int] = []

  init(count: Int) {
    sums = Array(repeating: TagSums(), count: count)
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

  /// Gives out the sums since the last call.
  mutating func take(_ body: (_ entry: Int, _ sums: TagSums) -> Void) {
    for entry in touched {
      body(entry, sums[entry])
      isTouched[entry] = false
      sums[entry] = TagSums()
    }
    touched.removeAll(keepingCapacity: true)
  }
}
