import ProfileModel

/// The weights of calls between kept nodes while they are added up, stack by stack.
struct CallWeights: ~Copyable {
  struct Call: BitwiseCopyable {
    var caller: UInt32
    var callee: UInt32
    var weight: Int64 = 0
    /// A call counts once in a stack.
    var lastStack = UInt32.max
    /// Whether every occurrence that counted was inlined.
    var isInlined = true
  }

  private let nodeCount: Int
  private var calls = ColumnBuilder<Call>()
  /// Rows of `calls` by hash, open addressing, at most half full, `.max` where free; its size is a
  /// power of two.
  private var slots: ColumnBuilder<UInt32>
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  init(nodeCount: Int) {
    self.nodeCount = nodeCount
    slots = ColumnBuilder(capacity: 1024)
    slots.append(repeating: .max, count: 1024)
  }

  /// Adds the weight of a stack to its calls of nodes that may be marked.
  ///
  /// - Parameter frames: as `KeptFrames` writes them, the outermost first.
  mutating func add(_ weight: Int64, of frames: borrowing ColumnBuilder<UInt32>, stack: UInt32) {
    guard frames.count > 0 else { return }
    var caller = frames[0] >> 2
    for index in 1..<frames.count {
      let frame = frames[index]
      let callee = frame >> 2
      if frame & KeptFrames.Frame.mayBeMarked != 0 && callee != caller {
        let row = row(from: caller, to: callee)
        let call = calls[row]
        if call.lastStack != stack {
          calls[row] = Call(
            caller: caller, callee: callee, weight: call.weight &+ weight, lastStack: stack,
            isInlined: call.isInlined && frame & KeptFrames.Frame.isInlined != 0)
        }
      }
      caller = callee
    }
  }

  /// The mark of each node, of its calls that weigh at least `minimumWeight`.
  func marks(minimumWeight: Int64) -> [InlineMark] {
    var hasInlined = [Bool](repeating: false, count: nodeCount)
    var hasPlain = hasInlined
    for row in 0..<calls.count {
      let call = calls[row]
      // The smallest integer stays negative, as in pprof.
      let magnitude = call.weight < 0 ? 0 &- call.weight : call.weight
      if magnitude < minimumWeight { continue }
      if call.isInlined {
        hasInlined[Int(call.callee)] = true
      } else {
        hasPlain[Int(call.callee)] = true
      }
    }
    return zip(hasInlined, hasPlain).map { $0 ? ($1 ? .partial : .whole) : .none }
  }

  @inline(__always) private mutating func row(from caller: UInt32, to callee: UInt32) -> Int {
    let mask = slots.count &- 1
    var slot = hash(caller, callee) & mask
    while slots[slot] != .max {
      let row = Int(slots[slot])
      if calls[row].caller == caller && calls[row].callee == callee { return row }
      slot = (slot &+ 1) & mask
    }
    return addCall(from: caller, to: callee, slot: slot)
  }

  @inline(never) private mutating func addCall(
    from caller: UInt32, to callee: UInt32, slot: Int
  ) -> Int {
    slots[slot] = UInt32(calls.count)
    calls.append(Call(caller: caller, callee: callee))
    if calls.count &* 2 >= slots.count { growSlots() }
    return calls.count - 1
  }

  private mutating func growSlots() {
    let count = slots.count * 2
    slots = ColumnBuilder(capacity: count)
    slots.append(repeating: .max, count: count)
    for row in 0..<calls.count {
      var slot = hash(calls[row].caller, calls[row].callee) & (count - 1)
      while slots[slot] != .max { slot = (slot &+ 1) & (count - 1) }
      slots[slot] = UInt32(row)
    }
  }

  @inline(__always) private func hash(_ caller: UInt32, _ callee: UInt32) -> Int {
    let key = UInt64(caller) << 32 | UInt64(callee)
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
