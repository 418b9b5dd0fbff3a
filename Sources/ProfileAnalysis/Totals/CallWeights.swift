import ProfileModel

/// The weights of calls between kept nodes while they are added up, stack by stack.
struct CallWeights: ~Copyable {
  /// A call between two nodes, by their numbers.
  struct Pair: BitwiseCopyable, Hashable {
    var caller: UInt32
    var callee: UInt32
  }

  /// What is known of a call.
  struct Sum: BitwiseCopyable {
    var weight: Int64 = 0
    /// A call counts once in a stack.
    var lastStack = UInt32.max
    /// 1 where an occurrence that counted was not inlined.
    var plain: UInt32 = 0
  }

  // Rows of one table.
  private var pairs = ColumnBuilder<Pair>()
  private var sums = ColumnBuilder<Sum>()
  /// Rows by hash, open addressing, at most half full, `.max` where free; its size is a power of
  /// two.
  private var slots: ColumnBuilder<UInt32>
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  init() {
    slots = ColumnBuilder(capacity: 1024)
    slots.append(repeating: .max, count: 1024)
    _ = row(from: .max, to: .max)
  }

  /// The call, as `call(from:to:isInlined:)` writes it, that is none.
  static let none: UInt32 = 0

  /// Adds the weight of a stack to the calls in it, each once.
  @inline(__always)
  mutating func add(_ weight: Int64, to calls: UnsafeBufferPointer<UInt32>, stack: UInt32) {
    for call in calls {
      let row = Int(call >> 1)
      let sum = sums[row]
      let isFirst = sum.lastStack != stack
      sums[row] = Sum(
        weight: sum.weight &+ (isFirst ? weight : 0), lastStack: stack,
        plain: sum.plain | (isFirst ? ~call & 1 : 0))
    }
  }

  /// The mark of each node, of its calls that weigh at least `minimumWeight`.
  func marks(nodeCount: Int, minimumWeight: Int64) -> [InlineMark] {
    var hasInlined = [Bool](repeating: false, count: nodeCount)
    var hasPlain = hasInlined
    for row in 0..<sums.count {
      let sum = sums[row]
      let pair = pairs[row]
      // Some rows are no calls between two nodes, or none that any stack has.
      if pair.caller == pair.callee || pair.caller == .max || sum.lastStack == .max { continue }
      // The smallest integer stays negative, as in pprof.
      let magnitude = sum.weight < 0 ? 0 &- sum.weight : sum.weight
      if magnitude < minimumWeight { continue }
      if sum.plain == 0 {
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
    while slots[slot] != .max {
      let row = Int(slots[slot])
      if pairs[row] == pair { return row }
      slot = (slot &+ 1) & mask
    }
    precondition(pairs.count < 1 << 31, "too many calls")
    slots[slot] = UInt32(pairs.count)
    pairs.append(pair)
    sums.append(Sum())
    if pairs.count &* 2 >= slots.count { growSlots() }
    return pairs.count - 1
  }

  private mutating func growSlots() {
    let count = slots.count * 2
    slots = ColumnBuilder(capacity: count)
    slots.append(repeating: .max, count: count)
    for row in 0..<pairs.count {
      var slot = hash(pairs[row]) & (count - 1)
      while slots[slot] != .max { slot = (slot &+ 1) & (count - 1) }
      slots[slot] = UInt32(row)
    }
  }

  @inline(__always) private func hash(_ pair: Pair) -> Int {
    let key = UInt64(pair.caller) << 32 | UInt64(pair.callee)
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
