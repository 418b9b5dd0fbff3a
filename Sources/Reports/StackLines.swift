import ProfileAnalysis
import ProfileModel

/// The lines of stacks' frames, with blanks for a column of values: those that a stack shares with
/// the one before are not put together again.
struct StackLines: ~Copyable {
  /// The lines of each location, made once, one after the other.
  private let blocks: Column<UInt8>
  /// Where in `blocks` each location's lines start; one more than there are locations, for the end.
  private let starts: Column<Int>
  private var cursor: StackCursor

  /// The lines of the stack lie at the end, so that those near the root stay where they are.
  private let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  /// By depth from the root, how many bytes the lines down to there have; for no depth at all where
  /// the lines of the last stack did not fit.
  private var sizes = ColumnBuilder<Int>(capacity: 256)

  /// The width of the column of values.
  private static let indentation = 10
  /// The most bytes of a stack that are put together at once.
  private static let capacity = 1 << 20

  init(_ stacks: StackTable, _ table: NodeTable) {
    cursor = StackCursor(stacks)
    var blocks: [UInt8] = []
    var starts = ColumnBuilder<Int>(capacity: table.locationStarts.count)
    starts.append(0)
    for location in 0..<max(table.locationStarts.count - 1, 0) {
      let range = table.range(of: LocationID(location))
      for row in range {
        blocks.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Self.indentation))
        blocks.append("   ")
        table.appendPrintableName(of: table.locationNodes[row], to: &blocks)
        if row != range.upperBound - 1 { blocks.append(" (inline)") }
        blocks.append(UInt8(ascii: "\n"))
      }
      starts.append(blocks.count)
    }
    self.blocks = Column(blocks)
    self.starts = starts.finish()
  }

  deinit { memory.deallocate() }

  /// Whether the stack has no frames.
  var isEmpty: Bool { cursor.depth == 0 }

  mutating func move(to stack: StackID) {
    cursor.move(to: stack.index)
    sizes.truncate(to: min(cursor.shared, sizes.count))
    var left = cursor.depth &- sizes.count
    var size = sizes.count == 0 ? 0 : sizes[sizes.count &- 1]
    while left > 0 {
      left &-= 1
      let location = cursor.locations[left].index
      let start = starts[location]
      let count = starts[location &+ 1] &- start
      guard count <= Self.capacity &- size else { return sizes.truncate(to: 0) }
      size &+= count
      // `size` bytes before the end are within the memory by the check above.
      blocks.withContiguousStorageIfAvailable { blocks in
        guard let base = blocks.baseAddress else { return }
        (memory + (Self.capacity &- size)).update(from: base + start, count: count)
      }
      sizes.append(size)
    }
  }

  /// Writes the lines, the first after a value.
  func write(to output: inout OutputBuffer) {
    guard sizes.count < cursor.depth else {
      // Every location has a line, so none is shorter than what is left out of the first.
      let size = sizes.count == 0 ? 0 : sizes[sizes.count &- 1] &- Self.indentation
      return output.write(
        UnsafeBufferPointer(start: memory + (Self.capacity &- size), count: size))
    }
    var skipped = Self.indentation
    for position in 0..<cursor.depth {
      let location = cursor.locations[position].index
      blocks.withContiguousStorageIfAvailable { blocks in
        let range = starts[location] + skipped..<starts[location &+ 1]
        output.write(UnsafeBufferPointer(rebasing: blocks[range]))
      }
      skipped = 0
    }
  }
}
