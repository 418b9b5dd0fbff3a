/// The signs and line pieces a screen is drawn with, in the two forms a terminal may be able to
/// show.
package struct GlyphSet: Hashable, Sendable {
  /// The name as an option's value: `utf8` or `ascii`.
  package let name: String

  /// Stands for what was left out of a text.
  package let ellipsis: String
  /// At the head of a column sorted from its largest value.
  package let sortedDescending: String
  /// At the head of a column sorted from its smallest value.
  package let sortedAscending: String
  /// Before the selected row.
  package let cursor: String
  /// Before an item of a list.
  package let bullet: String
  /// Between two things that are said in one line.
  package let separator: String
  /// Between what leads and where it leads.
  package let arrow: String

  // Lists that open and close, and trees
  /// Before a row that shows its children.
  package let opened: String
  /// Before a row that hides its children.
  package let closed: String
  /// Leads to a child that has more after it. Two columns, like the next two.
  package let treeBranch: String
  /// Leads to the last child.
  package let treeLastBranch: String
  /// Passes by to a later child.
  package let treeStem: String

  // Lines
  /// A line across.
  package let horizontal: Character
  /// A line down.
  package let vertical: Character
  /// A corner of a box.
  package let topLeft: Character
  /// A corner of a box.
  package let topRight: Character
  /// A corner of a box.
  package let bottomLeft: Character
  /// A corner of a box.
  package let bottomRight: Character

  // Change
  /// Before a value that is larger than it was.
  package let grew: String
  /// Before a value that is smaller than it was.
  package let shrank: String
  /// Before what was not there before.
  package let appeared: String
  /// Before what is no longer there.
  package let disappeared: String
  /// Before what is as it was.
  package let unchanged: String
  /// Names a difference.
  package let delta: String

  // Bars
  /// The filled part of one cell, from nothing to all of it.
  package let gaugeLevels: [Character]
  /// The part of a bar that is not filled.
  package let gaugeRest: Character
  /// Heights for a sparkline, lowest first.
  package let sparkLevels: [Character]
  /// The left edge of a flame's span, where colour alone does not tell two apart.
  package let flameEdge: Character
  /// A mark for spans too narrow to be drawn.
  package let flameRest: Character

  /// Names of keys as they are shown: the arrows and Enter.
  package let up: String
  /// See `up`.
  package let down: String
  /// See `up`.
  package let left: String
  /// See `up`.
  package let right: String
  /// See `up`.
  package let enter: String

  /// Both, in the order that users see.
  package static let all = [utf8, ascii]

  /// For a terminal that shows UTF-8.
  package static let utf8 = GlyphSet(
    name: "utf8", ellipsis: "…", sortedDescending: "▾", sortedAscending: "▴", cursor: ">",
    bullet: "•", separator: "·", arrow: "→", opened: "▾", closed: "▸", treeBranch: "├─",
    treeLastBranch: "└─",
    treeStem: "│ ", horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", grew: "▲", shrank: "▼", appeared: "+", disappeared: "-", unchanged: "=",
    delta: "Δ", gaugeLevels: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], gaugeRest: " ",
    sparkLevels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], flameEdge: "▏", flameRest: "░", up: "↑",
    down: "↓", left: "←", right: "→", enter: "⏎")

  /// For any terminal.
  package static let ascii = GlyphSet(
    name: "ascii", ellipsis: "..", sortedDescending: "v", sortedAscending: "^", cursor: ">",
    bullet: "*", separator: "|", arrow: "->", opened: "-", closed: "+", treeBranch: "|-",
    treeLastBranch: "`-",
    treeStem: "| ", horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", grew: "^", shrank: "v", appeared: "+", disappeared: "-", unchanged: "=",
    delta: "change", gaugeLevels: [" ", "#"], gaugeRest: ".",
    sparkLevels: ["_", ".", "-", "=", "*", "#"], flameEdge: "|", flameRest: ":", up: "Up",
    down: "Down", left: "Left", right: "Right", enter: "Enter")

  /// A bar of `width` columns of which `fraction` (held to `0...1`) is filled, to the finest step
  /// the set has.
  package func gauge(fraction: Double, width: Int) -> String {
    guard width > 0, let full = gaugeLevels.last else { return "" }
    let steps = gaugeLevels.count - 1
    let held = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
    let units = Int((held * Double(width * steps)).rounded())
    var bar = String(repeating: full, count: units / steps)
    if units % steps > 0 { bar.append(gaugeLevels[units % steps]) }
    let used = units / steps + (units % steps > 0 ? 1 : 0)
    return bar + String(repeating: gaugeRest, count: width - used)
  }
}
