import ProfileModel
import Testing

@Suite struct SortedStacksTests {
  @Test(arguments: [0, 1, 2, 63, 64, 65, 500, 3000])
  func `sorted stacks are the same, each once, and less is kept of them`(count: Int) throws {
    let stacks = StackTableTests.stacks(count: count)
    let table = StackTableTests.table(of: stacks)
    let sorted = try #require(table.sorted())
    #expect(sorted.ids.count == count)
    for row in table.indices { #expect(sorted.table[sorted.ids[row]] == stacks[row]) }
    let distinct = Set(stacks)
    #expect(sorted.table.count == distinct.count)
    #expect(sorted.table.frameCount == distinct.map(\.count).reduce(0, +))
    #expect(sorted.table.ownLocationCount <= table.ownLocationCount)
  }

  @Test func `stacks with a common root stand together`() throws {
    let stacks = StackTableTests.stacks(count: 2000)
    let sorted = try #require(StackTableTests.table(of: stacks).sorted()).table
    var seen: Set<[LocationID]> = []
    var path: [LocationID] = []
    for row in sorted.indices {
      let next = Array(sorted[StackID(row)].reversed())
      let shared = zip(path, next).prefix { $0 == $1 }.count
      for depth in shared..<next.count {
        // Whoever left a path does not come back to it.
        #expect(seen.insert(Array(next[...depth])).inserted)
      }
      path = next
    }
  }

  @Test func `stacks deeper than a share can say are sorted too`() throws {
    let root = (0..<70_000).map { LocationID($0 % 3) }
    let stacks = [[LocationID(5)] + root, root, [LocationID(4), LocationID(5)] + root, root]
    let sorted = try #require(StackTableTests.table(of: stacks).sorted())
    #expect(sorted.ids.map { sorted.table[$0] } == stacks)
    #expect(sorted.table.count == 3)
  }

  @Test func `a table made of another is not sorted`() throws {
    let table = StackTableTests.table(of: StackTableTests.stacks(count: 300))
    let rest = try #require(table.leavingOut(where: [true, false, false, false]))
    #expect(rest.sorted() == nil)
  }
}
