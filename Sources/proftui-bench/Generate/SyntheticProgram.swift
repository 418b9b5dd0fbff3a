/// A made-up program: functions, the locations within them, and which location calls which.
///
/// 55 of a hundred locations have one callee, two may call themselves, three of ten have one to
/// three inlined frames. Of several callees each is called about a seventh as often as the one
/// before it.
struct SyntheticProgram {
  struct Location {
    var address: Int
    /// The innermost callee first.
    var lines: [(function: Int, line: Int)]
  }

  private(set) var locations: [Location] = []
  /// Where in `callees` each location's callees start; one more than there are locations.
  private var calleeStarts: [Int32] = [0]
  private var callees: [Int32] = []
  private let roots: ZipfRanks
  private let leaves: ZipfRanks

  init(functionCount: Int, locationCount: Int, numbers: inout RandomNumbers) {
    roots = ZipfRanks(count: min(1_000, locationCount))
    leaves = ZipfRanks(count: min(500, locationCount))
    for index in 0..<locationCount {
      // Each function has a location; the others are spread over them.
      let function =
        index < functionCount ? index : numbers.next(below: functionCount)
      var lines: [(function: Int, line: Int)] = []
      if numbers.chance(30) {
        for _ in 0..<numbers.next(in: 1...3) {
          // A function is small enough to be inlined, or it is not: one of five is.
          let inlined = numbers.next(below: (functionCount + 4) / 5) * 5 % functionCount
          lines.append((inlined, numbers.next(in: 10...900)))
        }
      }
      lines.append((function, numbers.next(in: 10...900)))
      locations.append(Location(address: 0x401000 + index * 0x2c, lines: lines))

      let calleeCount = numbers.chance(55) ? 1 : numbers.next(in: 2...9)
      for _ in 0..<calleeCount {
        // The smaller of two draws: some locations are called from everywhere, most from few places.
        let first = numbers.next(below: locationCount)
        callees.append(Int32(min(first, numbers.next(below: locationCount))))
      }
      if numbers.chance(2) { callees.append(Int32(index)) }
      calleeStarts.append(Int32(callees.count))
    }
  }

  /// A stack, leaf first: a walk from one of the roots, or on from somewhere in `stack`, as samples
  /// that were taken one after the other share their callers.
  func walk(depth: Int, numbers: inout RandomNumbers, into stack: inout [Int]) {
    stack.reverse()
    let isAfresh = stack.isEmpty || numbers.chance(10)
    // The larger of two draws: the next sample is more often a near relative than a far one.
    let shared = min(stack.count, depth)
    let kept =
      isAfresh ? 0 : max(numbers.next(below: shared), numbers.next(below: shared))
    var location = isAfresh ? roots.draw(&numbers) : stack[kept]
    stack.removeSubrange(kept...)
    while stack.count < depth {
      stack.append(location)
      let start = Int(calleeStarts[location])
      let count = Int(calleeStarts[location + 1]) - start
      var choice = 0
      while choice < count - 1 && numbers.chance(14) { choice += 1 }
      location = Int(callees[start + choice])
    }
    // Half of all samples end in one of the few places where a program spends its time.
    if numbers.chance(50) { stack[depth - 1] = leaves.draw(&numbers) }
    stack.reverse()
  }
}
