import ProfileAnalysis

/// Every variable of `ReportOptions`, in the order in which users see them.
public enum ReportVariables {
  public static let all: [ReportVariable] = measure + filters + amount + appearance

  /// What is measured.
  public static let measure: [ReportVariable] = [
    ReportVariable(
      "sample_index", "Sample value to report, by index or name",
      .text(\.sampleIndex, placeholder: "NAME")),
    ReportVariable(
      "mean", "Divide values by the first value: mean per object or event",
      .bool(\.mean)),
    ReportVariable("divide_by", "Divide values by this before printing", .number(\.divideBy)),
    ReportVariable("normalize", "Scale the profile to the base profile", .bool(\.normalize)),
    ReportVariable(
      "relative_percentages", "Percentages of what the filters leave",
      .bool(\.relativePercentages)),
  ]

  /// What is kept.
  public static let filters: [ReportVariable] = [
    ReportVariable(
      "focus", "Keep samples with a frame that matches", .text(\.focus, placeholder: "REGEX")),
    ReportVariable(
      "ignore", "Drop samples with a frame that matches", .text(\.ignore, placeholder: "REGEX")),
    ReportVariable(
      "hide", "Take frames that match out of stacks", .text(\.hide, placeholder: "REGEX")),
    ReportVariable("show", "Keep only frames that match", .text(\.show, placeholder: "REGEX")),
    ReportVariable(
      "show_from", "Drop frames above the highest match", .text(\.showFrom, placeholder: "REGEX")),
    ReportVariable(
      "prune_from", "Drop frames below the match nearest the leaf",
      .text(\.pruneFrom, placeholder: "REGEX")),
    ReportVariable(
      "tagfocus", "Keep samples with a label in range or that matches",
      .text(\.tagFocus, placeholder: "TAG")),
    ReportVariable(
      "tagignore", "Drop samples with a label in range or that matches",
      .text(\.tagIgnore, placeholder: "TAG")),
    ReportVariable(
      "tagshow", "Keep only labels whose key matches", .text(\.tagShow, placeholder: "REGEX")),
    ReportVariable(
      "taghide", "Drop labels whose key matches", .text(\.tagHide, placeholder: "REGEX")),
    ReportVariable(
      "tagroot", "Make labels with these keys frames at the root",
      .text(\.tagRoot, placeholder: "KEYS")),
    ReportVariable(
      "tagleaf", "Make labels with these keys frames at the leaf",
      .text(\.tagLeaf, placeholder: "KEYS")),
    ReportVariable("drop_negative", "Drop entries below zero", .bool(\.dropNegative)),
  ]

  /// How much is shown.
  public static let amount: [ReportVariable] = [
    ReportVariable("nodecount", "Show at most this many entries", .integer(\.nodeCount)),
    ReportVariable(
      "nodefraction", "Hide entries below this share of the total", .number(\.nodeFraction)),
    ReportVariable(
      "edgefraction", "Hide calls below this share of the total", .number(\.edgeFraction)),
    ReportVariable(
      "trim", "Heed nodecount, nodefraction and edgefraction", .bool(\.trim)),
  ]

  /// How it is shown.
  public static let appearance: [ReportVariable] = [
    ReportVariable(
      "granularity", "What counts as one entry",
      .choice([
        granularity(.functions, "An entry for each function name"),
        granularity(.filefunctions, "An entry for each function name and file"),
        granularity(.files, "An entry for each file"),
        granularity(.lines, "An entry for each source line"),
        granularity(.addresses, "An entry for each address"),
      ])),
    ReportVariable("noinlines", "Count inlined functions to their callers", .bool(\.noInlines)),
    ReportVariable("showcolumns", "Tell columns of a line apart", .bool(\.showColumns)),
    ReportVariable(
      "sort", "The order of entries",
      .choice([
        order(.flat, "Order by own value"),
        order(.cum, "Order by value with callees"),
      ])),
    ReportVariable(
      "call_tree", "Tell the ways to a function apart (dot, callgrind)",
      .bool(\.callTree)),
    ReportVariable(
      "unit", "The unit of values; minimum: one that fits all, auto: each its own",
      .text(\.unit, placeholder: "UNIT")),
    ReportVariable("compact_labels", "Leave out the header", .bool(\.compactLabels)),
    ReportVariable("intel_syntax", "Intel syntax in disassembly", .bool(\.intelSyntax)),
    ReportVariable(
      "source_path", "Where to look for source files", .text(\.sourcePath, placeholder: "DIRS")),
    ReportVariable(
      "base_source_path", "Where the sources of the older build are, to match lines by their text",
      .text(\.baseSourcePath, placeholder: "DIRS")),
    ReportVariable(
      "trim_path", "Prefixes to cut from source file names",
      .text(\.trimPath, placeholder: "DIRS")),
  ]

  /// The variable of that name; `-` and `_` are the same.
  public static func variable(_ name: String) -> ReportVariable? {
    let wanted = name.map { $0 == "-" ? "_" : $0 }
    return all.first { $0.name.elementsEqual(wanted) }
  }

  private static func granularity(
    _ granularity: Granularity, _ summary: String
  ) -> ReportVariable.Choice {
    ReportVariable.Choice(name: granularity.rawValue, summary: summary) {
      $0.granularity = granularity
    }
  }

  private static func order(_ order: ReportOrder, _ summary: String) -> ReportVariable.Choice {
    ReportVariable.Choice(name: order.rawValue, summary: summary) { $0.sort = order }
  }
}
