import ProfileModel

/// A frame of a `CallTree`. Ids are handed out as the tree is opened, the root's first.
@frozen public struct CallTreeID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// The frame above all others, which stands for the whole profile.
  @inlinable public static var root: CallTreeID { CallTreeID(rawValue: 0) }
}

/// Ids that follow each other: the children of a frame, heaviest first.
@frozen public struct CallTreeIDs: RandomAccessCollection, Hashable, Sendable {
  @usableFromInline let first: UInt32
  public let count: Int

  @usableFromInline init(first: UInt32, count: Int) {
    self.first = first
    self.count = count
  }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }
  @inlinable public subscript(position: Int) -> CallTreeID {
    precondition(position >= 0 && position < count, "child out of range")
    return CallTreeID(rawValue: first &+ UInt32(truncatingIfNeeded: position))
  }

  /// Where the frame stands among the children, nil where it is none of them.
  public func position(of id: CallTreeID) -> Int? {
    let position = Int(id.rawValue) - Int(first)
    return position >= 0 && position < count ? position : nil
  }
}
