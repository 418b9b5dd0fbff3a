/// Which samples, frames and labels a report is about, as the options of `pprof` say it.
///
/// Every string is an option's value, empty where it is not given.
public struct FilterOptions: Hashable, Sendable {
  public var focus = ""
  public var ignore = ""
  public var hide = ""
  public var show = ""
  public var showFrom = ""
  public var pruneFrom = ""
  public var tagFocus = ""
  public var tagIgnore = ""
  public var tagShow = ""
  public var tagHide = ""
  /// Label keys with commas between them, to make frames of at the root.
  public var tagRoot = ""
  /// Label keys with commas between them, to make frames of at the leaf.
  public var tagLeaf = ""
  /// What numbers in such frames are printed in.
  public var unit = "minimum"
  /// Whether percentages are of what the filters leave.
  public var hasRelativePercentages = false

  public init() {}

  /// The filters that a report names in its header, as `focus=main`, in `pprof`'s order.
  public var activeFilters: [String] {
    let all = [
      ("focus", focus), ("ignore", ignore), ("hide", hide), ("show", show),
      ("show_from", showFrom), ("tagfocus", tagFocus), ("tagignore", tagIgnore),
      ("tagshow", tagShow), ("taghide", tagHide),
    ]
    return all.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1)" }
  }

  /// Whether every sample, frame and label is kept as it is.
  public var isEmpty: Bool {
    activeFilters.isEmpty && pruneFrom.isEmpty && tagRoot.isEmpty && tagLeaf.isEmpty
  }
}
