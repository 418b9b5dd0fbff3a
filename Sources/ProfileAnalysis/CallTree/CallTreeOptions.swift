/// How a call tree is laid out.
public struct CallTreeOptions: Hashable, Sendable {
  /// Whether the tree begins with the innermost frames and goes on to their callers.
  public var isInverted = false
  /// Whether calls of a node to itself are one frame: `f f f g` reads as `f g`.
  public var foldsRecursion = false

  public init() {}

  public init(isInverted: Bool, foldsRecursion: Bool = false) {
    self.isInverted = isInverted
    self.foldsRecursion = foldsRecursion
  }
}
