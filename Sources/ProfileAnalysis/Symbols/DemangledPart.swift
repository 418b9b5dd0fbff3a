/// A part of a name that is being read: what stands before and after what it is wrapped around.
///
/// A pointer to an array is written around its `*`, as in `int (*) [3]`: most types have nothing after.
struct DemangledPart {
  enum Kind {
    case plain, function, array
  }

  var left: [UInt8]
  var right: [UInt8] = []
  var kind = Kind.plain
  /// Whether `left` ends within brackets that `right` closes, as in `int (*`.
  var isWrapped = false
  /// The last part of a name, which constructors are called after; without template arguments.
  var lastName: [UInt8] = []
  /// The parts of a pack of template arguments, which stands for any number.
  var pack: [DemangledPart]?
  /// Whether the name ends in template arguments: functions then tell their result.
  var isTemplate = false

  init(_ left: [UInt8]) { self.left = left }

  init(_ left: String) { self.left = Array(left.utf8) }

  /// The whole text.
  var text: [UInt8] {
    if let pack {
      return Array(pack.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ".utf8))
    }
    let needsBlank = kind == .function && !isWrapped && !left.isEmpty
    return left + (needsBlank ? [UInt8(ascii: " ")] : []) + right
  }

  /// The part with a mark, as `*`, or a qualifier, as ` const`, where it belongs.
  func adding(_ mark: String, wraps: Bool) -> DemangledPart {
    if let pack {
      var result = self
      result.pack = pack.map { $0.adding(mark, wraps: wraps) }
      return result
    }
    var result = self
    result.isTemplate = false
    if !wraps {
      if kind == .function {
        result.right += mark.utf8
      } else {
        result.left += mark.utf8
      }
      return result
    }
    if kind != .plain {
      if !isWrapped { result.left += " ".utf8 }
      result.left += "(".utf8
      result.right = Array(")".utf8) + right
      result.kind = .plain
      result.isWrapped = true
    }
    result.left += mark.utf8
    return result
  }

  /// The part as a reference; a reference to one is one, and of two kinds `&` wins.
  func reference(_ mark: String) -> DemangledPart {
    if let pack {
      var result = self
      result.pack = pack.map { $0.reference(mark) }
      return result
    }
    guard kind == .plain, left.last == UInt8(ascii: "&") else { return adding(mark, wraps: true) }
    var result = self
    if mark == "&", left.suffix(2).elementsEqual("&&".utf8) { result.left.removeLast() }
    return result
  }
}
