import GoBinary
import ProfileModel

/// What is known of the allocations at one place: why, of what type, and how we know.
public struct EscapeFinding: Hashable, Sendable {
  /// nil where nothing tells.
  public var cause: EscapeCause?
  public var causeTier = EvidenceTier.none
  /// The type that was allocated, as the program would print it; empty where unknown.
  ///
  /// For slices it is that of an element, for maps and channels that of the whole.
  public var type = ""
  public var typeTier = EvidenceTier.none
  /// The decoder or encoder above that decided on the type, and what it was given.
  public var root: Allocation.Root?
  /// Why it could not stay on the stack; nil where nothing tells.
  public var reason: EscapeReason?
  /// The function of the runtime that was called; empty where unknown.
  public var callee = ""
  /// The innermost function at the leaf, by its row in the profile; nil for stacks without frames.
  public var function: FunctionID?
  /// Who allocates although the stack leaves it out: a function that `function` called.
  public var hidden: HiddenPlace?
  /// The line in the innermost function's file; 0 where unknown.
  public var line: Int64 = 0
  /// How the compiler's line was found; nil where no log has one.
  public var match: CompilerMatch?
  /// What escapes, as the compiler prints it; empty where no log has it.
  public var expression = ""
  /// What is odd about it; nil where nothing is.
  public var note: EscapeNote?

  public init() {}
}

/// How surely a line of the compiler's log is about an allocation.
public enum CompilerMatch: String, Hashable, Sendable {
  /// All calls that were inlined are the same.
  case chain = "by inline chain"
  /// The line is the same, and what is inlined there is not told.
  case line = "by line"
  /// It is about the function by itself, not about where it was inlined.
  case function = "by the function's own line"
}

/// The place of an allocation in a function that the stack leaves out.
public struct HiddenPlace: Hashable, Sendable {
  public var function: String
  public var file: String
  /// 0 where the function allocates on several lines.
  public var line: Int64
}

/// What to keep in mind about an allocation.
public enum EscapeNote: Hashable, Sendable {
  /// Small objects without pointers share blocks of 16 bytes, which are charged to who opens them.
  case tinyBlocks
  /// Several small variables in one block.
  case mergedVariables
  /// The copy of a slice without pointers: the code names no type.
  case pointerFreeCopy
  /// The type is decided while the program runs.
  case dynamicType
  /// The runtime made an object of another size in the same call.
  case otherSize
  /// The code passes the shape that types share, not the type.
  case shapeType

  /// A few words for people.
  public var text: String {
    switch self {
    case .tinyBlocks:
      "16-byte tiny blocks: small objects share them, so counts are lower than the truth"
    case .mergedVariables: "several small variables in one block"
    case .pointerFreeCopy: "copy of a slice without pointers"
    case .dynamicType: "the type is decided at run time, as by reflection"
    case .otherSize: "an object that the runtime made in the same call"
    case .shapeType: "some type of this shape: generic code does not name it"
    }
  }
}
