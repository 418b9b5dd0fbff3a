/// What came of looking for a source file.
package enum SourceFile: Sendable {
  /// It is being looked for.
  case loading
  case found(SourceText)
  case missing(MissingSource)
}

/// Why there is no source.
package struct MissingSource: Error, Hashable, Sendable {
  /// The places where the file was looked for, in order.
  package let tried: [String]
  /// Why the file could not be read where one is; nil where there is none.
  package let reason: String?

  package init(tried: [String], reason: String? = nil) {
    self.tried = tried
    self.reason = reason
  }
}

/// The text of a source file, of which lines are decoded as they are asked for.
package final class SourceText: Sendable {
  /// Where it was found.
  package let path: String
  package let bytes: [UInt8]
  /// Where each line begins.
  private let starts: [Int]

  /// - Complexity: O(*n*) in the bytes.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts: [Int] = bytes.isEmpty ? [] : [0]
    for (index, byte) in bytes.enumerated()
    where byte == UInt8(ascii: "\n") && index + 1 < bytes.count {
      starts.append(index + 1)
    }
    self.starts = starts
  }

  package var lineCount: Int { starts.count }

  /// The line, counted from 0, without its end, or its first `limit` bytes; bytes that are not UTF-8
  /// read as U+FFFD.
  package func line(_ index: Int, limit: Int = 1 << 16) -> String {
    guard starts.indices.contains(index) else { return "" }
    let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
    var line = bytes[starts[index]..<end].prefix(limit)
    while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      line.removeLast()
    }
    return String(decoding: line, as: UTF8.self)
  }
}

/// A line of a source file, as the profile names it.
package struct SourcePlace: Hashable, Sendable {
  package let file: String
  /// Counted from 1; 0 where only the file is known.
  package let line: Int

  package init(file: String, line: Int64) {
    self.file = file
    self.line = line > 0 ? Int(clamping: line) : 0
  }
}
