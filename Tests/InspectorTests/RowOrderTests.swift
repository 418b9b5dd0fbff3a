import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@testable import Inspector

/// The order of rows, against what is plain and slow.
@Suite struct RowOrderTests {
  @Test(arguments: Granularity.allCases)
  func `names in order are ranked as all names together`(granularity: Granularity) {
    for profile in [Self.mingled, Self.spaced] + StrangeProfiles.all.map(\.profile) {
      let table = NodeTable(profile, granularity: granularity)
      let nodes = table.indices.map { NodeID($0) }
      let ranked = RankedNodes(
        nodes, in: table, by: NameOrder(NodeTable(profile, granularity: .functions)))
      let ranks = table.nameRanks(of: nodes)
      #expect(ranked.ranks == ranks.sorted())
      #expect(ranked.nodes.map { ranks[$0.index] } == ranked.ranks)
    }
  }

  @Test func `values are ordered as numbers are, then names`() {
    let table = NodeTable(Self.mingled, granularity: .lines)
    let ranks = table.nameRanks(of: table.indices.map { NodeID($0) })
    var random = SplitMix(state: 7)
    let choices: [UInt64] = [0, 1, 2, 2047, 2048, 1 << 40, 1 << 63, .max]
    let values = table.indices.map { _ in choices[random.next(below: choices.count)] }
    let seconds = table.indices.map { _ in UInt64(random.next(below: 3)) }
    var sorting = RowSorting(
      RankedNodes(table.indices.map { NodeID($0) }, in: table), in: table)
    sorting.sort(by: [{ values[$0.index] }], last: { seconds[$0.index] })
    let expected = table.indices.map { NodeID($0) }.sorted { left, right in
      let (a, b) = (left.index, right.index)
      if values[a] != values[b] { return values[a] > values[b] }
      if ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
      return seconds[a] == seconds[b] ? table.compareKeys(left, right) < 0 : seconds[a] > seconds[b]
    }
    #expect(sorting.nodes == expected)
  }

  @Test func `ratios are ordered as numbers are`() {
    let ratios = [-.infinity, -2.5, -0.0, 0.0, 1e-300, 1, 1.5, .infinity]
    let bits = ratios.map { RowSorting.bits($0) }
    #expect(bits == bits.sorted())
    #expect(RowSorting.bits(-0.0) == RowSorting.bits(0.0))
  }

  /// Names that begin with one another, on many lines, some inlined at one address.
  private static let mingled = profile([
    "f", "fg", "f.g", "f!", "g", "g\u{1}h", "zebra", "é", "f.g[...]",
  ])

  /// Names after which a blank does not keep the order.
  private static let spaced = profile(["op", "op new", "op new[]", "op\tx", "opa", "b"])

  private static func profile(_ names: [String]) -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    var random = SplitMix(state: 3)
    for index in 0..<200 {
      let lines = (0...random.next(below: 2)).map { _ in
        let file = ["", "a.go", "b.go"][random.next(below: 3)]
        return Line(
          function: builder.function(names[random.next(below: names.count)], file: file),
          line: [0, 1, 2, 9, 10, 12, 100, 123, -4][random.next(below: 9)],
          column: [0, 0, 0, 5][random.next(below: 4)])
      }
      let address = UInt64([0, 1, 0x1000 + index][random.next(below: 3)])
      builder.addSample([builder.location(address: address, lines: lines)], values: [1])
    }
    return builder.finish()
  }
}
