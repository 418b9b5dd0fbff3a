import ProfileAnalysis
import Reports
import TerminalUI

/// A view of the profile: a value that holds its own state, and draws into the room it is given.
///
/// To add one, write its file in this folder and its line in `Panes.all`: the key, the tab, help and
/// man page follow. A pane knows no other pane and no terminal; what concerns others it returns as a
/// `PaneRequest`, and what others did it reads off the session in `refresh`.
package protocol Pane: Sendable {
  /// The digit that opens it.
  static var key: Character { get }
  /// The name on its tab.
  static var name: String { get }
  /// What it shows, in a sentence for help and man page.
  static var summary: String { get }
  /// The keys that only mean something here.
  static var bindings: [KeyBinding] { get }
  /// What its columns mean, in the order of the columns.
  static var explanations: [Explanation] { get }
  /// Why its rows cannot be put in another order; nil where they can.
  static var fixedOrder: String? { get }
  /// Why its rows cannot be filtered; nil where they can.
  static var filterRefusal: String? { get }
  /// Whether it is about the selected symbol alone, and has nothing to show without one.
  static var followsSelection: Bool { get }
  /// Whether values are shown as means where the user wants them; sums where not.
  static var showsMeans: Bool { get }

  init()

  /// Takes over what changed in the session: the selection, the sample type, the order.
  ///
  /// Called before the first frame and after every change while the pane is open. All that takes
  /// longer than drawing the rows on screen is done here.
  mutating func refresh(in context: PaneContext)

  /// Carries out a command, one of its own or one that moves.
  ///
  /// - Returns: what concerns others; nil where the command means nothing here.
  mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]?

  /// Whether one of the view's own keys does something now; where not, the footer does not tell it.
  ///
  /// Asked with each frame.
  func offers(_ command: Command, in context: PaneContext) -> Bool

  /// Whether going back and cancelling concern the view itself now, as where it is zoomed in.
  func takes(_ command: Command) -> Bool

  /// Goes to the next row that matches, from the selected one on, or from the one before or after it.
  ///
  /// - Returns: nil where no row matches.
  mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition?

  /// The row that is selected, counted from 1, and how many there are; nil where nothing can be selected.
  func position(in context: PaneContext) -> (row: Int, count: Int)?

  /// How many rows there are, in sight or not.
  func rowCount(in context: PaneContext) -> Int

  /// Whether there can be details of its rows, beside which they are shown.
  func hasDetails(in context: PaneContext) -> Bool

  /// The symbol that is selected; nil where there is none.
  var selection: NodeID? { get }

  /// What the view is about, for coming back to it, and for details where no symbol is selected: the
  /// selection, or what stands in the middle.
  var subject: NodeID? { get }

  /// What details are shown of.
  var detailSubject: DetailSubject? { get }

  /// Turns to the session's selection with the next refresh, as if the view were opened for it.
  mutating func turnToSelection()

  /// How the pane shows things, in a word for the header; nil where there is nothing to say.
  var crumb: String? { get }

  /// What the row about the selection says: a name and facts, the most important first; nil for
  /// what is known of the selected symbol.
  func selectionFacts(in context: PaneContext) -> SelectionFacts?

  /// What focusing on, dropping and hiding the selection mean here; nil where it is a symbol.
  func refinement(for command: Command, in context: PaneContext) -> RefinementOffer?

  /// The source file that the view shows, as the profile names it; nil where it shows none.
  ///
  /// It is looked for, and what came of it is then in the session's `sources`.
  var wantedSource: String? { get }

  /// The line of source that is selected; nil for where the selected symbol is defined.
  func place(in context: PaneContext) -> SourcePlace?

  /// The frames that lead to the selection, outermost first; nil where a row is no stack.
  var stack: [NodeID]? { get }

  /// The rows as values, all of them and as they are shown.
  func values(in context: PaneContext) -> ReportTable

  /// Selects what is drawn at a row of the body and a column.
  ///
  /// - Returns: what concerns others; nil where the view is a list, whose rows are found without it.
  mutating func click(row: Int, column: Int, in context: PaneContext) -> [PaneRequest]?

  /// Draws what is in sight; a grid of the context's size.
  func render(in context: PaneContext) -> CellGrid
}

