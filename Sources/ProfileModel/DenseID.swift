/// An index into one table of a profile: 0 for its first row, without gaps.
///
/// Ids are only meaningful for the profile (or the table) that they came from.
public protocol DenseID: RawRepresentable, BitwiseCopyable, Hashable, Comparable, Sendable
where RawValue == UInt32 {
  init(rawValue: UInt32)
}

extension DenseID {
  /// - Precondition: `index` is from 0 to `UInt32.max`.
  @inlinable public init(_ index: Int) { self.init(rawValue: UInt32(index)) }
  @inlinable public var index: Int { Int(rawValue) }
  /// The id that stands for "no such row".
  @inlinable public static var none: Self { Self(rawValue: .max) }
  @inlinable public var isNone: Bool { rawValue == .max }
  @inlinable public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A string of a profile's `StringTable`; 0 is the empty string. Equal strings have equal ids.
@frozen public struct StringID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// The empty string.
  @inlinable public static var empty: StringID { StringID(rawValue: 0) }
}

/// A row of `Profile.mappings`.
@frozen public struct MappingID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A row of `Profile.functions`.
@frozen public struct FunctionID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A row of `Profile.locations`.
@frozen public struct LocationID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A row of `Profile.stacks`.
@frozen public struct StackID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A row of `Profile.labelSets`; 0 is the set without labels.
@frozen public struct LabelSetID: DenseID {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// The set without labels.
  @inlinable public static var empty: LabelSetID { LabelSetID(rawValue: 0) }
}
