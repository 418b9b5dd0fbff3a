/// The toolchain that built an executable, such as `go1.27.3`.
public struct GoVersion: Hashable, Sendable, CustomStringConvertible {
  /// As the toolchain prints it, with experiments: `go1.24.1 X:noswissmap`.
  public let text: String
  /// 27 for `go1.27.3`.
  public let minor: Int

  /// A version from the toolchain's text; nil unless it names a release of Go 1 or comes from one
  /// (`devel go1.28-…`).
  public init?(_ text: String) {
    guard let start = text.firstRange(of: "go1.") else { return nil }
    let digits = text[start.upperBound...].prefix { $0.isASCII && $0.isNumber }
    guard let minor = Int(digits), minor < 1000 else { return nil }
    self.text = text
    self.minor = minor
  }

  /// Whether maps are Swiss tables, which are longer to describe.
  var hasSwissMaps: Bool { minor >= 24 && text.firstRange(of: "noswissmap") == nil }

  public var description: String { text }
}
