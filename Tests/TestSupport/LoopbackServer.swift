import Glibc
import ProfileModel
import Synchronization

/// A server on 127.0.0.1 that does with each connection what a test wants; ends with it.
package final class LoopbackServer: Sendable {
  /// A request as it came in.
  package struct Request: Sendable {
    package let method: String
    /// Path and query.
    package let target: String
    /// By name in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

    package var path: String { String(target.prefix { $0 != "?" }) }
    package var query: String { String(target.dropFirst(path.count + 1)) }
  }

  /// What is done with a connection after its request was read.
  package enum Step: Sendable {
    case send([UInt8])
    /// Send the same until the other side hangs up.
    case sendForever([UInt8])
    /// Wait until the other side hangs up.
    case wait
    /// Break the connection off, as a crash does.
    case reset
  }

  package let port: Int
  private let listener: Int32
  private let seen = Mutex<[Request]>([])

  package init(_ answer: @escaping @Sendable (Request) -> [Step]) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, size) | listen(listener, 16) | getsockname(listener, pointer, &size)
      }
    }
    guard code == 0 else { throw Failed() }
    port = Int(UInt16(bigEndian: address.sin_port))
    run { [self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        run {
          defer { close(connection) }
          guard let request = Self.read(connection) else { return }
          self.seen.withLock { $0.append(request) }
          for step in answer(request) { Self.perform(step, connection) }
        }
      }
    }
  }

  package struct Failed: Error {}

  /// Stops listening, which is what tests that are over do.
  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  package var url: String { "http://127.0.0.1:\(port)" }
  /// What was asked so far.
  package var requests: [Request] { seen.withLock { $0 } }

  /// An answer with a status and a body.
  package static func response(
    _ status: String = "200 OK", type: String = "application/octet-stream",
    headers: [String] = [], bytes body: [UInt8] = []
  ) -> [Step] {
    let lines =
      ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.count)"] + headers
      + ["Connection: close", "", ""]
    return [.send(Array(lines.joined(separator: "\r\n").utf8) + body)]
  }

  package static func response(
    _ status: String = "200 OK", type: String = "text/plain", headers: [String] = [],
    text body: String
  ) -> [Step] {
    response(status, type: type, headers: headers, bytes: Array(body.utf8))
  }

  // MARK: The wire

  private static func perform(_ step: Step, _ connection: Int32) {
    switch step {
    case .send(let bytes): _ = write(bytes, to: connection)
    case .sendForever(let bytes): while write(bytes, to: connection) {}
    case .wait:
      var byte: UInt8 = 0
      while Glibc.read(connection, &byte, 1) > 0 {}
    case .reset:
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    func more() -> Bool {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(connection, &buffer, buffer.count)
      guard count > 0 else { return false }
      bytes += buffer[..<count]
      return true
    }
    let end = Array("\r\n\r\n".utf8)
    var head: Range<Int>?
    repeat {
      guard more() else { return nil }
      head = bytes.firstRange(of: end)
    } while head == nil
    guard let head else { return nil }
    let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    let count = headers["content-length"].flatMap { Int($0) } ?? 0
    while bytes.count < head.upperBound + count { guard more() else { return nil } }
    return Request(
      method: String(words[0]), target: String(words[1]), headers: headers,
      body: Array(bytes[head.upperBound...]))
  }

  private func run(_ body: @escaping @Sendable () -> Void) { WorkerThread.start(body) }
}

/// A thread that nobody waits for.
private enum WorkerThread {
  static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = SystemThread(body)
    precondition(thread != nil)
    thread?.detach()
  }
}
