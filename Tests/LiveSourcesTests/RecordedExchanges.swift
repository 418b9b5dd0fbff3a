import Foundation
import TestSupport

@testable import LiveSources

/// Exchanges with real servers, recorded, to be played again: a replay, and not that server.
///
/// A request is answered if its method, path, type and every field that it holds are those of a
/// recorded one.
final class RecordedExchanges: Sendable {
  private struct Exchange: Sendable {
    let key: Key
    let status: String
    let headers: [String]
    let body: [UInt8]
  }

  /// What has to be the same.
  private struct Key: Hashable, Sendable {
    var method = ""
    var path = ""
    var type = ""
    var fields: Set<String> = []
  }

  private let exchanges: [Exchange]
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/backends")

  /// Whether the recordings are there.
  static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  init(_ name: String) throws {
    let folder = Self.folder.appendingPathComponent(name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    exchanges = try files.filter { $0.hasSuffix(".req") }.compactMap { file in
      let base = folder.appendingPathComponent(String(file.dropLast(4))).path
      guard FileManager.default.fileExists(atPath: base + ".resp.head") else { return nil }
      let request = try Self.bytes(base + ".req")
      let head = String(decoding: try Self.bytes(base + ".resp.head"), as: UTF8.self)
        .split(whereSeparator: \.isNewline).map(String.init)
      return Exchange(
        key: Self.key(recorded: request),
        status: String(head[0].split(separator: " ", maxSplits: 1)[1]),
        headers: head.dropFirst().filter(Self.isKept),
        body: try Self.bytes(base + ".resp.body"))
    }
  }

  /// The body of a recorded answer.
  static func body(_ path: String) throws -> [UInt8] {
    try bytes(folder.appendingPathComponent(path).path)
  }

  /// Serves what was recorded; 599 for what was not.
  func serve() throws -> LoopbackServer {
    try LoopbackServer { [exchanges] request in
      let key = Self.key(
        request.method, request.target, request.headers["content-type"] ?? "", request.body)
      guard let found = exchanges.first(where: { $0.key == key }) else {
        return LoopbackServer.response("599 Not Recorded", text: "\(key)")
      }
      let lines =
        ["HTTP/1.1 \(found.status)"] + found.headers
        + ["Content-Length: \(found.body.count)", "Connection: close", "", ""]
      return [.send(Array(lines.joined(separator: "\r\n").utf8) + found.body)]
    }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static func isKept(_ line: String) -> Bool {
    let name = line.prefix { $0 != ":" }.lowercased()
    return !["content-length", "transfer-encoding", "connection"].contains(name)
  }

  private static func key(recorded: [UInt8]) -> Key {
    let end =
      recorded.firstRange(of: Array("\r\n\r\n".utf8)) ?? recorded.endIndex..<recorded.endIndex
    let lines = String(decoding: recorded[..<end.lowerBound], as: UTF8.self)
      .split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    let type = lines.first { $0.lowercased().hasPrefix("content-type:") }
      .map { String($0.dropFirst(13).drop { $0 == " " }) }
    return key(String(words[0]), String(words[1]), type ?? "", Array(recorded[end.upperBound...]))
  }

  private static func key(
    _ method: String, _ target: String, _ type: String, _ body: [UInt8]
  ) -> Key {
    var key = Key(method: method, path: String(target.prefix { $0 != "?" }), type: type)
    for part in target.dropFirst(key.path.count + 1).split(separator: "&") {
      key.fields.insert(normalized(LiveAddress.percentDecoded(part) ?? String(part)))
    }
    if type == "application/proto" {
      for (field, content) in ProtobufFields(body[...]) {
        let value =
          switch content {
          case .varint(let value): "\(value)"
          case .fixed64(let bits): "\(Double(bitPattern: bits))"
          case .bytes: content.text
          }
        key.fields.insert("\(field)=\(value)")
      }
    } else if !body.isEmpty {
      key.fields.insert(String(decoding: body, as: UTF8.self))
    }
    return key
  }

  /// Times that are the same are written the same.
  private static func normalized(_ field: String) -> String {
    guard let equals = field.firstIndex(of: "="),
      let time = Timestamp.milliseconds(String(field[field.index(after: equals)...])),
      !field.hasPrefix("single.time")
    else { return field }
    return "\(field[..<equals])=\(time)"
  }
}
