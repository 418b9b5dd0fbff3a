import ProfileModel

/// The weights of calls between kept nodes while they are added up, stack by stack.
struct CallWeights: ~Copyable {
  /// A call between two nodes, by their numbers.
  struct Pair: BitwiseCopyable, Hashable {
    var caller: UInt32
    var callee: UInt32
  }

  struct Slot: BitwiseCopyable {
    var pair = Pair(caller: .max, callee: .max)
    /// `.max` where it is free.
    var row = UInt32.max
  }

  // Rows of one table.
  private var pairs = ColumnBuilder<Pair>()
  /// The flag of an occurrence of a call: whether it is inlined.
  var path = PathSums(count: 0, spareRow: none, flagBits: 1)
  /// Rows by hash, with their calls, so that one look into memory finds them: open addressing, at
  /// most half full; its size is a power of two.
  private var slots: ColumnBuilder<Slot>
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  /// - Parameter nodeCount: how many nodes call each other.
  init(nodeCount: Int) {
    var size = 1024
    while size < min(nodeCount, 1 << 16) * 4 { size *= 2 }
    slots = ColumnBuilder(capacity: size)
    slots.append(repeating: Slot(), count: size)
    _ = row(from: .max, to: .max)
  }

  /// The call, as `call(from:to:isInlined:)` writes it, that is none.
  static let none: UInt32 = 0

  /// The mark of each node, of its calls that weigh at least `minimumWeight`.
  func marks(nodeCount: Int, minimumWeight: Int64) -> [InlineMark] {
    var hasInlined = [Bool](repeating: false, count: nodeCount)
    var hasPlain = hasInlined
    for row in 0..<pairs.count {
      let sum = path.sums[row]
      let pair = pairs[row]
      // Some rows are no calls between two nodes, or none that any stack has.
      if pair.caller == pair.callee || pair.caller == .max || sum.marks == 0 { continue }
      // The smallest integer stays negative, as in pprof.
      let magnitude = sum.weight < 0 ? 0 &- sum.weight : sum.weight
      if magnitude < minimumWeight { continue }
      if sum.marks & 1 == 0 {
        hasInlined[Int(pair.callee)] = true
      } else {
        hasPlain[Int(pair.callee)] = true
      }
    }
    return zip(hasInlined, hasPlain).map { $0 ? ($1 ? .partial : .whole) : .none }
  }

  /// The call in one integer: its row, added where it is new, and whether it is inlined.
  ///
  /// - Parameter caller: `.max` where nothing that is kept calls.
  mutating func call(from caller: UInt32, to callee: UInt32, isInlined: Bool) -> UInt32 {
    UInt32(truncatingIfNeeded: row(from: caller, to: callee)) << 1 | (isInlined ? 1 : 0)
  }

  private mutating func row(from caller: UInt32, to callee: UInt32) -> Int {
    let pair = Pair(caller: caller, callee: callee)
    let mask = slots.count &- 1
    var slot = hash(pair) & mask
    while slots[slot].row != .max {
      let known = slots[slot]
      if known.pair == pair { return Int(known.row) }
      slot = (slot &+ 1) & mask
    }
    precondition(pairs.count < 1 << 31, "too many calls")
    slots[slot] = Slot(pair: pair, row: UInt32(pairs.count))
    pairs.append(pair)
    path.sums.append(PathSums.Sum())
    if pairs.count &* 2 >= slots.count { growSlots() }
    return pairs.count - 1
  }

  private mutating func growSlots() {
    let count = slots.count * 2
    slots = ColumnBuilder(capacity: count)
    slots.append(repeating: Slot(), count: count)
    for row in 0..<pairs.count {
      var slot = hash(pairs[row]) & (count - 1)
      while slots[slot].row != .max { slot = (slot &+ 1) & (count - 1) }
      slots[slot] = Slot(pair: pairs[row], row: UInt32(row))
    }
  }

  @inline(__always) private func hash(_ pair: Pair) -> Int {
    let key = UInt64(pair.caller) << 32 | UInt64(pair.callee)
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
