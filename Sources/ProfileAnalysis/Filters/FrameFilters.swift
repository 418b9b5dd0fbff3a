/// Which samples and frames to show, by the names of functions, source files and mapped files.
public struct FrameFilters: Sendable {
  /// Keeps only samples with a frame that matches.
  public var focus: Pattern?
  /// Leaves out samples with a frame that matches.
  public var ignore: Pattern?
  /// Leaves out frames that match; what they cost falls to the frame that called them.
  public var hide: Pattern?
  /// Leaves out frames that do not match.
  public var show: Pattern?
  /// Leaves out frames that are closer to the root than the match closest to it.
  public var showFrom: Pattern?

  public init(
    focus: Pattern? = nil, ignore: Pattern? = nil, hide: Pattern? = nil, show: Pattern? = nil,
    showFrom: Pattern? = nil
  ) {
    self.focus = focus
    self.ignore = ignore
    self.hide = hide
    self.show = show
    self.showFrom = showFrom
  }
}
