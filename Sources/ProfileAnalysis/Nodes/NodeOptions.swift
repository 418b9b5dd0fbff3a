/// What tells the nodes of a report apart, besides the granularity.
public struct NodeOptions: Hashable, Sendable {
  /// Whether of each location only the outermost line counts: inlined calls merge into their caller.
  public var mergesInlined = false
  /// Whether columns are told apart, where lines are. Addresses keep them in any case, unless
  /// inlined calls are merged.
  public var keepsColumns = false
  /// Whether equally named functions of different binaries are told apart.
  public var keepsObjectFiles = false
  /// Whether file names stay whole: without it, they lose what stands for the working directory of a
  /// build as well.
  public var keepsFilePaths = false
  /// Prefixes to take off file names, separated by colons.
  public var trimPath = ""
  /// Where sources are, separated by colons: without `trimPath`, a file name loses all up to the
  /// last part of such a directory's name.
  public var sourcePath = ""

  public init() {}
}
