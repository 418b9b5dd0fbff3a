import ProfileModel

/// The weights of calls between nodes while they are added up, stack by stack.
struct CallWeights: ~Copyable {
  struct Call: BitwiseCopyable {
    var caller: NodeID
    var callee: NodeID
    var weight: Int64 = 0
    /// A call counts once in a stack.
    var lastStack = UInt32.max
    /// Whether every occurrence that counted was inlined.
    var isInlined = true
  }

  private let nodeCount: Int
  private var calls = ColumnBuilder<Call>()
  /// Rows of `calls` by hash, open addressing, at most half full; its size is a power of two.
  private var slots = [UInt32](repeating: .max, count: 64)
  /// The row of `calls` that was last asked for, by callee: mostly the next one asked for too.
  private var lastCalls: ColumnBuilder<UInt32>
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize()) | 1

  init(nodeCount: Int) {
    self.nodeCount = nodeCount
    lastCalls = ColumnBuilder(capacity: nodeCount)
    lastCalls.append(repeating: .max, count: nodeCount)
  }

  mutating func add(
    _ weight: Int64, from caller: NodeID, to callee: NodeID, isInlined: Bool, stack: UInt32
  ) {
    var row = lastCalls[callee.index]
    if row == .max || calls[Int(row)].caller != caller {
      row = find(caller, callee)
      lastCalls[callee.index] = row
    }
    var call = calls[Int(row)]
    if call.lastStack == stack { return }
    call.lastStack = stack
    call.weight = call.weight &+ weight
    call.isInlined = call.isInlined && isInlined
    calls[Int(row)] = call
  }

  /// The mark of each node, of its calls that weigh at least `minimumWeight`.
  func marks(minimumWeight: Int64) -> Column<InlineMark> {
    var hasInlined = [Bool](repeating: false, count: nodeCount)
    var hasPlain = hasInlined
    for row in 0..<calls.count {
      let call = calls[row]
      let magnitude = call.weight < 0 ? 0 &- call.weight : call.weight
      if magnitude < minimumWeight { continue }
      if call.isInlined {
        hasInlined[call.callee.index] = true
      } else {
        hasPlain[call.callee.index] = true
      }
    }
    return Column(
      (0..<nodeCount).map { node -> InlineMark in
        hasInlined[node] ? (hasPlain[node] ? .partial : .whole) : .none
      })
  }

  private mutating func find(_ caller: NodeID, _ callee: NodeID) -> UInt32 {
    if calls.count &* 2 >= slots.count { growSlots() }
    let mask = slots.count - 1
    var slot = hash(caller, callee) & mask
    while slots[slot] != .max {
      let call = calls[Int(slots[slot])]
      if call.caller == caller && call.callee == callee { return slots[slot] }
      slot = (slot &+ 1) & mask
    }
    let row = UInt32(calls.count)
    calls.append(Call(caller: caller, callee: callee))
    slots[slot] = row
    return row
  }

  private mutating func growSlots() {
    var larger = [UInt32](repeating: .max, count: slots.count * 2)
    let mask = larger.count - 1
    for row in 0..<calls.count {
      var slot = hash(calls[row].caller, calls[row].callee) & mask
      while larger[slot] != .max { slot = (slot &+ 1) & mask }
      larger[slot] = UInt32(row)
    }
    slots = larger
  }

  private func hash(_ caller: NodeID, _ callee: NodeID) -> Int {
    let key = UInt64(caller.rawValue) << 32 | UInt64(callee.rawValue)
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
