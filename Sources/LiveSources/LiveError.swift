/// Why something could not be fetched: one line, lower-case, that says what to do where that is known.
///
/// Nothing secret is in it, and no control byte, whatever the other side sent.
public struct LiveError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// What was written is no address, or one that is not fetched.
    case address
    /// There was no exchange: no route, no answer, a broken connection, a certificate that does not fit.
    case transport
    /// The answer took too long.
    case timeout
    /// The answer is larger than was allowed.
    case size
    /// The caller gave up.
    case cancelled
    /// The server answered, but not with what was asked for.
    case answer
  }

  public let kind: Kind
  public let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = OneLine.of(description)
  }
}

extension LiveError {
  /// A store that has nothing in the time it was asked about.
  public static let nothingInRange = LiveError(
    .answer, "has no profiles in this time; from= and until= choose another")
  /// A question that only stores answer.
  public static let notAStore = LiveError(.address, "is no store of profiles")
}

/// Text from strangers, made fit for one line.
enum OneLine {
  static let limit = 400

  /// The text without control characters, its white space folded, cut after `limit` characters.
  static func of(_ text: some StringProtocol) -> String {
    var line = ""
    var count = 0
    var wantsBlank = false
    for scalar in text.unicodeScalars {
      let isBlank = scalar.properties.isWhitespace
      let isControl =
        scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format
      if isBlank || isControl {
        wantsBlank = wantsBlank || (isBlank && count > 0)
        continue
      }
      guard count < limit else { return line + "…" }
      if wantsBlank { line.unicodeScalars.append(" ") }
      wantsBlank = false
      line.unicodeScalars.append(scalar)
      count += 1
    }
    return line
  }

  /// The same of bytes that may be no text at all.
  static func of(_ bytes: some Collection<UInt8>) -> String {
    of(String(decoding: bytes.prefix(4 * limit), as: UTF8.self))
  }
}
