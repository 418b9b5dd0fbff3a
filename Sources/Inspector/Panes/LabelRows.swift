import ProfileAnalysis
import ProfileModel

/// Keys and values as rows: each key, then its values.
struct LabelRows: Sendable {
  /// A key, or one of its values.
  struct Row: Hashable {
    let key: Int
    /// Nil for the key itself.
    let value: Int?
    fileprivate let name: [UInt8]
    fileprivate let text: [UInt8]?
  }

  let totals: LabelTotals
  let units: LabelUnits?
  /// Whether values that sum to nothing are rows.
  private let showsZeros: Bool
  /// The row of each key, and the number of rows.
  private let starts: [Int]

  init() {
    totals = LabelTotals()
    units = nil
    showsZeros = false
    starts = [0]
  }

  /// - Complexity: O(*n*) in samples and in distinct sets of labels.
  init(_ profile: Profile, values: Column<Int64>, units: LabelUnits?, showsZeros: Bool) {
    totals = LabelTotals(profile, values: values) { units?[$0] ?? "" }
    self.units = units
    self.showsZeros = showsZeros
    var starts = [0]
    for key in totals.keys {
      // The heaviest come first, so nothing comes last.
      let zeros = showsZeros ? 0 : key.values.reversed().prefix { $0.sum == 0 }.count
      starts.append((starts.last ?? 0) + 1 + key.values.count - zeros)
    }
    self.starts = starts
  }

  /// The values of a key that are rows.
  private func shownValues(ofKey key: Int) -> ArraySlice<LabelTotals.Value> {
    totals.keys[key].values.prefix(starts[key + 1] - starts[key] - 1)
  }

  /// How many values a key has, and how many of them are no rows.
  func countText(ofKey key: Int) -> String {
    let count = totals.keys[key].values.count
    let shown = shownValues(ofKey: key).count
    let all = Plural.text(count, "value", "values")
    if shown == count { return all }
    return shown == 0 ? "\(all), all 0" : "\(shown) of \(all), the others are 0"
  }

  var count: Int { starts.last ?? 0 }

  subscript(index: Int) -> Row {
    let key = key(ofRow: index)
    let offset = index - starts[key]
    return row(key: key, value: offset == 0 ? nil : offset - 1)
  }

  private func row(key: Int, value: Int?) -> Row {
    let totals = totals.keys[key]
    return Row(
      key: key, value: value, name: totals.name, text: value.map { totals.values[$0].text })
  }

  private func key(ofRow index: Int) -> Int {
    var (low, high) = (0, starts.count - 1)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }

  /// The row with the same key and value as a row of other totals; nil where there is none.
  func index(of other: Row) -> Int? {
    guard let key = totals.keys.firstIndex(where: { $0.name == other.name }) else { return nil }
    guard let text = other.text else { return starts[key] }
    return shownValues(ofKey: key).firstIndex { $0.text == text }.map { starts[key] + 1 + $0 }
  }

  func sum(of row: Row) -> Int64 {
    let key = totals.keys[row.key]
    return row.value.map { key.values[$0].sum } ?? key.sum
  }

  /// The samples that a row stands for.
  func selection(of row: Row) -> LabelSelection {
    LabelSelection(key: totals.keys[row.key].id, text: row.text)
  }

  func text(of row: Row) -> String { String(decoding: row.text ?? row.name, as: UTF8.self) }

  /// The row of the next key, or of the key at `index` or the one before; nil where there is none.
  func keyRow(from index: Int, isForward: Bool) -> Int? {
    let keys = starts.dropLast()
    return isForward ? keys.first { $0 > index } : keys.last { $0 < index }
  }

  func indices(where query: SearchQuery) -> [Int] {
    func isMatch(_ bytes: [UInt8]) -> Bool {
      bytes.withUnsafeBufferPointer { query.occurs(in: $0) }
    }
    var found: [Int] = []
    for (index, key) in totals.keys.enumerated() {
      let start = starts[index]
      if isMatch(key.name) { found.append(start) }
      for (offset, value) in shownValues(ofKey: index).enumerated() where isMatch(value.text) {
        found.append(start + 1 + offset)
      }
    }
    return found
  }
}
