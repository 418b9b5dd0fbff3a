/// The signs and line pieces a screen is drawn with, in the two forms a terminal may be able to
/// show.
package struct GlyphSet: Hashable, Sendable {
  /// The name as an option's value: `utf8` or `ascii`.
  package let name: String

  /// Stands for what was left out of a text.
  package let ellipsis: String
  package let sortedDescending: String
  package let sortedAscending: String
  /// Before the selected row.
  package let cursor: String
  package let bullet: String
  package let arrow: String

  // Lists that open and close, and trees
  package let opened: String
  package let closed: String
  /// Two columns each.
  package let treeBranch: String
  package let treeLastBranch: String
  package let treeStem: String

  // Lines
  package let horizontal: Character
  package let vertical: Character
  package let topLeft: Character
  package let topRight: Character
  package let bottomLeft: Character
  package let bottomRight: Character

  // Change
  package let grew: String
  package let shrank: String
  package let appeared: String
  package let disappeared: String
  package let unchanged: String
  package let delta: String

  // Bars
  /// The filled part of one cell, from nothing to all of it.
  package let gaugeLevels: [Character]
  package let gaugeRest: Character
  /// Heights for a sparkline, lowest first.
  package let sparkLevels: [Character]
  /// The left edge of a flame's span, where colour alone does not tell two apart.
  package let flameEdge: Character
  /// A mark for spans too narrow to be drawn.
  package let flameRest: Character

  /// Names of keys as they are shown: the arrows and Enter.
  package let up: String
  package let down: String
  package let left: String
  package let right: String
  package let enter: String

  package static let all = [utf8, ascii]

  package static let utf8 = GlyphSet(
    name: "utf8", ellipsis: "…", sortedDescending: "▾", sortedAscending: "▴", cursor: ">",
    bullet: "•", arrow: "→", opened: "▾", closed: "▸", treeBranch: "├─", treeLastBranch: "└─",
    treeStem: "│ ", horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", grew: "▲", shrank: "▼", appeared: "+", disappeared: "-", unchanged: "=",
    delta: "Δ", gaugeLevels: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], gaugeRest: " ",
    sparkLevels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], flameEdge: "▏", flameRest: "░", up: "↑",
    down: "↓", left: "←", right: "→", enter: "⏎")

  package static let ascii = GlyphSet(
    name: "ascii", ellipsis: "..", sortedDescending: "v", sortedAscending: "^", cursor: ">",
    bullet: "*", arrow: "->", opened: "-", closed: "+", treeBranch: "|-", treeLastBranch: "`-",
    treeStem: "| ", horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", grew: "^", shrank: "v", appeared: "+", disappeared: "-", unchanged: "=",
    delta: "d", gaugeLevels: [" ", "#"], gaugeRest: ".",
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
