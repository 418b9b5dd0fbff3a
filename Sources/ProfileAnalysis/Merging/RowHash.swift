/// Mixes integers into a hash that differs from process to process, so that no file can be made of
/// rows that collide.
struct RowHash {
  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
  /// At hand: whether a static is made yet would be asked at each use.
  private let seed: UInt64
  private(set) var state: UInt64

  init() {
    seed = RowHash.seed
    state = seed
  }

  @inline(__always) mutating func combine(_ value: UInt64) {
    let product = (state ^ value).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    state = product.high ^ product.low &+ seed
  }

  var value: UInt32 { UInt32(truncatingIfNeeded: state ^ state >> 32) }
}
