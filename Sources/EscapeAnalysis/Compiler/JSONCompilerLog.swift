import JSONReading

/// Reads the files that `-gcflags=-json=0,DIR` writes: a header, then a diagnostic a line.
enum JSONCompilerLog {
  static func records(of bytes: UnsafeBufferPointer<UInt8>) -> [CompilerRecord] {
    var file: String?
    var package = ""
    var records: [CompilerRecord] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let file else {
        let header = JSONDocument(line)?.value
        file = header?["file"].text ?? ""
        package = String(CompilerLog.name(of: header?["package"].text ?? ""))
        continue
      }
      guard mayEscape(line), let document = JSONDocument(line) else { continue }
      if let record = record(document.value, file) { records.append(record) }
    }
    return withoutRepeats(records, package)
  }

  /// Whether an expression is the name of a variable alone.
  private static func isVariable(_ expression: String, of package: String) -> Bool {
    let own = expression.hasPrefix("\(package).") ? package.utf8.count + 1 : 0
    let name = expression.utf8.dropFirst(own)
    return !name.isEmpty
      && name.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte)
          || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      }
  }

  /// Leaves out the diagnostics that only repeat, without a word, that an expression escapes.
  ///
  /// Variables that move to the heap have none: it tells them from values of variables.
  private static func withoutRepeats(
    _ records: [CompilerRecord], _ package: String
  ) -> [CompilerRecord] {
    struct Spot: Hashable {
      var place: CompilerRecord.Place
      var column: Int64
      var inlined: [CompilerRecord.Place]
    }
    func spot(_ record: CompilerRecord) -> Spot {
      Spot(place: record.place, column: record.column, inlined: record.inlined)
    }
    let told = Set(records.filter { !$0.expression.isEmpty }.map(spot))
    let repeated = Set(records.filter(\.expression.isEmpty).map(spot))
    return records.filter { !$0.expression.isEmpty || !told.contains(spot($0)) }.map { record in
      var record = record
      if record.kind == .value, isVariable(record.expression, of: package),
        !repeated.contains(spot(record))
      {
        record.kind = .moved
      }
      return record
    }
  }

  /// Most diagnostics are of inlining and bounds checks: they are not worth parsing.
  private static func mayEscape(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let mark: StaticString = "\"code\":\"escape"
    return mark.withUTF8Buffer { mark in
      guard let first = mark.first else { return true }
      var start = line.startIndex
      // The code follows the range, near the start.
      let end = min(line.endIndex, start + 512)
      while start + mark.count <= end {
        if line[start] == first, line[start..<start + mark.count].elementsEqual(mark) {
          return true
        }
        start += 1
      }
      return false
    }
  }

  private static func record(_ value: JSONDocument.Value, _ file: String) -> CompilerRecord? {
    guard let code = value["code"].text, code == "escape" || code == "escapes",
      let line = value["range"]["start"]["line"].integer
    else { return nil }
    let message = value["message"].text ?? ""
    let end = message.lastRange(of: " escapes to heap")?.lowerBound ?? message.endIndex
    var record = CompilerRecord(
      place: .init(file: file, line: line),
      column: value["range"]["start"]["character"].integer ?? 0,
      expression: String(message[..<end]), kind: .any)
    record.knowsInlining = true
    for related in value["relatedInformation"].elements {
      let text = related["message"].text ?? ""
      if text == "inlineLoc" {
        // Those among the flows belong to the flows.
        if !record.hasFlow, let place = place(related["location"]) {
          record.inlined.append(place)
        }
      } else {
        record.hasFlow = true
        let flow = text.hasPrefix("escflow:") ? String(text.dropFirst("escflow:".count)) : text
        if let label = FlowLabel.label(in: flow) { record.labels.append(label) }
      }
    }
    if !message.isEmpty {
      record.kind = CompilerRecord.kind(of: record.expression, labels: record.labels)
    }
    return record
  }

  private static func place(_ location: JSONDocument.Value) -> CompilerRecord.Place? {
    guard let uri = location["uri"].text,
      let line = location["range"]["start"]["line"].integer
    else { return nil }
    return .init(file: path(ofURI: uri), line: line)
  }

  /// The path of a `file://` URI, without its percent escapes.
  static func path(ofURI uri: String) -> String {
    let escaped = Array(uri.hasPrefix("file://") ? uri.utf8.dropFirst(7) : uri.utf8[...])
    var bytes: [UInt8] = []
    var index = 0
    while index < escaped.count {
      if escaped[index] == UInt8(ascii: "%"), index + 2 < escaped.count,
        let byte = UInt8(
          String(decoding: escaped[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        bytes.append(byte)
        index += 3
      } else {
        bytes.append(escaped[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
