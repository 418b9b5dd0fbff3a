import ProfileModel

/// Bytes on their way out: a report writes into it, and a sink takes them in large pieces.
///
/// Names from profiles go through it as the bytes that they are, valid UTF-8 or not.
public struct OutputBuffer: ~Copyable {
  private var bytes: ColumnBuilder<UInt8>
  private let sink: ((UnsafeRawBufferPointer) -> Bool)?
  private let limit: Int
  /// Whether the sink still takes bytes; once it does not, what is written is dropped.
  public private(set) var isOpen = true

  /// A buffer that keeps everything until `finish()`.
  public init() {
    bytes = ColumnBuilder()
    sink = nil
    limit = .max
  }

  /// A buffer that hands over pieces of about `limit` bytes.
  ///
  /// - Parameter sink: takes the bytes, and answers whether it will take more.
  public init(limit: Int = 1 << 16, sink: @escaping (UnsafeRawBufferPointer) -> Bool) {
    self.sink = sink
    self.limit = limit
    bytes = ColumnBuilder(capacity: limit + 1024)
  }

  /// The bytes that no sink has taken yet.
  public var count: Int { bytes.count }

  public mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { write($0) }
  }

  public mutating func write(_ text: StaticString) {
    write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inlinable public mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
    append(text)
    if isFull { flush() }
  }

  public mutating func write(_ text: [UInt8]) { text.withUnsafeBufferPointer { write($0) } }

  public mutating func write(byte: UInt8) { bytes.append(byte) }

  /// Writes the string of a profile's table, byte for byte.
  public mutating func write(_ string: StringID, of table: StringTable) {
    table.withBytes(of: string) { write($0) }
  }

  public mutating func write(spaces count: Int) {
    guard count > 0 else { return }
    bytes.append(repeating: UInt8(ascii: " "), count: count)
  }

  /// Writes `text` with blanks before it, so that it is `width` characters wide or more.
  public mutating func write(_ text: String, rightAlignedIn width: Int) {
    // Every scalar has one byte that is not a continuation.
    write(spaces: text.utf8.reduce(width) { $1 & 0xC0 == 0x80 ? $0 : $0 - 1 })
    write(text)
  }

  /// Writes the number in decimal, with blanks before it up to `width`.
  public mutating func write(_ number: Int64, rightAlignedIn width: Int = 0) {
    write(number.magnitude, isNegative: number < 0, rightAlignedIn: width)
  }

  /// Writes the number in decimal, with blanks before it up to `width`.
  public mutating func write(_ number: UInt64, rightAlignedIn width: Int = 0) {
    write(number, isNegative: false, rightAlignedIn: width)
  }

  private mutating func write(_ magnitude: UInt64, isNegative: Bool, rightAlignedIn width: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var start = digits.count
      var rest = magnitude
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if isNegative {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      write(spaces: width - (digits.count - start))
      write(UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  public mutating func writeLine(_ text: String = "") {
    write(text)
    write(byte: UInt8(ascii: "\n"))
  }

  /// Hands everything written so far to the sink.
  public mutating func flush() {
    guard let sink else { return }
    if isOpen, count > 0 {
      isOpen = bytes.withElements(from: 0, count: count) { sink(UnsafeRawBufferPointer($0)) }
    }
    bytes.truncate(to: 0)
  }

  /// Hands over what is left, and gives back what no sink took.
  public consuming func finish() -> [UInt8] {
    flush()
    return bytes.withElements(from: 0, count: count) { Array($0) }
  }

  @usableFromInline var isFull: Bool { bytes.count >= limit }

  @usableFromInline mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
  }
}
