/// All that a stack and an executable tell about what was allocated.
public struct Allocation: Hashable, Sendable {
  /// How the sample's object size goes with the type.
  public enum SizeAgreement: Hashable, Sendable {
    case agrees
    /// The object is one that the runtime made in the same call; its type is not known.
    case differs
    /// There is no type, or a type of any size, or no object size.
    case unchecked
  }

  /// A decoder or encoder above, and the type of what it was given.
  public struct Root: Hashable, Sendable {
    public var function: String
    /// nil where the call does not say.
    public var type: String?
  }

  /// The call itself; of another frame than the leaf where that is the runtime's own.
  public var site: CallSite
  public var cause: AllocationCause?
  public var type: CallSite.AllocatedType?
  /// nil where there is no cause, or it comes from the names of the frames alone.
  public var evidence: CallSite.TypeEvidence?
  public var size = SizeAgreement.unchecked
  public var root: Root?
  /// Whether the executable's function at the leaf is the profile's: otherwise nothing was read.
  public var isOwnFunction: Bool
}
