import TerminalUI

/// What each role looks like under a theme.
///
/// To add a role, give it a row in each of the two tables below. Without colours every theme is
/// `mono`, which is complete by itself: nothing is told by colour alone.
struct Palette: Sendable {
  let theme: Theme
  let hasColors: Bool
  /// What the user chose for roles.
  var choices: [Role: Paint] = [:]

  /// How a style looks.
  func paint(_ style: Style) -> Paint {
    guard hasColors, theme != .mono else { return monochrome(style) }
    let colors = theme == .light ? ThemeColors.light : .dark
    let paint = choices[style.role] ?? colors.paint(style.role, isClassic: theme == .classic)
    switch (style.emphasis, style.role) {
    case (.none, _), (_, .match), (_, .currentMatch): return paint
    case (.selected, _):
      return Paint(paint.attributes.union(.bold), colors.selectedText, on: colors.selectedRow)
    case (.marked, _):
      return Paint(paint.attributes.union(.underline), paint.foreground, on: paint.background)
    }
  }

  private func monochrome(_ style: Style) -> Paint {
    let attributes = choices[style.role]?.attributes ?? Self.attributes(style.role)
    switch style.emphasis {
    case .none: return Paint(attributes)
    // What is reversed anyway stands out from a reversed row by not being so.
    case .selected: return Paint(attributes.subtracting(.dim).symmetricDifference(.reverse))
    case .marked: return Paint(attributes.union(.underline))
    }
  }

  private static func attributes(_ role: Role) -> Attributes {
    switch role {
    case .plain, .number, .name, .lineNumber, .keyText, .message, .prompt, .shrank, .tab, .path:
      []
    case .dim, .border, .noise, .gaugeRest, .flameRest: .dim
    case .header, .headerValue, .title, .hot, .project, .key, .grew, .warning: .bold
    case .columnHead: .underline
    case .columnHeadSorted: [.underline, .bold]
    case .tabSelected, .gauge, .currentMatch: .reverse
    case .error: [.bold, .reverse]
    case .link, .match: .underline
    case .flame0, .flame2, .flame4, .flame6, .flameSame: .reverse
    case .flame1, .flame3, .flame5, .flame7: [.reverse, .dim]
    case .flameGrew: [.reverse, .bold]
    case .flameShrank: [.reverse, .underline]
    }
  }
}

/// The colours that a background asks for.
struct ThemeColors: Sendable {
  let selectedText: TerminalColor
  let selectedRow: TerminalColor
  let quiet: TerminalColor
  let accent: TerminalColor
  let number: TerminalColor?
  let hot: TerminalColor
  let project: TerminalColor
  let orange: TerminalColor
  let blue: TerminalColor
  let red: TerminalColor
  let green: TerminalColor
  let yellow: TerminalColor
  /// Text on a colour.
  let onColor: TerminalColor
  let matchBack: TerminalColor
  let currentMatchBack: TerminalColor
  let flames: [TerminalColor]
  let flameGrew: TerminalColor
  let flameShrank: TerminalColor
  let flameSame: TerminalColor

  static let dark = ThemeColors(
    selectedText: TerminalColor(231, 15, 7), selectedRow: TerminalColor(24, 4, 4),
    quiet: TerminalColor(245, 8, 7), accent: TerminalColor(81, 14, 6), number: nil,
    hot: TerminalColor(221, 11, 3), project: TerminalColor(158, 10, 2),
    orange: TerminalColor(215, 11, 3), blue: TerminalColor(75, 12, 6),
    red: TerminalColor(203, 9, 1), green: TerminalColor(114, 10, 2),
    yellow: TerminalColor(221, 11, 3), onColor: TerminalColor(16, 0, 0),
    matchBack: TerminalColor(179, 3, 3), currentMatchBack: TerminalColor(226, 11, 6),
    flames: [
      TerminalColor(215, 11, 3), TerminalColor(180, 3, 7), TerminalColor(109, 6, 6),
      TerminalColor(174, 9, 1), TerminalColor(144, 7, 7), TerminalColor(110, 12, 6),
      TerminalColor(222, 11, 3), TerminalColor(139, 13, 5),
    ],
    flameGrew: TerminalColor(208, 11, 3), flameShrank: TerminalColor(75, 12, 6),
    flameSame: TerminalColor(250, 7, 7))

  static let light = ThemeColors(
    selectedText: TerminalColor(16, 0, 0), selectedRow: TerminalColor(153, 14, 6),
    quiet: TerminalColor(242, 8, 0), accent: TerminalColor(25, 4, 4), number: nil,
    hot: TerminalColor(130, 5, 5), project: TerminalColor(22, 2, 2),
    orange: TerminalColor(130, 3, 3), blue: TerminalColor(26, 4, 4),
    red: TerminalColor(124, 1, 1), green: TerminalColor(28, 2, 2),
    yellow: TerminalColor(94, 3, 3), onColor: TerminalColor(16, 0, 0),
    matchBack: TerminalColor(222, 11, 3), currentMatchBack: TerminalColor(214, 14, 6),
    flames: [
      TerminalColor(216, 11, 3), TerminalColor(223, 7, 7), TerminalColor(152, 14, 6),
      TerminalColor(217, 13, 5), TerminalColor(187, 10, 2), TerminalColor(153, 12, 6),
      TerminalColor(229, 11, 3), TerminalColor(182, 13, 5),
    ],
    flameGrew: TerminalColor(215, 11, 3), flameShrank: TerminalColor(117, 14, 6),
    flameSame: TerminalColor(252, 7, 7))

  /// How a role looks on this background.
  func paint(_ role: Role, isClassic: Bool) -> Paint {
    switch role {
    case .plain, .name, .keyText, .message, .prompt, .tab: Paint()
    case .dim, .border, .noise, .lineNumber, .gaugeRest, .path: Paint([], quiet)
    case .header, .title: Paint(.bold, accent)
    case .headerValue: Paint(.bold)
    case .tabSelected: Paint([.bold, .reverse])
    case .columnHead: Paint(.underline)
    case .columnHeadSorted: Paint([.underline, .bold], accent)
    case .key: Paint(.bold, accent)
    case .number: Paint([], number)
    case .hot: Paint(.bold, hot)
    case .project: Paint(.bold, project)
    case .link: Paint(.underline, accent)
    case .match: Paint([], onColor, on: matchBack)
    case .currentMatch: Paint(.bold, onColor, on: currentMatchBack)
    case .grew: Paint(.bold, isClassic ? red : orange)
    case .shrank: Paint([], isClassic ? green : blue)
    case .warning: Paint(.bold, yellow)
    case .error: Paint(.bold, red)
    case .gauge: Paint([], accent)
    case .flame0: flame(0)
    case .flame1: flame(1)
    case .flame2: flame(2)
    case .flame3: flame(3)
    case .flame4: flame(4)
    case .flame5: flame(5)
    case .flame6: flame(6)
    case .flame7: flame(7)
    case .flameRest: Paint([], quiet)
    case .flameGrew: Paint([], onColor, on: isClassic ? red : flameGrew)
    case .flameShrank: Paint([], onColor, on: isClassic ? green : flameShrank)
    case .flameSame: Paint([], onColor, on: flameSame)
    }
  }

  private func flame(_ index: Int) -> Paint {
    Paint([], onColor, on: flames[index % flames.count])
  }
}
