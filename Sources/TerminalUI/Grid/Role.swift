/// What a piece of text on the screen is for; the terminal's palette turns it into attributes and
/// colours.
///
/// To add one, write its case here and its row in each theme of `Palette`: the compiler names the
/// places.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
  case plain
  /// Text that matters less than its surroundings: separators, units, paths.
  case dim

  // The frame around the views
  case header
  /// A value within the header: the file, the measure.
  case headerValue
  case title
  case tab
  case tabSelected
  case columnHead
  case columnHeadSorted
  case border
  /// A key in the footer or the help.
  case key
  /// What that key does.
  case keyText

  // Rows
  case number
  case name
  case path
  case lineNumber
  /// The row or frame that costs most.
  case hot
  /// Code of the project that is looked at, as against its libraries.
  case project
  case link
  case match
  case currentMatch

  // Change between two profiles
  case grew
  case shrank
  /// A change too small to mean anything.
  case noise

  // Messages
  case message
  case warning
  case error
  case prompt

  // Bars
  case gauge
  case gaugeRest

  // Spans of a flame graph, one of eight by a hash of the package
  case flame0, flame1, flame2, flame3, flame4, flame5, flame6, flame7
  /// A span of many frames too narrow to be drawn one by one.
  case flameRest
  case flameGrew
  case flameShrank
  case flameSame

  /// One of the eight flame colours, the same one for the same hash.
  package static func flame(hash: some BinaryInteger) -> Role {
    let index = UInt8(truncatingIfNeeded: hash) & 7
    return Role(rawValue: Role.flame0.rawValue + index) ?? .flame0
  }
}

/// What lies over a whole row or field, whatever the roles within it.
package enum Emphasis: UInt8, CaseIterable, Hashable, Sendable {
  case none
  /// The row under the cursor in the pane that has the focus.
  case selected
  /// The row under the cursor in a pane that does not have the focus.
  case marked
}

/// How a cell is to be shown: a role, and an emphasis over it.
package struct Style: Hashable, Sendable {
  /// Text with nothing to say about it.
  package static let plain = Style(.plain)

  /// What the text is for.
  package var role: Role
  /// What lies over it.
  package var emphasis: Emphasis

  /// The style of a role, with nothing or something over it.
  package init(_ role: Role, _ emphasis: Emphasis = .none) {
    self.role = role
    self.emphasis = emphasis
  }
}

extension Style: CustomStringConvertible {
  /// The role's name, after the emphasis where there is one: `selected number`.
  package var description: String {
    emphasis == .none ? "\(role)" : "\(emphasis) \(role)"
  }
}
