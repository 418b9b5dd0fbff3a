/// Numbers that look random and are the same in every run and on every machine (SplitMix64).
struct RandomNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, `count`.
  mutating func next(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func next(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + next(below: range.count)
  }

  /// True in `percent` of a hundred calls.
  mutating func chance(_ percent: Int) -> Bool { next(below: 100) < percent }
}

/// Ranks of which the second is half as frequent as the first, the third a third, and so on.
///
/// Whole numbers only, so that every machine draws the same.
struct ZipfRanks {
  private var bounds: [UInt64] = []

  /// Ranks from 0 up to, not including, `count`.
  init(count: Int) {
    var sum: UInt64 = 0
    for rank in 1...max(count, 1) {
      sum += (1 << 40) / UInt64(rank)
      bounds.append(sum)
    }
  }

  func draw(_ numbers: inout RandomNumbers) -> Int {
    let drawn = UInt64(numbers.next(below: Int(bounds[bounds.count - 1])))
    var low = 0
    var high = bounds.count - 1
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] > drawn { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
