/// What a call into the allocator was for, as far as the machine code tells.
public struct CallSite: Hashable, Sendable {
  /// What stands at the address.
  public enum Call: Hashable, Sendable {
    /// A call of a fixed function.
    case direct
    /// A call through a pointer: the callee is not in the code.
    case indirect
    /// No call: the address may be one of the marks that stand for inlined calls.
    case none
    /// No function of the program.
    case outside
  }

  /// How the type is known, or why it is not.
  public enum TypeEvidence: String, CaseIterable, Sendable {
    /// The code passes the address of its description.
    case exact
    /// The code passes what it finds in the dictionary of a generic function.
    case dictionary
    /// What the code does with the result names it.
    case forward
    /// The operation has only one.
    case implied
    /// There is none: memory without pointers, see `detail`.
    case untyped
    /// The program decides when it runs, as reflection does.
    case dynamic
    /// There should be one, and it was not found.
    case unknown
    /// A decoder was given a target that leaves only one type open.
    case untypedTarget
    /// The object has another size than the type that the call names.
    case sizeDiffers
    /// The operation has no type to name.
    case none
  }

  /// What memory without a type is.
  public enum Detail: Hashable, Sendable {
    /// Several small variables that the compiler put into one block of so many bytes.
    case mergedVariables(size: Int64)
    /// A block of so many bytes.
    case block(size: Int64)
    /// The copy of a slice without pointers, of a size that varies.
    case pointerFreeCopy
  }

  /// The type that was allocated; what of it was allocated, `AllocationCause.typeRole` says.
  public struct AllocatedType: Hashable, Sendable {
    /// As the program would print it.
    public var name: String
    /// Its description; nil where the operation implies the type without naming it.
    public var description: GoType?
  }

  /// A function that calls the allocator but is missing from the stack, as Go up to 1.25 records it.
  public struct HiddenFrame: Hashable, Sendable {
    public var function: String
    /// The source file, as the compiler saw its path; empty where the table does not say.
    public var file: String
    /// The line of the allocation where there is only one.
    public var line: Int?
  }

  public var call: Call
  /// The function whose code holds the address; empty where there is none.
  public var function: String
  /// The function that was called: one of the runtime's where something was allocated.
  public var callee: String?
  /// nil where the call is no known allocation.
  public var cause: AllocationCause?
  public var type: AllocatedType?
  /// nil where `cause` is nil.
  public var evidence: TypeEvidence?
  public var detail: Detail?
  public var hiddenFrame: HiddenFrame?
  /// Whether the call belongs to an inlined function that the address only marks.
  public var isInlined = false

  init(call: Call, function: String = "", callee: String? = nil) {
    self.call = call
    self.function = function
    self.callee = callee
  }
}
