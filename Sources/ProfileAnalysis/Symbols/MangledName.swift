/// Reads the names that C++ compilers give to the linker, and older Rust compilers with them.
///
/// The grammar is that of the Itanium C++ ABI, and the spelling that of `c++filt`, of which pprof's
/// is one. What is rare beyond reason is not understood, and such names stay as the linker has them.
struct MangledName {
  /// What the name is not: one that this reads.
  struct NotUnderstood: Error {}

  let detail: NameDetail
  private let input: [UInt8]
  private(set) var position: Int
  /// What numbers in the name refer to.
  var substitutions: [DemangledPart] = []
  /// What `T_` and its like refer to.
  var templateArguments: [DemangledPart] = []
  /// In the parameters of a lambda, template parameters are its own.
  var isInLambda = false
  /// The conversion of which the target is read before the arguments that it may name are.
  var isBeforeArguments = false
  /// Which of the elements of packs counts now, while a pattern is repeated for each.
  var packIndex: Int?
  var packLength: Int?
  private var depth = 0
  private var steps = 0

  /// Names longer than this are not worth the reading, nor what becomes longer.
  private static let limit = 1 << 16
  private static let depthLimit = 128
  private static let stepLimit = 1 << 15

  /// The name to show; nil where `name` is not mangled, or not understood.
  static func demangled(
    _ name: UnsafeBufferPointer<UInt8>, detail: NameDetail = NameDetail()
  ) -> [UInt8]? {
    guard name.count <= limit, name.first == UInt8(ascii: "_") else { return nil }
    var bytes = Array(name)
    // Some platforms put another `_` before every name.
    if bytes.starts(with: "__Z".utf8) || bytes.starts(with: "__R".utf8) { bytes.removeFirst() }
    if bytes.starts(with: "_R".utf8) {
      return RustV0Name.demangled(bytes, showsArguments: detail.showsTemplateArguments)
    }
    guard bytes.starts(with: "_Z".utf8) else { return nil }
    if let rust = RustName.demangled(bytes) { return rust }
    var mangled = MangledName(bytes, detail)
    return try? mangled.encoding(detail.showsArguments ? .all : .name)
  }

  private init(_ input: [UInt8], _ detail: NameDetail) {
    self.input = input
    self.detail = detail
    position = 2
  }

  // MARK: Bytes

  var isAtEnd: Bool { position >= input.count }

  /// The byte ahead; 0 at the end.
  func peek(_ offset: Int = 0) -> UInt8 {
    position + offset < input.count ? input[position + offset] : 0
  }

  func isNext(_ text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= input.count else { return false }
    for index in 0..<text.utf8CodeUnitCount
    where input[position + index] != text.utf8Start[index] { return false }
    return true
  }

  mutating func skip(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  mutating func expect(_ text: StaticString) throws(NotUnderstood) {
    guard skip(text) else { throw NotUnderstood() }
  }

  mutating func next() throws(NotUnderstood) -> UInt8 {
    guard !isAtEnd else { throw NotUnderstood() }
    position += 1
    return input[position - 1]
  }

  mutating func take(_ count: Int) throws(NotUnderstood) -> [UInt8] {
    guard count > 0, count <= input.count - position else { throw NotUnderstood() }
    position += count
    return Array(input[(position - count)..<position])
  }

  mutating func goBack(to position: Int) { self.position = position }

  var isDigitNext: Bool { (0x30...0x39).contains(peek()) }
  var isLowerNext: Bool { (0x61...0x7A).contains(peek()) }

  /// Digits; nil where there are none.
  mutating func number() throws(NotUnderstood) -> Int? {
    guard isDigitNext else { return nil }
    var value = 0
    while isDigitNext {
      value = value * 10 + Int(peek() - 0x30)
      guard value < 1 << 30 else { throw NotUnderstood() }
      position += 1
    }
    return value
  }

  /// A number of which 0 is left out: `_` is 0, `0_` is 1.
  mutating func compactNumber() throws(NotUnderstood) -> Int {
    let number = try number()
    try expect("_")
    return number.map { $0 + 1 } ?? 0
  }

  // MARK: Bounds

  /// Runs `body` one level deeper, as long as the name is one that a compiler may have made.
  mutating func nested<R>(
    _ body: (inout MangledName) throws(NotUnderstood) -> R
  ) throws(NotUnderstood) -> R {
    depth += 1
    steps += 1
    guard depth < Self.depthLimit, steps < Self.stepLimit else { throw NotUnderstood() }
    let result = try body(&self)
    depth -= 1
    return result
  }

  /// Lets numbers refer to the part from here on.
  mutating func remember(_ part: DemangledPart) throws(NotUnderstood) {
    guard part.left.count + part.right.count < Self.limit else { throw NotUnderstood() }
    substitutions.append(part)
  }
}

/// How much of a mangled name is shown.
struct NameDetail: Hashable {
  /// Whether parameters and results are.
  var showsArguments = false
  var showsTemplateArguments = false
}
