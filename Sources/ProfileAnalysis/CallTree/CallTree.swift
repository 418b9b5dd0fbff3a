import ProfileModel
import Synchronization

/// Who called whom, as a tree from the outermost frames to the innermost, or inverted.
///
/// Every path of frames occurs once, with the value of the samples that have it; a function that
/// is reached on two paths is two frames. The tree opens itself: the children of a frame are found
/// when they are first asked for, by one look at each stack that has the frame, so that a tree
/// costs what is looked at, whatever the size of the profile. Frames keep their ids.
public final class CallTree: Sendable {
  public let nodes: NodeTable
  public let options: CallTreeOptions
  private let growth: Mutex<CallTreeGrowth>
  private let startByteCount: Int

  /// What is known of one frame.
  public struct Frame: Hashable, Sendable {
    /// What the frame shows; `.none` for the root.
    public var node: NodeID
    /// The frame above; `.none` for the root.
    public var parent: CallTreeID
    /// How many frames stand above, the root included.
    public var depth: Int
    /// The value of the samples whose path of frames goes through this one.
    public var cumulative: Int64
    /// The value of the samples whose path ends here: what the frame spent itself. In an inverted
    /// tree, what began here.
    public var flat: Int64
    /// Whether any path goes on.
    public var hasChildren: Bool
  }

  /// A tree of the stacks of the samples whose values are not 0. Sums wrap around at 64 bits.
  ///
  /// - Parameters:
  ///   - nodes: what the frames show; the table of this profile, or of one with equal locations.
  ///   - values: one for each sample.
  /// - Complexity: O(*n*) in samples.
  public init(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>, options: CallTreeOptions = .init()
  ) {
    self.nodes = nodes
    self.options = options
    let weights = StackWeights.compute(profile, values: values)
    let walk = StackWalk(profile.stacks, StackSums(weights), nodes, options)
    let start = CallTreeGrowth(walk, nodes: nodes)
    startByteCount = start.byteCount
    growth = Mutex(start)
  }

  /// What is known of the frame.
  ///
  /// - Complexity: O(*n*) in stacks through the frame at the first call, as for `flat(of:)` and
  ///   `hasChildren`, then constant.
  public subscript(id: CallTreeID) -> Frame { growth.withLock { $0.frame(id) } }

  /// The frames below this one: by magnitude of their cumulative value, the largest first, then
  /// by name.
  ///
  /// - Complexity: O(*n* log *n*) in stacks through the frame at the first call, then constant.
  public func children(of id: CallTreeID) -> CallTreeIDs {
    growth.withLock { $0.children(of: id) }
  }

  /// The sum of the magnitudes of the children's cumulative values; at most what fits in 64 bits.
  ///
  /// - Complexity: as that of `children(of:)`.
  public func childMagnitude(of id: CallTreeID) -> UInt64 {
    growth.withLock { $0.childMagnitude(of: id) }
  }

  /// What the frame shows; `.none` for the root.
  public func node(of id: CallTreeID) -> NodeID { row(id).node }

  /// The frame above; nil for the root.
  public func parent(of id: CallTreeID) -> CallTreeID? {
    let parent = row(id).parent
    return parent.isNone ? nil : parent
  }

  /// How many frames stand above, the root included.
  public func depth(of id: CallTreeID) -> Int { Int(row(id).depth) }

  /// The value of the samples whose path goes through the frame.
  public func cumulative(of id: CallTreeID) -> Int64 { row(id).cumulative }

  /// The value of the samples whose path ends at the frame.
  public func flat(of id: CallTreeID) -> Int64 { self[id].flat }

  /// Whether `children(of:)` has any; does not look for them.
  public func hasChildren(_ id: CallTreeID) -> Bool { self[id].hasChildren }

  /// What is known already.
  private func row(_ id: CallTreeID) -> CallTreeGrowth.Row { growth.withLock { $0.row(id) } }

  /// What it takes beside the nodes, in bytes; more as children are asked for. What it takes without
  /// any while it is asked for some.
  public var byteCount: Int {
    growth.withLockIfAvailable { $0.byteCount } ?? startByteCount
  }

  /// How many frames have been found so far.
  public var knownCount: Int { growth.withLock { $0.count } }
}
