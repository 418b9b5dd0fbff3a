/// Reads what `-gcflags=-m` and `-gcflags=-m=2` print.
enum TextCompilerLog {
  static func records(of bytes: UnsafeBufferPointer<UInt8>) -> [CompilerRecord] {
    var reader = Reader()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      // Only lines about escapes and their flows matter, and these have a place.
      guard let line = Line(line) else { continue }
      reader.read(line)
    }
    return reader.finish()
  }

  /// `PATH:LINE:COLUMN: TEXT`.
  private struct Line {
    var place: CompilerRecord.Place
    var column: Int64
    var text: String

    init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
      let colon = UInt8(ascii: ":")
      var start = bytes.startIndex
      while let first = bytes[start...].firstIndex(of: colon) {
        start = first + 1
        guard first > bytes.startIndex, let (line, next) = Self.number(bytes, at: first + 1),
          let (column, end) = Self.number(bytes, at: next + 1), end + 1 < bytes.endIndex,
          bytes[end + 1] == UInt8(ascii: " ")
        else { continue }
        let file = String(decoding: bytes[..<first], as: UTF8.self)
        place = CompilerRecord.Place(file: file, line: line)
        self.column = column
        text = String(decoding: bytes[(end + 2)...], as: UTF8.self)
        if text.utf8.last == UInt8(ascii: "\r") { text.removeLast() }
        return
      }
      return nil
    }

    /// Digits up to a colon, and where that is.
    private static func number(
      _ bytes: Slice<UnsafeBufferPointer<UInt8>>, at start: Int
    ) -> (Int64, Int)? {
      var value: Int64 = 0
      var index = start
      while index < bytes.endIndex, bytes[index] != UInt8(ascii: ":") {
        guard (0x30...0x39).contains(bytes[index]), index - start < 18 else { return nil }
        value = value * 10 + Int64(bytes[index] - 0x30)
        index += 1
      }
      return index > start && index < bytes.endIndex ? (value, index) : nil
    }
  }

  private struct Reader {
    private var records: [CompilerRecord] = []
    /// Whether the record that was added last may have flows.
    private var isOpen = false
    private var isMoved: Set<Moved> = []

    private struct Moved: Hashable {
      var place: CompilerRecord.Place
      var column: Int64
      var name: String
    }

    mutating func read(_ line: Line) {
      if line.text.hasPrefix("  ") {
        readFlow(line)
        return
      }
      isOpen = false
      let escapes = " escapes to heap"
      if line.text.hasPrefix("moved to heap: ") {
        let name = String(line.text.dropFirst("moved to heap: ".count))
        isMoved.insert(Moved(place: line.place, column: line.column, name: name))
        add(line, name, kind: .moved)
      } else if line.text.hasSuffix(escapes) {
        add(line, String(line.text.dropLast(escapes.count)), kind: .any)
      } else if line.text.hasSuffix(":"), let range = line.text.lastRange(of: escapes) {
        let rest = line.text[range.upperBound...]
        guard rest == ":" || rest.hasPrefix(" in ") else { return }
        add(line, String(line.text[..<range.lowerBound]), kind: .any)
        isOpen = true
      }
    }

    private mutating func add(_ line: Line, _ expression: String, kind: CompilerRecord.Kind) {
      records.append(
        CompilerRecord(
          place: line.place, column: line.column, expression: expression, kind: kind))
    }

    /// A flow repeats the place of the record that it explains.
    private mutating func readFlow(_ line: Line) {
      guard isOpen, let last = records.last, last.place == line.place,
        last.column == line.column
      else { return }
      records[records.count - 1].hasFlow = true
      if let label = FlowLabel.label(in: line.text) {
        records[records.count - 1].labels.append(label)
      }
    }

    consuming func finish() -> [CompilerRecord] {
      for index in records.indices where records[index].kind == .any {
        let record = records[index]
        let moved = Moved(
          place: record.place, column: record.column, name: record.expression)
        records[index].kind =
          isMoved.contains(moved)
          ? .moved : CompilerRecord.kind(of: record.expression, labels: record.labels)
      }
      return records
    }
  }
}

/// The word in parentheses that says what a step of a flow is.
enum FlowLabel {
  /// The label of `from EXPRESSION (LABEL) at PLACE`; nil for other lines.
  static func label(in text: String) -> String? {
    var text = Substring(text)
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    guard text.hasPrefix("from ") else { return nil }
    if let range = String(text).lastRange(of: ") at ") {
      text = text.prefix(String(text).distance(to: range.lowerBound) + 1)
    }
    guard text.last == ")", let open = text.lastIndex(of: "(") else { return nil }
    let label = text[text.index(after: open)...].dropLast()
    return label.isEmpty ? nil : String(label)
  }
}

extension String {
  /// Where `text` stands last.
  func lastRange(of text: String) -> Range<Index>? {
    let wanted = Array(text.utf8)
    let bytes = utf8
    guard var start = bytes.index(bytes.endIndex, offsetBy: -wanted.count, limitedBy: startIndex)
    else { return nil }
    while true {
      if bytes[start...].starts(with: wanted) {
        return start..<bytes.index(start, offsetBy: wanted.count)
      }
      guard start > startIndex else { return nil }
      start = bytes.index(before: start)
    }
  }

  fileprivate func distance(to index: Index) -> Int { distance(from: startIndex, to: index) }
}
