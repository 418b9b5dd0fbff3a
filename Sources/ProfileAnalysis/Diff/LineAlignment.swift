/// Finds the lines of a function again in another build, by what is left unchanged around them.
///
/// Lines keep their order. Which of them are the same is told by what they call, then by how far
/// the lines beside them moved.
enum LineAlignment {
  /// A line that samples stand on.
  struct Row {
    /// From the function's first line where that is known, else from that of the file.
    var offset: Int64
    /// The functions called from it, with a mark for what it costs itself; ascending.
    var callees: [UInt32]
  }

  /// More pairs of lines than this are told by their offsets alone.
  static let pairLimit = 250_000

  /// For each line of `base` the index of the one in `other` that it became; nil where it is gone.
  ///
  /// - Parameters: rows in ascending order of offsets, without repetitions.
  /// - Complexity: O(*n m*), up to `pairLimit`.
  static func match(_ base: [Row], _ other: [Row]) -> [Int?] {
    if base.map(\.offset) == other.map(\.offset) { return base.indices.map { $0 } }
    guard !base.isEmpty, !other.isEmpty,
      !base.count.multipliedReportingOverflow(by: other.count).overflow,
      base.count * other.count <= pairLimit
    else { return sameOffsets(base, other) }
    let shift = usualShift(base, other)
    let width = other.count + 1
    // The best score of the first i and j rows.
    var best = [Double](repeating: 0, count: (base.count + 1) * width)
    func score(_ i: Int, _ j: Int) -> Double {
      let score = 4 * similarity(base[i].callees, other[j].callees)
      let moved = other[j].offset &- base[i].offset
      return moved == shift ? score + 1 : score
    }
    for i in base.indices {
      for j in other.indices {
        let paired = score(i, j)
        var value = max(best[i * width + j + 1], best[(i + 1) * width + j])
        if paired > 0 { value = max(value, best[i * width + j] + paired) }
        best[(i + 1) * width + j + 1] = value
      }
    }
    var result = [Int?](repeating: nil, count: base.count)
    var (i, j) = (base.count, other.count)
    while i > 0, j > 0 {
      let value = best[i * width + j]
      let paired = score(i - 1, j - 1)
      if paired > 0, value == best[(i - 1) * width + j - 1] + paired {
        result[i - 1] = j - 1
        (i, j) = (i - 1, j - 1)
      } else if value == best[(i - 1) * width + j] {
        i -= 1
      } else {
        j -= 1
      }
    }
    return result
  }

  private static func sameOffsets(_ base: [Row], _ other: [Row]) -> [Int?] {
    let index = Dictionary(other.enumerated().map { ($1.offset, $0) }) { first, _ in first }
    return base.map { index[$0.offset] }
  }

  /// By how much most lines moved that call the same; the smallest of several.
  private static func usualShift(_ base: [Row], _ other: [Row]) -> Int64 {
    var weights: [Int64: Double] = [0: 0.01]
    for mine in base {
      for theirs in other {
        let alike = similarity(mine.callees, theirs.callees)
        if alike > 0 { weights[theirs.offset &- mine.offset, default: 0] += alike }
      }
    }
    let found = weights.max { left, right in
      left.value != right.value
        ? left.value < right.value
        : (left.key.magnitude, left.key) > (right.key.magnitude, right.key)
    }
    return found?.key ?? 0
  }

  /// From 0 where nothing is shared to 1 where all is.
  private static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        shared += 1
        (i, j) = (i + 1, j + 1)
      } else if left[i] < right[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let all = left.count + right.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }
}
