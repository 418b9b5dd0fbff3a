/// The stack of an allocation as a profile recorded it, leaf first.
///
/// Frames are asked for when they are needed: for most stacks only the leaf.
public protocol AllocationStack {
  /// The number of frames; those that were inlined into one another are one.
  var frameCount: Int { get }

  /// The address inside the call of a frame, as the file counts; nil where the profile has none.
  func address(ofFrame frame: Int) -> UInt64?

  /// The names of the functions of a frame, from the innermost inlined one to the one that it is
  /// the code of; empty where the profile has none.
  func functions(ofFrame frame: Int) -> [String]
}

extension AllocationStack {
  /// Whether each function on it is the runtime's own: then the profile left none out.
  var isAllRuntime: Bool {
    guard frameCount > 0 else { return false }
    for frame in 0..<frameCount {
      let functions = functions(ofFrame: frame)
      guard functions.allSatisfy(AllocatorRule.isRuntime) else { return false }
    }
    return true
  }
}
