import ProfileModel

/// A row of a `NodeTable`.
@frozen public struct NodeID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}
