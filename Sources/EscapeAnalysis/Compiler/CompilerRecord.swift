/// Something that the compiler logged as escaping to the heap.
public struct CompilerRecord: Hashable, Sendable {
  /// What the escaping expression is.
  public enum Kind: Hashable, Sendable {
    /// The log does not say.
    case any
    case new, map, chan, slice, append, closure, variadic, string, iface
    /// An interface conversion without a flow, a method value, and the like.
    case value
    /// A variable that was moved to the heap.
    case moved
  }

  /// A line of a source file.
  public struct Place: Hashable, Sendable {
    public var file: String
    public var line: Int64

    public init(file: String, line: Int64) {
      self.file = file
      self.line = line
    }
  }

  /// For inlined code that of the outermost call.
  public var place: Place
  public var column: Int64
  /// Where inlined code was called, from the second outermost call to the code itself; only known
  /// from JSON logs.
  public var inlined: [Place] = []
  /// Whether `inlined` tells all: text logs do not have it.
  public var knowsInlining = false
  /// As the compiler prints it: `&Order{...}`, `make([]byte, n)`.
  public var expression: String
  public var kind: Kind
  /// Why, in the words that the compiler puts in parentheses, in order.
  public var labels: [String] = []
  public var hasFlow = false

  /// Why it is on the heap: the first of the categories that applies.
  public var reason: EscapeReason {
    func has(_ label: String) -> Bool { labels.contains(label) }
    if has("too large for stack") { return .tooLarge }
    if has("non-constant size") { return .sizeNotConstant }
    if has("too aligned for stack") { return .alignment }
    if has("zero-sized element") { return .zeroSized }
    if has("interface-converted") {
      return has("call parameter") ? .boxedPassed : has("return") ? .boxedReturned : .boxedStored
    }
    if has("captured by a closure") { return .captured }
    if has("send") { return .sent }
    if has("key of map put") || has("map literal key") || has("map literal value") {
      return .storedInMap
    }
    if has("call parameter") { return .passed }
    if has("return") { return .returned }
    if labels.contains(where: { $0.hasPrefix("assign") }) { return .stored }
    return labels.last.flatMap(EscapeReason.init(rawValue:)) ?? .escapes
  }

  /// What an expression is, from its text and the labels of its flow.
  static func kind(of expression: String, labels: [String]) -> Kind {
    if expression.hasPrefix("&"), expression.hasSuffix("{...}") { return .new }
    if expression.hasPrefix("new(") { return .new }
    if expression.hasPrefix("make(map") { return .map }
    let isLiteral = expression.hasSuffix("{...}")
    if expression.hasPrefix("map["), expression.hasSuffix("}") { return .map }
    if expression.hasPrefix("make(chan") { return .chan }
    if expression.hasPrefix("make(") || isLiteral && expression.hasPrefix("[") { return .slice }
    if expression == "append" || expression.hasPrefix("append(") { return .append }
    if expression == "func literal" { return .closure }
    if expression.hasPrefix("... argument") { return .variadic }
    if stringConversions.contains(where: expression.hasPrefix) { return .string }
    if labels.contains("interface-converted") { return .iface }
    // A sum without a literal may as well be of numbers, in a box.
    if expression.contains(" + "), expression.contains("\"") { return .string }
    return .value
  }

  private static let stringConversions = [
    "string(", "([]", "[]byte(", "[]rune(", "[]uint8(", "[]int32(",
  ]

  /// Whether a record of this kind can explain an allocation of this cause.
  func canExplain(_ cause: EscapeCause) -> Bool {
    switch cause {
    case .iface: [.iface, .value, .any].contains(kind)
    case .new: [.new, .moved, .any, .value, .slice].contains(kind)
    case .closure: [.closure, .value, .any].contains(kind)
    case .array: [.slice, .variadic, .moved, .any, .string, .new, .value].contains(kind)
    case .slice: [.slice, .any].contains(kind)
    case .map: [.map, .any].contains(kind)
    case .mapgrow: kind == .map
    case .append: kind == .append
    case .string, .bytes: [.string, .any, .value].contains(kind)
    case .chan: kind == .chan
    case .timer: [.new, .any, .value].contains(kind)
    case .defer: kind == .closure
    default: false
    }
  }

  /// The cause that the kind alone tells; nil where it leaves several.
  var cause: EscapeCause? {
    switch kind {
    case .new, .moved:
      expression.hasPrefix("&[") || expression.hasPrefix("new([") ? .array : .new
    case .map: .map
    case .chan: .chan
    case .slice: expression.hasPrefix("make(") ? .slice : .array
    case .append: .append
    case .closure: .closure
    case .variadic: .array
    case .string: .string
    case .iface: .iface
    case .any, .value: nil
    }
  }
}
