import ProfileModel

/// A kind of file that holds a profile.
///
/// To add one, write its file and its line in `ProfileFormats.all`. A format says of any bytes
/// whether they are of its kind, and makes a profile of those that are; bytes that are damaged are
/// refused whole with the place of the damage. Everything in them comes from a stranger: numbers may
/// be any, sizes may lie, and what is allocated is bounded by the bytes that are there.
public protocol ProfileFormat: Sendable {
  /// What people call the format.
  var name: String { get }

  /// Whether `bytes`, which are not compressed, are of this kind, told from how they begin.
  ///
  /// A damaged file is still recognized, so that the error can say where the damage is.
  func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool

  /// The profile in `bytes`.
  ///
  /// - Parameter progress: called now and then; false gives up with `.cancelled`.
  func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile

  /// The format without the symbols that programs write beside addresses in their text; nil where
  /// nothing would be left. The format itself where there are none.
  var withoutSymbols: (any ProfileFormat)? { get }
}

extension ProfileFormat {
  public var withoutSymbols: (any ProfileFormat)? { self }
}
