/// The values of one symbol from step to step, kept as differences: most take a byte or two.
struct StepValues: Sendable {
  /// The differences of all values but the last, in base 128, lowest digits first; the sign is the
  /// lowest bit.
  private var differences: [UInt8] = []
  /// The last value, which may still change, and the one before.
  private var last: Int64 = 0
  private var previous: Int64 = 0
  private(set) var count = 0

  init() {}

  init(_ values: some Sequence<Int64>) {
    for value in values { append(value) }
  }

  mutating func append(_ value: Int64) {
    if count > 0 {
      write(last &- previous)
      previous = last
    }
    last = value
    count += 1
  }

  /// Adds to the value of a step, which is the last one or a later one; steps in between are 0.
  mutating func add(_ value: Int64, step: Int) {
    while count <= step { append(0) }
    last &+= value
  }

  /// All values, in order.
  ///
  /// - Complexity: O(*n*) in values.
  var values: [Int64] {
    guard count > 0 else { return [] }
    var values: [Int64] = []
    values.reserveCapacity(count)
    var value: Int64 = 0
    var (digits, shift): (UInt64, UInt64) = (0, 0)
    for byte in differences {
      digits |= UInt64(byte & 0x7f) << shift
      shift += 7
      guard byte & 0x80 == 0 else { continue }
      value &+= Int64(bitPattern: digits >> 1) ^ -Int64(bitPattern: digits & 1)
      values.append(value)
      (digits, shift) = (0, 0)
    }
    values.append(last)
    return values
  }

  private mutating func write(_ difference: Int64) {
    var rest = UInt64(bitPattern: (difference << 1) ^ (difference >> 63))
    while rest > 0x7f {
      differences.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    differences.append(UInt8(truncatingIfNeeded: rest))
  }
}
