/// Which lines of functions are shown under another number than the older build has for them.
public struct LineMoves: Sendable {
  /// How the line that one build has was found in the other.
  public enum Reason: Hashable, Sendable {
    /// The function moved as a whole: the line is where it was from the function's first line on.
    case sameOffset
    /// Both sources were read, and the text is the same.
    case sameText
    /// Both sources were read: the text is another, between lines that are the same.
    case changedText
    /// Lines were added or taken away above it: its calls and its neighbours say which it is, as no
    /// source of the older build was at hand.
    case calls
    /// The newer build has no such line.
    case gone
  }

  /// The number that the older build has.
  public struct Move: Hashable, Sendable {
    public let line: Int64
    public let reason: Reason
  }

  struct Key: Hashable {
    let function: String
    let line: Int64
  }

  private var moves: [Key: Move] = [:]
  /// How many source files were read of both builds.
  public internal(set) var readFileCount = 0

  public init() {}

  public var isEmpty: Bool { moves.isEmpty }
  public var count: Int { moves.count }

  /// What is known of a line of the function, by the number that is shown; nil where it did not move.
  public func move(of function: String, line: Int64) -> Move? {
    moves[Key(function: function, line: line)]
  }

  mutating func add(_ function: String, shown: Int64, was line: Int64, _ reason: Reason) {
    moves[Key(function: function, line: shown)] = Move(line: line, reason: reason)
  }
}
