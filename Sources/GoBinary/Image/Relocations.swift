/// The pointers that the loader writes into a position-independent executable, by address.
///
/// The file itself may hold zero in their place.
struct Relocations: Sendable {
  private struct Entry {
    var address: UInt64
    var target: UInt64
  }

  private var entries: [Entry] = []
  private var isSorted = true

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.count }

  mutating func append(address: UInt64, target: UInt64) {
    if let last = entries.last, last.address > address { isSorted = false }
    entries.append(Entry(address: address, target: target))
  }

  /// Puts the entries in order; to be called once, after the last `append`.
  mutating func sort() {
    if !isSorted { entries.sort { $0.address < $1.address } }
    isSorted = true
  }

  /// What the loader writes at `address`, as if it loaded the file at its own addresses.
  ///
  /// - Complexity: O(log *n*)
  func target(at address: UInt64) -> UInt64? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low &+ high) / 2
      if entries[middle].address < address { low = middle &+ 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].address == address else { return nil }
    return entries[low].target
  }

  /// The addresses that come to hold `target`, in ascending order.
  func addresses(holding target: UInt64) -> some Sequence<UInt64> {
    entries.lazy.filter { $0.target == target }.map(\.address)
  }
}
