import JSONReading

/// Reads the files that `-gcflags=-json=0,DIR` writes: a header, then a diagnostic a line.
enum JSONCompilerLog {
  static func records(of bytes: UnsafeBufferPointer<UInt8>) -> [CompilerRecord] {
    var file: String?
    var records: [CompilerRecord] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let file else {
        file = JSONDocument(line)?.value["file"].text ?? ""
        continue
      }
      guard mayEscape(line), let document = JSONDocument(line) else { continue }
      if let record = record(document.value, file) { records.append(record) }
    }
    return records
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
