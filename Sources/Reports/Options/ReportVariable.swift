/// One variable of `ReportOptions`: its name to users, its meaning, and how it is read from text.
///
/// To add one, add the property to `ReportOptions` and a row to `ReportVariables.all`.
public struct ReportVariable: Sendable {
  /// The name as in pprof's flags, with underscores: `sample_index`.
  public let name: String
  /// A line of help, without a full stop.
  public let summary: String
  public let kind: Kind

  public enum Kind: Sendable {
    case bool(any WritableKeyPath<ReportOptions, Bool> & Sendable)
    case integer(any WritableKeyPath<ReportOptions, Int> & Sendable)
    case number(any WritableKeyPath<ReportOptions, Double> & Sendable)
    /// `placeholder` stands for the value in help: `REGEX`.
    case text(any WritableKeyPath<ReportOptions, String> & Sendable, placeholder: String)
    /// One of several words, each of which is a flag of its own.
    case choice([Choice])
  }

  /// A word of a choice.
  public struct Choice: Sendable {
    public let name: String
    public let summary: String
    public let apply: @Sendable (inout ReportOptions) -> Void
  }

  init(_ name: String, _ summary: String, _ kind: Kind) {
    self.name = name
    self.summary = summary
    self.kind = kind
  }

  /// What stands for the value in help; nil where the flag needs none.
  public var placeholder: String? {
    switch kind {
    case .bool, .choice: nil
    case .integer: "N"
    case .number: "F"
    case .text(_, let placeholder): placeholder
    }
  }

  /// Sets the variable from text; false where `value` is not one that it takes.
  ///
  /// - Parameter words: how booleans are spelled: as flags, or as in a configuration.
  public func set(
    _ options: inout ReportOptions, to value: String, words: BoolWords = .configuration
  ) -> Bool {
    switch kind {
    case .bool(let path):
      guard let parsed = words.parse(value) else { return false }
      options[keyPath: path] = parsed
    case .integer(let path):
      guard let parsed = NumberWords.integer(value) else { return false }
      options[keyPath: path] = parsed
    case .number(let path):
      guard let parsed = NumberWords.number(value) else { return false }
      options[keyPath: path] = parsed
    case .text(let path, _):
      options[keyPath: path] = value
    case .choice(let choices):
      guard let choice = choices.first(where: { $0.name == value }) else { return false }
      choice.apply(&options)
    }
    return true
  }

  /// The value as text that `set` takes.
  public func value(in options: ReportOptions) -> String {
    switch kind {
    case .bool(let path): options[keyPath: path] ? "true" : "false"
    case .integer(let path): String(options[keyPath: path])
    case .number(let path): "\(options[keyPath: path])"
    case .text(let path, _): options[keyPath: path]
    case .choice(let choices):
      choices.first { choice in
        var changed = options
        choice.apply(&changed)
        return changed == options
      }?.name ?? ""
    }
  }
}

/// How yes and no are spelled.
public enum BoolWords: Sendable {
  /// As Go's flags take them: `1`, `t`, `T`, `true`, `TRUE`, `True` and their opposites.
  case flag
  /// As pprof's configuration takes them: also `yes`, `y` and nothing, in any case.
  case configuration

  public func parse(_ word: String) -> Bool? {
    switch (self, self == .configuration ? word.lowercased() : word) {
    case (.flag, "1"), (.flag, "t"), (.flag, "T"), (.flag, "true"), (.flag, "TRUE"),
      (.flag, "True"):
      true
    case (.flag, "0"), (.flag, "f"), (.flag, "F"), (.flag, "false"), (.flag, "FALSE"),
      (.flag, "False"):
      false
    case (.configuration, "true"), (.configuration, "t"), (.configuration, "yes"),
      (.configuration, "y"), (.configuration, "1"), (.configuration, ""):
      true
    case (.configuration, "false"), (.configuration, "f"), (.configuration, "no"),
      (.configuration, "n"), (.configuration, "0"):
      false
    default: nil
    }
  }
}

/// Numbers as Go's flags take them.
public enum NumberWords {
  /// A whole number: decimal, or with `0x`, `0o`, `0b` or `0` before it; `_` may part digits.
  public static func integer(_ word: String) -> Int? {
    guard let word = withoutSeparators(word) else { return nil }
    var digits = word[...]
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits = digits.dropFirst() }
    var radix = 10
    let prefix = digits.prefix(2).lowercased()
    if let found = ["0x": 16, "0o": 8, "0b": 2][prefix] {
      radix = found
      digits = digits.dropFirst(2)
    } else if digits.count > 1, digits.first == "0" {
      radix = 8
      digits = digits.dropFirst()
    }
    guard digits.first?.isHexDigit == true else { return nil }  // no second sign
    return Int((isNegative ? "-" : "") + digits, radix: radix)
  }

  /// The word without each `_` between two digits, or between what says the base and a digit; nil
  /// where one stands elsewhere.
  private static func withoutSeparators(_ word: String) -> String? {
    guard word.utf8.contains(UInt8(ascii: "_")) else { return word }
    let unsigned = word.first == "-" || word.first == "+" ? word.dropFirst() : word[...]
    let hasPrefix = ["0x", "0o", "0b"].contains(unsigned.prefix(2).lowercased())
    let isHex = hasPrefix && unsigned.dropFirst().first?.lowercased() == "x"
    var isAfterDigit = hasPrefix
    var isAfterSeparator = false
    for sign in unsigned.dropFirst(hasPrefix ? 2 : 0).unicodeScalars {
      let isDigit = ("0"..."9").contains(sign) || isHex && sign.properties.isASCIIHexDigit
      if sign == "_" ? !isAfterDigit : isAfterSeparator && !isDigit { return nil }
      isAfterDigit = isDigit
      isAfterSeparator = sign == "_"
    }
    return isAfterSeparator ? nil : word.filter { $0 != "_" }
  }

  /// A number with or without a fraction and an exponent; with `0x` before it, in base 16. `_` may
  /// part digits. None that is too large is one.
  public static func number(_ word: String) -> Double? {
    guard let word = withoutSeparators(word) else { return nil }
    let unsigned = word.drop { $0 == "-" || $0 == "+" }
    guard word.count - unsigned.count <= 1 else { return nil }
    switch unsigned.lowercased() {
    case "inf", "infinity": return word.first == "-" ? -.infinity : .infinity
    case "nan": return word.count == unsigned.count ? .nan : nil
    default: break
    }
    if unsigned.lowercased().hasPrefix("0x") {
      guard unsigned.lowercased().contains("p") else { return nil }
    } else if !unsigned.utf8.allSatisfy({ isPartOfNumber($0) }) {
      return nil
    }
    return Double(word).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"), UInt8(ascii: "-"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
