import ProfileModel
import TestSupport
import Testing

@testable import ProfileAnalysis

struct NameRanksTests {
  private func ranks(_ names: [String]) -> [UInt32] {
    var bytes: [UInt8] = []
    let ranges = names.map { name in
      let start = bytes.count
      bytes += name.utf8
      return start..<bytes.count
    }
    return bytes.withUnsafeBufferPointer { NameRanks.find(ranges, in: $0) }
  }

  @Test func `no names have no ranks`() {
    #expect(ranks([]).isEmpty)
    #expect(NodeTable(Profile.stacks(["a": 1]), granularity: .functions).nameRanks(of: []).isEmpty)
  }

  @Test func `equal names have equal ranks, and what begins a name stands before it`() {
    let names = ["example.org/b", "example.org/", "example.org/b", "example", "example.", ""]
    #expect(ranks(names) == [4, 3, 4, 1, 2, 0])
  }

  @Test func `bytes of zero are told from the end`() {
    #expect(ranks(["a\0", "a", "a\0\0\0\0\0\0\0\0", "a\0\0\0\0\0\0\0"]) == [1, 0, 3, 2])
  }

  @Test(arguments: Granularity.allCases) func `ranks are in the order of names`(
    granularity: Granularity
  ) {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for number in 0..<150 {
      // Lengths and ends that repeat, so that some names are equal and many begin alike.
      let name = "pkg/path.f" + String(repeating: "x", count: number * 7 % 23) + "\(number % 3)"
      builder.addSample(builder.locations("main;\(name);pkg/leaf\(number % 11)"), values: [1])
    }
    let nodes = NodeTable(builder.finish(), granularity: granularity)
    let all = nodes.indices.map { NodeID($0) }
    let ranks = nodes.nameRanks(of: all)
    for left in all {
      for right in all {
        let order = nodes.compareNames(left, right)
        let (a, b) = (ranks[left.index], ranks[right.index])
        #expect(order == 0 ? a == b : (order < 0) == (a < b))
      }
    }
  }
}
