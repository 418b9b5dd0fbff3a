/// A container for executables: how to find its segments.
///
/// To add one, write `XFormat.swift` and list it in `BinaryFormats.all`.
public protocol BinaryFormat: Sendable {
  /// The container's usual name.
  static var name: String { get }

  /// Whether the file starts like one of these.
  static func recognizes(_ bytes: ImageBytes) -> Bool

  /// Reads headers only: what the segments hold is looked at when it is asked for.
  static func read(_ bytes: ImageBytes) throws(GoBinaryError) -> BinaryImage
}

/// The containers that are read.
public enum BinaryFormats {
  /// In the order in which they are tried.
  public static let all: [any BinaryFormat.Type] = [ELFFormat.self, MachOFormat.self]

  /// Their names, for messages.
  static var names: String { all.map { $0.name }.joined(separator: ", ") }

  /// Reads the file in the first format that recognizes it.
  public static func read(_ bytes: ImageBytes) throws(GoBinaryError) -> BinaryImage {
    for format in all where format.recognizes(bytes) { return try format.read(bytes) }
    throw .unrecognizedContainer
  }
}
