import TerminalUI

/// Where each part of the screen goes, worked out from its size alone.
///
/// Both `handle` and `render` ask for it, so that nothing need be written back from drawing.
package struct ScreenLayout: Hashable, Sendable {
  /// Whether the pane of details is shown.
  package enum DetailPane: Hashable, Sendable {
    /// Where the screen is large enough.
    case automatic
    case shown
    case hidden
  }

  /// The smallest screen that is drawn on; below, a notice is shown.
  package static let minimum = GridSize(columns: 20, rows: 5)

  package let size: GridSize
  package let header: GridRect
  /// The row of views; nil where there is no room.
  package let tabs: GridRect?
  /// The list, with its column heads where `showsHeads`; empty while the details are maximised.
  package let list: GridRect
  package let showsHeads: Bool
  /// The row about the selection; nil where there is no room.
  package let detailRow: GridRect?
  /// The pane of details, under the list or beside it; nil where it is not shown.
  package let detail: GridRect?
  /// The column of line between list and details where they are side by side.
  package let divider: GridRect?
  package let message: GridRect
  /// The row of keys; nil where there is no room.
  package let keys: GridRect?

  /// Too small for anything but a notice.
  package var isTooSmall: Bool {
    size.columns < Self.minimum.columns || size.rows < Self.minimum.rows
  }

  /// The rows of the list under its heads.
  package var bodyRows: Int { max(list.size.rows - (showsHeads ? 1 : 0), 0) }

  /// - Parameters:
  ///   - wanted: whether to show the pane of details.
  ///   - maximised: the pane that has all rows but the header's and the message's.
  package init(
    _ size: GridSize, detail wanted: DetailPane = .automatic, maximised: Maximised = .none
  ) {
    self.size = size
    var rest = GridRect(size: size)
    header = rest.removeTop(1)
    var keys: GridRect?
    var tabs: GridRect?
    var detailRow: GridRect?
    let isWhole = maximised == .none
    if isWhole, size.rows >= 12 { keys = rest.removeBottom(1) }
    message = rest.removeBottom(1)
    if isWhole, size.rows >= 10 { tabs = rest.removeTop(1) }
    showsHeads = size.rows >= 9
    let hasDetailRow = isWhole && size.rows >= 11
    self.keys = keys
    self.tabs = tabs

    let isWide = size.columns >= 160 && size.rows >= 12
    let isTall = size.rows >= 30
    let hasRoom = isWide || isTall || (wanted == .shown && size.rows >= 18)
    let isSplit = isWhole && hasRoom && wanted != .hidden
    var detail: GridRect?
    var divider: GridRect?
    if isSplit, isWide {
      if hasDetailRow { detailRow = rest.removeBottom(1) }
      let left = rest.removeLeft(size.columns * 3 / 5)
      divider = rest.removeLeft(1)
      detail = rest
      rest = left
    } else if isSplit {
      // What is over the heads, of which the list keeps 18 rows where it can.
      let rows = rest.size.rows - (showsHeads ? 1 : 0) - (hasDetailRow ? 1 : 0)
      let floor = isTall ? 18 : rows / 2
      detail = rest.removeBottom(max(min(rows / 3, rows - floor), 4))
      if hasDetailRow { detailRow = rest.removeBottom(1) }
    } else if hasDetailRow {
      detailRow = rest.removeBottom(1)
    }
    if maximised == .detail {
      detail = rest
      rest = GridRect(origin: rest.origin, size: .zero)
    }
    self.detailRow = detailRow
    self.detail = detail
    self.divider = divider
    list = rest
  }

  /// The pane that has the screen to itself.
  package enum Maximised: Hashable, Sendable {
    case none
    case list
    case detail
  }
}
