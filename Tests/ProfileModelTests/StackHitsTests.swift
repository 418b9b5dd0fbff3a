import ProfileModel
import Testing

@Suite struct StackHitsTests {
  private static let isHit = Column([false, true, false, true])

  @Test func `hits are those of each stack, and what is shared stays`() {
    let stacks = StackTableTests.stacks(count: 600)
    let table = StackTableTests.table(of: stacks)
    var hits = StackHits(table, where: Self.isHit)
    var last: [[UInt32]] = []
    for row in stacks.indices where row % 5 != 3 {
      hits.move(to: row)
      let found = (0..<hits.count).map { [hits[$0].depth, hits[$0].location.rawValue] }
      let outwards = stacks[row].reversed().enumerated().filter { Self.isHit[$0.element.index] }
      #expect(found == outwards.map { [UInt32($0.offset), $0.element.rawValue] })
      #expect(found.prefix(hits.shared) == last.prefix(hits.shared))
      last = found
    }
  }

  @Test func `what a hit calls is found with it, and who calls that`() {
    let stacks = StackTableTests.stacks(count: 600)
    let table = StackTableTests.table(of: stacks)
    var hits = StackHits(table, where: Self.isHit, includesCallees: true)
    for row in stacks.indices where row % 7 != 2 {
      hits.move(to: row)
      let path = Array(stacks[row].reversed())
      let wanted = path.indices.filter {
        Self.isHit[path[$0].index] || $0 > 0 && Self.isHit[path[$0 - 1].index]
      }
      #expect((0..<hits.count).map { Int(hits[$0].depth) } == wanted)
      for (position, depth) in wanted.enumerated() {
        #expect(hits.caller(ofHit: position) == (depth > 0 ? path[depth - 1] : nil))
      }
    }
  }

  @Test func `hits can be looked for from any stack on`() {
    let stacks = StackTableTests.stacks(count: 300)
    let table = StackTableTests.table(of: stacks)
    for first in [0, 63, 64, 65, 200] {
      var hits = StackHits(table, where: Self.isHit, from: first)
      for row in first..<stacks.count {
        hits.move(to: row)
        #expect(hits.count == stacks[row].count { Self.isHit[$0.index] })
      }
    }
  }

  @Test func `stacks with a hit are told from those without, and their leaves are known`() {
    // As many as two threads share.
    let some = StackTableTests.stacks(count: 700)
    let stacks = (0..<100).flatMap { _ in some }
    let table = StackTableTests.table(of: stacks)
    let found = table.stacks(where: Self.isHit)
    let leaves = table.leaves()
    #expect(found.count == stacks.count && leaves.count == stacks.count)
    for row in stacks.indices {
      if found[row] != stacks[row].contains(where: { Self.isHit[$0.index] }) {
        Issue.record("stack \(row)")
      }
      if leaves[row] != stacks[row].first ?? .none { Issue.record("leaf of stack \(row)") }
    }
  }

  @Test func `halves are all rows in order, and begin with stacks that are kept whole`() {
    let few = StackTableTests.table(of: StackTableTests.stacks(count: 10))
    #expect(few.inHalves { Array($0) } == [Array(0..<10)])
    let many = StackTableTests.table(of: Array(repeating: [LocationID(1)], count: 100_000))
    let halves = many.inHalves { $0 }
    #expect(halves.count <= 2)
    #expect(Array(halves.joined()) == Array(0..<100_000))
    #expect(halves.allSatisfy { $0.lowerBound % 64 == 0 })
  }
}

@Suite struct StackRunTests {
  @Test func `stacks are split by what they have next, and those of no weight are left out`() {
    let stacks = StackTableTests.stacks(count: 700)
    let table = StackTableTests.table(of: stacks)
    let weights = Column(stacks.indices.map { Int64($0 % 4 == 1 ? 0 : $0 % 9 - 3) })
    let sums = StackSums(weights)
    var runs = [StackRun]()
    let ended = table.split(table.indices, atDepth: 0, sums) { runs.append($0) }
    Self.expect(runs, ended, cover: Array(stacks.indices), of: stacks, weights)
    while let run = runs.popLast() {
      var inner: [StackRun] = []
      let ended = table.split(run.rows, atDepth: run.depth + 1, sums) { inner.append($0) }
      Self.expect(inner, ended, cover: Array(run.rows), of: stacks, weights)
      #expect(inner.allSatisfy { $0.depth == run.depth + 1 })
      runs += inner
    }
  }

  private static func expect(
    _ runs: [StackRun], _ ended: Int64, cover rows: [Int], of stacks: [[LocationID]],
    _ weights: Column<Int64>
  ) {
    var left = Set(rows.filter { weights[$0] != 0 })
    for run in runs {
      let counted = run.rows.filter { weights[$0] != 0 }
      #expect(counted.first == run.rows.first && counted.last == run.rows.last)
      for row in counted {
        #expect(stacks[row].reversed().dropFirst(Int(run.depth)).first == run.location)
        #expect(left.remove(row) != nil)
      }
    }
    // What is left ends there.
    #expect(ended == left.reduce(0) { $0 + weights[$1] })
  }
}
