import ProfileAnalysis
import ProfileModel

/// The stacks of a profile by what their frames show: two that differ only in what is not shown are one.
///
/// In the order in which the profile has them.
struct DistinctStacks {
  /// Where each stack starts in `nodes`, and the end.
  private let starts: Column<UInt32>
  private let nodes: Column<NodeID>
  /// The distinct stack of each stack of the profile.
  private let groups: Column<UInt32>

  var count: Int { starts.count - 1 }
  var indices: Range<Int> { 0..<count }

  /// The frames of a stack, root first.
  subscript(stack: Int) -> Slice<Column<NodeID>> {
    nodes[Int(starts[stack])..<Int(starts[stack + 1])]
  }

  /// - Complexity: O(*n*) in frames of all stacks.
  init(_ profile: Profile, _ table: NodeTable) {
    var builder = Builder()
    var cursor = StackCursor(profile.stacks)
    for stack in profile.stacks.indices {
      cursor.move(to: stack)
      builder.add(cursor.locations, table)
    }
    starts = builder.starts.finish()
    nodes = builder.nodes.finish()
    groups = builder.groups.finish()
  }

  /// By distinct stack the sum of the samples' values, wrapping around at 64 bits.
  func sums(of values: Column<Int64>, in profile: Profile) -> [Int64] {
    let weights = StackWeights.compute(profile, values: values)
    var sums = [Int64](repeating: 0, count: count)
    for stack in weights.indices { sums[Int(groups[stack])] &+= weights[stack] }
    return sums
  }

  /// Interns lists of nodes by hash.
  private struct Builder: ~Copyable {
    var starts = ColumnBuilder<UInt32>()
    var nodes = ColumnBuilder<NodeID>()
    var groups = ColumnBuilder<UInt32>()
    private var hashes = ColumnBuilder<UInt32>()
    /// Groups by hash, open addressing; `UInt32.max` is a free slot. Its size is a power of two.
    private var slots = [UInt32](repeating: .max, count: 64)
    /// Differs from process to process, so that no file can be made of stacks that collide.
    private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

    init() { starts.append(0) }

    mutating func add(_ stack: Span<LocationID>, _ table: NodeTable) {
      let start = nodes.count
      var hash = seed
      for position in stack.indices.reversed() {
        for row in table.range(of: stack[position]).reversed() {
          let node = table.locationNodes[row]
          nodes.append(node)
          let product = (hash ^ UInt64(node.rawValue)).multipliedFullWidth(
            by: 0x9e37_79b9_7f4a_7c15)
          hash = product.high ^ product.low
        }
      }
      groups.append(intern(from: start, UInt32(truncatingIfNeeded: hash)))
    }

    /// The group of the nodes from `start` on, which are taken back where it is not new.
    private mutating func intern(from start: Int, _ hash: UInt32) -> UInt32 {
      if hashes.count &* 2 >= slots.count { slots = HashSlots.doubled(slots, hashes: hashes) }
      let mask = slots.count - 1
      var slot = Int(hash) & mask
      while slots[slot] != .max {
        let group = slots[slot]
        if hashes[Int(group)] == hash, isEqual(group, from: start) {
          nodes.truncate(to: start)
          return group
        }
        slot = (slot &+ 1) & mask
      }
      let group = UInt32(hashes.count)
      slots[slot] = group
      hashes.append(hash)
      starts.append(UInt32(nodes.count))
      return group
    }

    private func isEqual(_ group: UInt32, from start: Int) -> Bool {
      let (first, end) = (Int(starts[Int(group)]), Int(starts[Int(group) + 1]))
      let count = nodes.count - start
      guard end - first == count else { return false }
      return nodes.withElements(from: first, count: count) { known in
        nodes.withElements(from: start, count: count) { known.elementsEqual($0) }
      }
    }
  }
}

extension ReportSubject {
  /// What each sample counts: its value, or with `mean` the value divided as `traces` prints it.
  var sampleValues: Column<Int64> {
    guard weights.divisors != nil else { return weights.values }
    return Column(profile.samples.indices.lazy.map { value(ofSample: $0) })
  }

  /// The value divided by `divide_by`.
  func divided(_ value: Int64) -> Int64 {
    ratio > 0 && ratio != 1 ? Measurement.scaled(value, by: ratio) : value
  }
}
