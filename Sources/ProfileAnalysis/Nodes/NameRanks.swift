import ProfileModel

/// The order of many names by bytes, found for all at once.
///
/// Names in profiles begin alike: `example.org/fleet/internal/…`. Sorting them by comparing two at a
/// time reads those beginnings over and over; here eight bytes of each are read once at a time.
struct NameRanks {
  private struct Item {
    /// The eight bytes at the offset at hand, the first in the highest place; zeros after the end.
    var bytes: UInt64 = 0
    var name: UInt32
    /// How many bytes the name has from the offset on; 9 for more than eight.
    var rest: UInt8 = 0
  }

  private let names: [Range<Int>]
  private var items: [Item]
  private var ranks: [UInt32]

  /// By name, its place in order of bytes; equal names have equal ranks.
  ///
  /// - Parameter names: where each name lies in `bytes`.
  static func find(_ names: [Range<Int>], in bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var ranks = NameRanks(names)
    ranks.rank(bytes)
    return ranks.ranks
  }

  private init(_ names: [Range<Int>]) {
    self.names = names
    items = names.indices.map { Item(name: UInt32(truncatingIfNeeded: $0)) }
    ranks = Array(repeating: 0, count: names.count)
  }

  private mutating func rank(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !items.isEmpty else { return }
    // Runs of names that are equal up to the offset.
    var runs = [(0..<items.count, 0)]
    while let (run, offset) = runs.popLast() {
      load(run, at: offset, bytes)
      sort(run)
      var start = run.lowerBound
      while start < run.upperBound {
        let first = items[start]
        var end = start + 1
        while end < run.upperBound, items[end].bytes == first.bytes, items[end].rest == first.rest {
          end += 1
        }
        if first.rest > 8, end - start > 1 {
          runs.append((start..<end, offset + 8))
        } else {
          for index in start..<end {
            ranks[Int(items[index].name)] = UInt32(truncatingIfNeeded: start)
          }
        }
        start = end
      }
    }
  }

  private mutating func load(
    _ run: Range<Int>, at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    let raw = UnsafeRawBufferPointer(bytes)
    for index in run {
      let name = names[Int(items[index].name)]
      let start = name.lowerBound + offset
      let rest = name.upperBound - start
      var word: UInt64 = 0
      if rest >= 8 {
        word = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      } else {
        for index in 0..<rest { word |= UInt64(raw[start + index]) << UInt64(56 - 8 * index) }
      }
      items[index].bytes = word
      items[index].rest = UInt8(min(rest, 9))
    }
  }

  private mutating func sort(_ run: Range<Int>) {
    let first = items[run.lowerBound]
    if items[run].allSatisfy({ $0.bytes == first.bytes && $0.rest == first.rest }) { return }
    items.withUnsafeMutableBufferPointer { items in
      var run = UnsafeMutableBufferPointer(rebasing: items[run])
      run.sort { $0.bytes == $1.bytes ? $0.rest < $1.rest : $0.bytes < $1.bytes }
    }
  }
}

extension NodeTable {
  /// By node of `nodes`, its place among them by name in reports, as `compareNames` orders them;
  /// equal names have equal ranks.
  ///
  /// - Complexity: O(*n* log *n*), with a small factor: for whole reports, where comparing two names
  ///   at a time takes too long.
  public func nameRanks(of nodes: [NodeID]) -> [UInt32] {
    guard !nodes.isEmpty else { return [] }
    if nodes.allSatisfy({ isPlainName($0.index) }) {
      let ranges = nodes.map { strings.range(of: names[$0.index]) }
      return strings.allBytes.withContiguousStorageIfAvailable {
        NameRanks.find(ranges, in: $0)
      } ?? []
    }
    return PrintableNames(of: nodes, in: self).ranks(of: nodes)
  }
}

extension PrintableNames {
  /// By node of `nodes`, its place among them by name; equal names have equal ranks.
  func ranks(of nodes: [NodeID]) -> [UInt32] {
    withAllBytes { NameRanks.find(nodes.map { range(of: $0) }, in: $0) }
  }
}
