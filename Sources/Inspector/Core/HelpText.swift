import TerminalUI

/// The help popup: what the columns of a view mean and what each key does, read off the registries.
enum HelpText {
  static func popup(
    for pane: any Pane.Type, glyphs: GlyphSet, width: Int, settings: Settings = Settings()
  ) -> TextPopup {
    var lines: [PopupLine] = []
    if !pane.explanations.isEmpty {
      lines.append(PopupLine(left: "what \(pane.name) shows", isHeading: true))
      for explanation in pane.explanations {
        lines += wrapped(explanation.term, explanation.meaning, width: width)
      }
      lines.append(PopupLine())
    }
    var groups = GlobalKeys.groups
    if !pane.bindings.isEmpty { groups.insert(KeyGroup("in \(pane.name)", pane.bindings), at: 0) }
    let view = pane.name.lowercased()
    let own = settings.ownRows(besides: groups.flatMap(\.bindings), in: view)
    if !own.isEmpty { groups.append(KeyGroup("yours", own)) }
    for group in groups {
      lines.append(PopupLine(left: group.title, isHeading: true))
      for binding in settings.effective(group.bindings, in: view) {
        lines += wrapped(binding.label(glyphs), meaning(of: binding.command), width: width)
      }
      lines.append(PopupLine())
    }
    lines.removeLast()
    return TextPopup(title: "\(pane.name): \(pane.summary)", lines: lines)
  }

  /// What a command does; of one that opens a view its name as well.
  static func meaning(of command: Command) -> String {
    let view = Panes.all.first { Command.show($0) == command }
    return view.map { "\($0.name): \(command.summary)" } ?? command.summary
  }

  /// A line, or more where what is on the right is too long for the popup.
  private static func wrapped(_ left: String, _ right: String, width: Int) -> [PopupLine] {
    let width = min(width, 100)
    let column = max(PopupLine.rightColumn(width: width - 4), DisplayWidth.of(left) + 1)
    let room = max(width - 6 - column, 12)
    return TextWrapping.lines(right, width: room).enumerated().map { index, text in
      PopupLine(left: index == 0 ? left : "", right: text)
    }
  }
}
