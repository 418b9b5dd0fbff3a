import ProfileModel

/// The same symbols in snapshot after snapshot.
///
/// Snapshots are added one at a time and not kept: what stays is a vector of sums for each function
/// and sample type, and one for the totals. Functions match by name and file.
public struct ProfileSeries: Sendable {
  /// A snapshot, as it is told of.
  public struct Step: Hashable, Sendable {
    public let name: String
    /// When it was taken, in nanoseconds since 1970 UTC; 0 where not given.
    public let timeNanos: Int64
  }

  /// What a function costs in every step.
  public struct Symbol: Hashable, Sendable {
    public let name: String
    public let file: String
  }

  /// The sample types that all snapshots have, in the units of the first.
  public private(set) var types: [ValueType]
  /// The name of the type to show first.
  public let defaultType: String
  public private(set) var steps: [Step] = []
  public private(set) var symbols: [Symbol] = []
  private var ids: [Symbol: Int] = [:]
  /// By type, and then by symbol, the values of the steps so far; shorter where the last are 0.
  private var flats: [[StepValues]]
  private var cumulatives: [[StepValues]]
  /// By type, the sum of each step.
  private var sums: [[Int64]]

  /// A series without steps, of the sample types of `first`.
  public init(like first: Profile) {
    types = first.header.sampleTypes
    defaultType = first.header.defaultSampleType
    flats = types.map { _ in [] }
    cumulatives = types.map { _ in [] }
    sums = types.map { _ in [] }
  }

  /// Adds a snapshot; types that it does not have are dropped from the series.
  ///
  /// - Throws: `ComparisonError` where none would be left; nothing is added then.
  /// - Complexity: O(*n*) in the frames of the profile's distinct stacks.
  public mutating func add(_ profile: Profile, name: String) throws(ComparisonError) {
    var columns: [(own: Int, ratio: Double, theirs: Int)] = []
    for (index, type) in types.enumerated() {
      let found = profile.header.sampleTypes.firstIndex {
        $0.type == type.type && Measurement.areConvertible($0.unit, type.unit)
      }
      guard let found else { continue }
      let unit = profile.header.sampleTypes[found].unit
      let ratio =
        unit == type.unit ? 1 : Measurement.scale(1, from: unit, to: type.unit).value
      columns.append((index, ratio, found))
    }
    guard !columns.isEmpty else {
      throw .noCommonTypes(
        base: types.map(\.type), other: profile.header.sampleTypes.map(\.type))
    }
    if columns.count < types.count {
      types = columns.map { types[$0.own] }
      flats = columns.map { flats[$0.own] }
      cumulatives = columns.map { cumulatives[$0.own] }
      sums = columns.map { sums[$0.own] }
    }
    let nodes = NodeTable(profile, granularity: .filefunctions)
    let rows = nodes.indices.map { id(of: NodeID($0), in: nodes) }
    let step = steps.count
    for (type, column) in columns.enumerated() {
      let values = profile.samples.values[column.theirs]
      let totals = NodeTotals.compute(profile, nodes: nodes, values: values)
      func scaled(_ value: Int64) -> Int64 { value.scaled(by: column.ratio) }
      for (node, row) in rows.enumerated() {
        flats[type].set(scaled(totals.flat[node]), row: row, step: step)
        cumulatives[type].set(scaled(totals.cumulative[node]), row: row, step: step)
      }
      sums[type].append(scaled(values.reduce(0, &+)))
    }
    steps.append(Step(name: name, timeNanos: profile.header.timeNanos))
  }

  /// Drops the oldest steps; symbols keep their numbers.
  public mutating func removeFirst(_ count: Int) {
    let count = min(max(count, 0), steps.count)
    steps.removeFirst(count)
    for type in types.indices {
      sums[type].removeFirst(count)
      for row in flats[type].indices {
        flats[type][row] = StepValues(flats[type][row].values.dropFirst(count))
      }
      for row in cumulatives[type].indices {
        cumulatives[type][row] = StepValues(cumulatives[type][row].values.dropFirst(count))
      }
    }
  }

  /// Puts the steps in order of time, then of their names, where all say when they were taken; else
  /// in that of names.
  ///
  /// - Returns: for each step, which it was before.
  public mutating func sortByTime() -> [Int] {
    let isTimed = steps.allSatisfy { $0.timeNanos != 0 }
    let order = steps.indices.sorted { left, right in
      let (a, b) = (steps[left], steps[right])
      if isTimed, a.timeNanos != b.timeNanos { return a.timeNanos < b.timeNanos }
      return a.name != b.name ? a.name < b.name : left < right
    }
    guard order != Array(steps.indices) else { return order }
    steps = order.map { steps[$0] }
    for type in types.indices {
      sums[type] = order.map { sums[type][$0] }
      for row in flats[type].indices { flats[type][row] = Self.sorted(flats[type][row], order) }
      for row in cumulatives[type].indices {
        cumulatives[type][row] = Self.sorted(cumulatives[type][row], order)
      }
    }
    return order
  }

  private static func sorted(_ row: StepValues, _ order: [Int]) -> StepValues {
    let values = row.values
    return values.isEmpty
      ? row : StepValues(order.lazy.map { $0 < values.count ? values[$0] : 0 })
  }

  /// What chooses among the types, as in a profile.
  public var header: ProfileHeader {
    var header = ProfileHeader(sampleTypes: types)
    header.defaultSampleType = defaultType
    return header
  }

  private mutating func id(of node: NodeID, in nodes: NodeTable) -> Int {
    var symbol = Symbol(
      name: nodes.strings[nodes.names[node.index]], file: nodes.strings[nodes.files[node.index]])
    if symbol.name.isEmpty { symbol = Symbol(name: nodes.printableName(of: node), file: "") }
    if let id = ids[symbol] { return id }
    let id = symbols.count
    symbols.append(symbol)
    ids[symbol] = id
    return id
  }

  /// What the symbol costs itself in each step.
  public func flat(_ symbol: Int, ofType type: Int) -> [Int64] { vector(flats[type], symbol) }

  /// What the symbol costs with all that it calls in each step.
  public func cumulative(_ symbol: Int, ofType type: Int) -> [Int64] {
    vector(cumulatives[type], symbol)
  }

  /// The sum of each step.
  public func total(ofType type: Int) -> [Int64] { sums[type] }

  private func vector(_ rows: [StepValues], _ symbol: Int) -> [Int64] {
    guard rows.indices.contains(symbol) else { return Array(repeating: 0, count: steps.count) }
    let known = rows[symbol].values
    return known + Array(repeating: 0, count: max(steps.count - known.count, 0))
  }
}

extension [StepValues] {
  /// Adds to the value of a row in a step: of several nodes that read alike all count.
  fileprivate mutating func set(_ value: Int64, row: Int, step: Int) {
    guard value != 0 else { return }
    while count <= row { append(StepValues()) }
    self[row].add(value, step: step)
  }
}
