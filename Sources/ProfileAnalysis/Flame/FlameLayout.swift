/// A call tree as rows of whole cells, an icicle: one frame on top over the full width, below each
/// frame its children, the heaviest first, and what it spent itself as a gap at their right.
///
/// A frame's cells are shared out among its children and itself by largest remainder, so that a row
/// never holds more than the one above it. Children that are due less than a cell are drawn as one
/// mark together. Values count by their magnitude. Rows are laid out from the top as they are asked
/// for, and opened no further in the tree.
public struct FlameLayout: Sendable {
  public let tree: CallTree
  /// The frame that has the full width.
  public let root: CallTreeID
  public let columns: Int

  /// The spans of the rows laid out so far, row by row, each from left to right.
  private var spans: [FlameSpan] = []
  /// Where each row starts in `spans`, and the end.
  private var rowStarts = [0]
  /// Whether there is nothing below the last row.
  private(set) public var isComplete = false

  /// A layout of which only the row of `root` is laid out.
  public init(_ tree: CallTree, root: CallTreeID = .root, columns: Int) {
    self.tree = tree
    self.root = root
    self.columns = max(columns, 0)
    guard columns > 0 else {
      isComplete = true
      return
    }
    spans.append(FlameSpan(frame: root, frameCount: 1, start: 0, width: columns))
    rowStarts.append(1)
    layOutNext()
  }

  /// How many rows are laid out.
  public var rowCount: Int { rowStarts.count - 1 }

  /// The spans of a row, from left to right; none where the row is not laid out or does not exist.
  public subscript(row: Int) -> ArraySlice<FlameSpan> {
    guard row >= 0, row < rowCount else { return [] }
    return spans[rowStarts[row]..<rowStarts[row + 1]]
  }

  /// Lays out the rows down to `row`, and one below so that its hidden children are counted.
  ///
  /// - Complexity: O(columns) in each new row, and what opening the frames in it takes.
  public mutating func layOut(through row: Int) {
    while rowCount <= row.addingSaturated(1), !isComplete { layOutNext() }
  }

  /// Lays out every row.
  ///
  /// - Complexity: O(columns) in each row; less where stacks are few.
  public mutating func layOutAll() { layOut(through: .max) }

  private mutating func layOutNext() {
    guard !isComplete else { return }
    let above = rowStarts[rowCount - 1]..<rowStarts[rowCount]
    for index in above where !spans[index].isMark {
      let span = spans[index]
      guard tree.hasChildren(span.frame) else { continue }
      let before = spans.count
      let children = tree.children(of: span.frame)
      appendChildren(children, of: span)
      let drawn = spans[before...].count { !$0.isMark }
      spans[index].hiddenChildCount = children.count - drawn
    }
    if spans.count == above.upperBound {
      isComplete = true
    } else {
      rowStarts.append(spans.count)
    }
  }

  private mutating func appendChildren(_ children: CallTreeIDs, of span: FlameSpan) {
    let own = tree.flat(of: span.frame).magnitude
    let all = tree.childMagnitude(of: span.frame)
    var shares = FlameShares(columns: span.width, total: UInt128(own) + UInt128(all))
    var rest = all
    var drawn = 0
    while drawn < children.count {
      let value = tree.cumulative(of: children[drawn]).magnitude
      guard shares.isWholeColumn(value), value <= rest else { break }
      shares.add(value)
      rest -= value
      drawn += 1
    }
    if drawn < children.count { shares.add(rest) }
    shares.add(own)
    let widths = shares.apportioned()
    var start = span.start
    for index in 0..<drawn {
      append(children[index], count: 1, from: &start, width: widths[index])
    }
    if drawn < children.count {
      append(
        children[drawn], count: children.count - drawn, from: &start, width: widths[drawn])
    }
  }

  private mutating func append(
    _ frame: CallTreeID, count: Int, from start: inout Int, width: Int
  ) {
    guard width > 0 else { return }
    spans.append(FlameSpan(frame: frame, frameCount: count, start: start, width: width))
    start += width
  }
}

// MARK: Finding spans

extension FlameLayout {
  /// Where a frame is drawn.
  public struct Place: Hashable, Sendable {
    /// The row, counted from that of the root.
    public let row: Int
    /// The span's index among those of the row.
    public let index: Int
    /// Whether the span is that of the frame, not of what hides it.
    public let isDrawn: Bool

    public init(row: Int, index: Int, isDrawn: Bool) {
      self.row = row
      self.index = index
      self.isDrawn = isDrawn
    }
  }

  /// Where a frame is drawn, or else the mark, or the innermost frame above it, that is drawn in its
  /// place; nil where it is not below the root. Lays out what it takes, and nothing below that.
  public mutating func place(of frame: CallTreeID) -> Place? {
    var path: [CallTreeID] = [frame]
    while let last = path.last, last != root {
      guard let parent = tree.parent(of: last) else { return nil }
      path.append(parent)
    }
    guard columns > 0 else { return nil }
    var place: Place?
    for (row, ancestor) in path.reversed().enumerated() {
      layOut(through: row)
      guard let index = index(of: ancestor, in: row) else { break }
      let isMark = self[row][self[row].startIndex + index].isMark
      place = Place(row: row, index: index, isDrawn: ancestor == frame && !isMark)
      // Nothing is drawn below it.
      if isMark { break }
    }
    return place
  }

  /// The span at a place.
  public func span(at place: Place) -> FlameSpan? {
    let row = self[place.row]
    return row.indices.contains(row.startIndex + place.index)
      ? row[row.startIndex + place.index] : nil
  }

  /// Where the widest frame below a place is drawn, or the mark for all of them; nil where none has a
  /// cell. Lays out what it takes.
  public mutating func widestChild(below place: Place) -> Place? {
    guard let span = span(at: place), !span.isMark else { return nil }
    layOut(through: place.row)
    guard let child = children(of: span, in: place.row).indices.first else { return nil }
    let row = self[place.row + 1]
    return Place(
      row: place.row + 1, index: child - row.startIndex, isDrawn: !row[child].isMark)
  }

  private func index(of frame: CallTreeID, in row: Int) -> Int? {
    let spans = self[row]
    return spans.firstIndex { $0.stands(for: frame) }.map { $0 - spans.startIndex }
  }

  /// The frames of a span that are drawn below it, the widest first, and after them the mark for
  /// those that are not.
  public func children(of span: FlameSpan, in row: Int) -> ArraySlice<FlameSpan> {
    let below = self[row + 1]
    let first = below.firstIndex { $0.start >= span.start } ?? below.endIndex
    let end = below[first...].firstIndex { $0.start >= span.start + span.width } ?? below.endIndex
    return below[first..<end]
  }
}

extension Int {
  fileprivate func addingSaturated(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}
