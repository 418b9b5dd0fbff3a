import ProfileAnalysis

/// What may grow by how much between two profiles.
public struct CheckPolicy: Sendable {
  /// A limit, and what it holds for.
  public struct Budget: Sendable {
    public enum Subject: Hashable, Sendable {
      /// All samples together.
      case total
      /// Each function for what it costs itself.
      case eachFunction
      /// Each function that matches, with what it calls.
      case functions
      /// Each package that matches, with what it calls.
      case packages
      /// Each value of a label that matches.
      case label(key: String)
      /// Each type of objects that matches.
      case types
    }

    public let subject: Subject
    /// What the names have to match; nil for all.
    public let pattern: Pattern?
    public let limit: CheckLimit
    /// The line that says so, for messages.
    public let text: String

    public init(_ subject: Subject, pattern: Pattern? = nil, limit: CheckLimit, text: String) {
      self.subject = subject
      self.pattern = pattern
      self.limit = limit
      self.text = text
    }
  }

  public var budgets: [Budget] = []
  /// Whether growth fails that sampling could explain, or that is small beside the whole.
  public var isStrict = false

  public init() {}

  /// What holds where nothing else is said: 10 % for all together.
  public static let usual: CheckPolicy = {
    var policy = CheckPolicy()
    guard let limit = CheckLimit("10%") else { return policy }
    policy.budgets = [Budget(.total, limit: limit, text: "total 10%")]
    return policy
  }()

  /// Adds the budgets of a file, a line each: `WHAT [REGEX] LIMIT`, or `strict`; `#` begins a comment.
  ///
  /// WHAT is `total`, `each`, `function REGEX`, `package REGEX`, `label KEY=REGEX` or `type REGEX`.
  public mutating func add(file text: String) throws(CheckPolicyError) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      if words == ["strict"] {
        isStrict = true
        continue
      }
      do throws(CheckPolicyError.Reason) {
        budgets.append(try Self.budget(first, Array(words.dropFirst())))
      } catch {
        throw CheckPolicyError(line: index + 1, reason: error)
      }
    }
  }

  private static func budget(
    _ kind: String, _ rest: [String]
  ) throws(CheckPolicyError.Reason) -> Budget {
    guard let last = rest.last else { throw .noLimit(kind) }
    guard let limit = CheckLimit(last) else { throw .badLimit(last) }
    let name = rest.dropLast().joined(separator: " ")
    let text = ([kind] + rest).joined(separator: " ")
    switch kind {
    case "total", "each":
      guard name.isEmpty else { throw .unexpectedName(kind, name) }
      return Budget(kind == "total" ? .total : .eachFunction, limit: limit, text: text)
    case "function", "package", "type":
      let subject: Budget.Subject =
        kind == "function" ? .functions : kind == "package" ? .packages : .types
      return Budget(subject, pattern: try pattern(name, kind), limit: limit, text: text)
    case "label":
      guard let equals = name.firstIndex(of: "="), equals != name.startIndex else {
        throw .noLabelKey
      }
      let expression = String(name[name.index(after: equals)...])
      return Budget(
        .label(key: String(name[..<equals])), pattern: try pattern(expression, kind),
        limit: limit, text: text)
    default: throw .unknownKind(kind)
    }
  }

  private static func pattern(
    _ source: String, _ kind: String
  ) throws(CheckPolicyError.Reason) -> Pattern {
    guard !source.isEmpty else { throw .noName(kind) }
    do {
      return try Pattern(source)
    } catch {
      throw .badPattern(source, error)
    }
  }
}

/// What is wrong with a line of a policy.
public struct CheckPolicyError: Error, Hashable, CustomStringConvertible {
  public enum Reason: Error, Hashable {
    case unknownKind(String)
    case noLimit(String)
    case badLimit(String)
    case noName(String)
    case unexpectedName(String, String)
    case noLabelKey
    case badPattern(String, PatternError)
  }

  /// Counted from 1.
  public let line: Int
  public let reason: Reason

  public var description: String {
    switch reason {
    case .unknownKind(let kind):
      "line \(line): no budget is called \(kind.withoutControls), only total, each, function, package, label, type"
    case .noLimit(let kind): "line \(line): \(kind) needs a limit, as 10% or 5MB"
    case .badLimit(let text):
      "line \(line): \(text.withoutControls) is no limit; write 10%, 5MB or 10%,64kB"
    case .noName(let kind): "line \(line): \(kind) needs an expression before the limit"
    case .unexpectedName(let kind, let name):
      "line \(line): \(kind) takes only a limit, not \(name.withoutControls)"
    case .noLabelKey: "line \(line): a label is written as KEY=REGEX"
    case .badPattern(_, let error): "line \(line): \(error)"
    }
  }
}