extension Pane {
  package static var explanations: [Explanation] { [] }
  package static var fixedOrder: String? { nil }
  package static var filterRefusal: String? { nil }
  package static var followsSelection: Bool { false }
  package static var showsMeans: Bool { false }
  package func rowCount(in context: PaneContext) -> Int { position(in: context)?.count ?? 0 }
  package func hasDetails(in context: PaneContext) -> Bool { position(in: context) != nil }
  package var selection: NodeID? { nil }
  package var subject: NodeID? { selection }
  package var detailSubject: DetailSubject? { (selection ?? subject).map { .symbol($0) } }
  package mutating func turnToSelection() {}
  package var crumb: String? { nil }
  package func position(in context: PaneContext) -> (row: Int, count: Int)? { nil }
  package func refinement(for command: Command, in context: PaneContext) -> RefinementOffer? {
    nil
  }
  package var wantedSource: String? { nil }
  package func place(in context: PaneContext) -> SourcePlace? { nil }
  package func offers(_ command: Command, in context: PaneContext) -> Bool { true }
  package func takes(_ command: Command) -> Bool { false }
  package var stack: [NodeID]? { nil }
  package func click(row: Int, column: Int, in context: PaneContext) -> [PaneRequest]? { nil }
  package func selectionFacts(in context: PaneContext) -> SelectionFacts? { nil }
}

/// What there is to say about what is selected.
package struct SelectionFacts: Hashable, Sendable {
  package let name: String
  /// The most important first: the last go where there is no room.
  package let facts: [String]

  package init(name: String, facts: [String]) {
    self.name = name
    self.facts = facts
  }
}

/// What a column, or a term, means.
package struct Explanation: Hashable, Sendable {
  package let term: String
  package let meaning: String

  package init(_ term: String, _ meaning: String) {
    self.term = term
    self.meaning = meaning
  }
}

/// What a pane is given to work with.
package struct PaneContext: Sendable {
  package let session: ProfileSession
  /// The room for column heads and rows.
  package let size: GridSize
  package let showsHeads: Bool
  package let isFocused: Bool
  package let glyphs: GlyphSet
  /// What is searched for; nil where nothing is.
  package let search: SearchMatches?
  package let settings: Settings

  package init(
    session: ProfileSession, size: GridSize, showsHeads: Bool = true, isFocused: Bool = true,
    glyphs: GlyphSet = .utf8, search: SearchMatches? = nil, settings: Settings = Settings()
  ) {
    self.settings = settings
    self.session = session
    self.size = size
    self.showsHeads = showsHeads
    self.isFocused = isFocused
    self.glyphs = glyphs
    self.search = search
  }

  /// The rows left under the heads.
  package var bodyRows: Int { max(size.rows - (showsHeads ? 1 : 0), 0) }
}

/// What a pane asks of the inspector.
package enum PaneRequest: Hashable, Sendable {
  /// The selected symbol is another one.
  case select(NodeID)
  /// Show the callers and callees of the symbol.
  case showCalls(NodeID)
  /// Put a refinement on the stack.
  case refine(Refinement)
  /// Put a refinement on the stack, or take it off where it is there.
  case toggle(Refinement)
  /// Show the source of the symbol, at a line where that is not 0.
  case showSource(NodeID, line: Int64)
  /// Show the heaviest path to the symbol in the tree.
  case showTree(NodeID)
  /// Compare two steps of the series.
  case compareSteps(base: Int, other: Int)
  /// Show a line until the next key.
  case tell(String)
  /// The command cannot be carried out now, for this reason.
  case refuse(String)
}

/// Where a search goes.
package enum SearchStep: Hashable, Sendable {
  /// To the selected row if it matches, else on to the next that does.
  case here
  case next
  case previous
}

/// Which of the matching rows is selected.
package struct SearchPosition: Hashable, Sendable {
  /// Counted from 1.
  package let ordinal: Int
  package let count: Int
  /// The search came round by the end of the list.
  package let isWrapped: Bool
  /// What matches is text, not the names of symbols.
  package let isOfText: Bool

  package init(ordinal: Int, count: Int, isWrapped: Bool, isOfText: Bool = false) {
    self.ordinal = ordinal
    self.count = count
    self.isWrapped = isWrapped
    self.isOfText = isOfText
  }

  /// The row that a search comes to in ascending `rows` that match, from the row at `origin`.
  static func find(_ step: SearchStep, in rows: [Int], from origin: Int) -> (
    row: Int, position: SearchPosition
  )? {
    guard !rows.isEmpty else { return nil }
    var index: Int
    switch step {
    case .here: index = rows.firstIndex { $0 >= origin } ?? rows.count
    case .next: index = rows.firstIndex { $0 > origin } ?? rows.count
    case .previous: index = rows.lastIndex { $0 < origin } ?? -1
    }
    let isWrapped = !rows.indices.contains(index)
    if isWrapped { index = step == .previous ? rows.count - 1 : 0 }
    return (
      rows[index],
      SearchPosition(ordinal: index + 1, count: rows.count, isWrapped: isWrapped)
    )
  }
}
