import ProfileModel
import Testing

@Suite struct StackTableTests {
  /// Stacks that grow, shrink, repeat and part, some of them empty, leaf first.
  static func stacks(count: Int) -> [[LocationID]] {
    var generator = SystemRandomNumberGenerator()
    var path: [LocationID] = []
    return (0..<count).map { _ in
      path.removeLast(Int.random(in: 0...path.count, using: &generator) / 2)
      if Int.random(in: 0..<20, using: &generator) == 0 { path = [] }
      for _ in 0..<Int.random(in: 0..<6, using: &generator) {
        path.append(LocationID(Int.random(in: 0..<4, using: &generator)))
      }
      return path.reversed()
    }
  }

  static func table(of stacks: [[LocationID]]) -> StackTable {
    var builder = StackTableBuilder()
    for stack in stacks { stack.withUnsafeBufferPointer { builder.append($0) } }
    return builder.finish()
  }

  @Test func `stacks come out as they went in, in order and not`() {
    let stacks = Self.stacks(count: 1000)
    let table = Self.table(of: stacks)
    #expect(table.count == stacks.count)
    #expect(table.frameCount == stacks.map(\.count).reduce(0, +))
    var cursor = StackCursor(table)
    for row in table.indices { #expect(cursor.locations(of: StackID(row)) == stacks[row]) }
    for row in table.indices.shuffled() {
      #expect(cursor.locations(of: StackID(row)) == stacks[row])
      #expect(table[StackID(row)] == stacks[row])
    }
  }

  @Test(arguments: [(1, 1), (64, 64), (100, 500), (500, 100), (640, 640), (130, 0)])
  func `stacks of two tables stand one after the other`(mine: Int, others: Int) throws {
    let first = Self.stacks(count: mine)
    // The same for two blocks, if there are as many, then others, by other numbers throughout.
    let second = Array(first.prefix(min(128, others)))
    let rest = Self.stacks(count: max(0, others - second.count))
    let renamed = (second + rest).map { $0.map { LocationID($0.index ^ 1) } }
    let names = [1, 0, 3, 2].map { LocationID($0) }
    let table = Self.table(of: first).joined(with: Self.table(of: renamed), locations: names.span)
    let joined = try #require(table)
    let all = joined.table
    #expect(all.frameCount == all.indices.map { all.depth(of: StackID($0)) }.reduce(0, +))
    for (row, stack) in first.enumerated() { #expect(all[StackID(row)] == stack) }
    var moved = 0
    for (row, stack) in (second + rest).enumerated() {
      let id = joined.id(ofSecond: StackID(row))
      #expect(all[id] == stack)
      if id.index != row { moved += 1 }
    }
    #expect(moved <= max(0, others - min(128, mine / 64 * 64)))
  }

  @Test func `what a cursor says is shared is shared`() {
    let stacks = Self.stacks(count: 500)
    var cursor = StackCursor(Self.table(of: stacks))
    var last: [LocationID] = []
    var sharedInAll = 0
    for row in stacks.indices.filter({ $0 % 3 != 1 }) + [7, 7, 3, 400] {
      let stack = cursor.locations(of: StackID(row))
      #expect(cursor.depth == stack.count)
      #expect(stack.suffix(cursor.shared) == last.suffix(cursor.shared))
      sharedInAll += cursor.shared
      last = stack
    }
    #expect(sharedInAll > 0)
  }

  @Test func `locations are found at every depth`() {
    let stacks = Self.stacks(count: 300)
    let table = Self.table(of: stacks)
    for (row, stack) in stacks.enumerated() {
      #expect(table.depth(of: StackID(row)) == stack.count)
      for depth in stack.indices {
        let location = table.location(of: StackID(row), atDepth: UInt32(depth))
        #expect(location == stack[stack.count - 1 - depth])
      }
    }
  }

  @Test func `stacks written out stand one after the other`() {
    let stacks = Self.stacks(count: 200)
    let (starts, locations) = Self.table(of: stacks).writtenOut()
    #expect(Array(locations) == stacks.flatMap(\.self))
    for (row, stack) in stacks.enumerated() {
      #expect(Int(starts[row + 1] - starts[row]) == stack.count)
    }
  }

  @Test func `stacks deeper than can be shared are kept`() {
    let deep = Array(repeating: LocationID(0), count: 70_000)
    let stacks = [deep, [LocationID(1)] + deep, deep]
    let table = Self.table(of: stacks)
    for (row, stack) in stacks.enumerated() { #expect(table[StackID(row)] == stack) }
  }

  @Test func `a stack that no sample has takes no room`() {
    var builder = StackTableBuilder()
    let stack = [LocationID(2), LocationID(1)]
    for _ in 0..<130 {
      stack.withUnsafeBufferPointer { builder.append($0) }
      builder.appendUnused()
    }
    let table = builder.finish()
    #expect(table.count == 260)
    for row in stride(from: 0, to: 260, by: 2) { #expect(table[StackID(row)] == stack) }
  }

  @Test func `a stack may be told what it shares with the last`() {
    var builder = StackTableBuilder()
    let stack = [LocationID(3), LocationID(2), LocationID(1)]
    stack.withUnsafeBufferPointer { builder.append($0) }
    #expect(builder.lastDepth == 3)
    #expect(builder.sharableDepth == 3)
    builder.append(sharing: 2, upTo: 4) { room in
      room[0] = LocationID(7)
      return 1
    }
    #expect(builder.finish()[StackID(1)] == [LocationID(7), LocationID(2), LocationID(1)])
  }

  @Test(arguments: [[1], [0, 3], [0, 1, 2, 3], []])
  func `stacks are left without the locations that are hidden`(hidden: [Int]) {
    let stacks = Self.stacks(count: 1000)
    let table = Self.table(of: stacks)
    let isHidden = Column((0..<4).map { hidden.contains($0) })
    guard let rest = table.leavingOut(where: isHidden) else {
      #expect(hidden.isEmpty)
      return
    }
    #expect(!hidden.isEmpty)
    let expected = stacks.map { $0.filter { !hidden.contains($0.index) } }
    Self.expect(rest, is: expected)
    // What was left out of before shares locations with two tables.
    let isAlsoHidden = Column([false, false, true, false])
    let again = expected.map { $0.filter { $0.index != 2 } }
    Self.expect(rest.leavingOut(where: isAlsoHidden) ?? rest, is: again)
    Self.expect(table, is: stacks)
  }

  private static func expect(_ table: StackTable, is stacks: [[LocationID]]) {
    #expect(table.count == stacks.count)
    #expect(table.frameCount == stacks.map(\.count).reduce(0, +))
    #expect(table.hasEmpty == stacks.contains([]))
    let isHit = Column([false, true, false, true])
    let (found, leaves) = (table.stacks(where: isHit), table.leaves())
    var steps = StackSteps(table)
    var hits = StackHits(table, where: isHit)
    var hitCounts: [Int] = []
    for (row, stack) in stacks.enumerated() {
      #expect(table[StackID(row)] == stack)
      #expect(table.depth(of: StackID(row)) == stack.count)
      #expect(leaves[row] == stack.first ?? .none)
      #expect(found[row] == stack.contains { isHit[$0.index] })
      steps.move(to: row)
      #expect(steps.shared + steps.own.count == stack.count)
      hits.move(to: row)
      #expect(hits.count == stack.count { isHit[$0.index] })
      if !hits.hasChanged { #expect(hits.count == hitCounts.last ?? 0) }
      hitCounts.append(hits.count)
    }
  }
}
