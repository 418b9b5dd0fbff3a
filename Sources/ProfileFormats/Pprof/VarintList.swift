/// Questions about packed lists of varints that need no decoding.
enum VarintList {
  /// How many bytes at the end of both lists are the same varints.
  @inline(__always)
  static func commonEnd(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return 0 }
    let most = min(left.count, right.count)
    // `same` bytes before both ends are equal; eight more are looked at while both have them.
    let leftEnd = UnsafeRawPointer(leftBase + left.count)
    let rightEnd = UnsafeRawPointer(rightBase + right.count)
    var same = 0
    while same &+ 8 <= most {
      let a = (leftEnd - (same &+ 8)).loadUnaligned(as: UInt64.self).littleEndian
      let b = (rightEnd - (same &+ 8)).loadUnaligned(as: UInt64.self).littleEndian
      if a != b {
        same &+= (a ^ b).leadingZeroBitCount / 8
        return startOfVarint(same, left, right)
      }
      same &+= 8
    }
    while same < most, left[left.count &- same &- 1] == right[right.count &- same &- 1] {
      same &+= 1
    }
    return startOfVarint(same, left, right)
  }

  /// The varints in the bytes, each of which has one byte that ends it.
  @inline(__always)
  static func count(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes))
    var count = 0
    var offset = 0
    while offset &+ 8 <= bytes.count {
      count &+= ends(in: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    guard offset < bytes.count else { return count }
    if bytes.count >= 8 {
      // The last eight bytes, without those that are counted.
      let word = bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self)
      let counted = 8 &- (bytes.count &- offset)
      return count &+ ends(in: ~(~word.littleEndian &>> UInt64(8 &* counted)))
    }
    while offset < bytes.count {
      count &+= bytes[offset] < 0x80 ? 1 : 0
      offset &+= 1
    }
    return count
  }

  /// How many of the bytes end a varint.
  @inline(__always) private static func ends(in word: UInt64) -> Int {
    let marks = (~word & 0x8080_8080_8080_8080) &>> 7
    return Int(truncatingIfNeeded: (marks &* 0x0101_0101_0101_0101) &>> 56)
  }

  /// The bytes from the first varint on that starts within the last `same` bytes of both lists.
  @inline(__always)
  private static func startOfVarint(
    _ same: Int, _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    func starts(at position: Int, _ list: UnsafeBufferPointer<UInt8>) -> Bool {
      position == 0 || list[position &- 1] < 0x80
    }
    if starts(at: left.count &- same, left), starts(at: right.count &- same, right) { return same }
    var same = same
    while same > 0 {
      same &-= 1
      if left[left.count &- same &- 1] < 0x80 { break }
    }
    return same
  }
}
