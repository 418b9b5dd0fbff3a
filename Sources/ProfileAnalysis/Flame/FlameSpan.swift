/// Cells in a row of a `FlameLayout`: a frame, or a mark for frames that are too narrow to be drawn.
public struct FlameSpan: Hashable, Sendable {
  /// The frame; of a mark, the heaviest that it stands for.
  public let frame: CallTreeID
  /// How many frames it stands for: more than 1 in a mark.
  public let frameCount: Int
  /// The first column.
  public let start: Int
  /// The number of columns, at least 1.
  public let width: Int
  /// How many of the frame's children are not drawn on their own in the row below, which is laid
  /// out; 0 in a mark.
  public internal(set) var hiddenChildCount = 0

  /// Whether it stands for frames that are too narrow to be drawn.
  public var isMark: Bool { frameCount > 1 }

  /// The columns that it covers.
  public var columns: Range<Int> { start..<start + width }

  /// Whether it is the frame, or is the mark that stands for it and others.
  public func stands(for other: CallTreeID) -> Bool {
    let offset = Int(other.rawValue) - Int(frame.rawValue)
    return offset >= 0 && offset < frameCount
  }
}
