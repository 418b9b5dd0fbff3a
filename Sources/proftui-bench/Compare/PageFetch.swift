import Glibc

/// Runs a program that serves pages on 127.0.0.1 until it has served one.
enum PageFetch {
  /// Starts the program, fetches `path` from it once it listens, and ends it.
  ///
  /// - Parameter arguments: the command, for the port that it is to listen at.
  static func measure(_ path: String, _ arguments: (_ port: UInt16) -> [String]) throws
    -> ProcessCost
  {
    let port = try freePort()
    let server = try ChildProcess(arguments(port))
    let isServed: Bool
    do {
      isServed = try fetch(path, port: port, from: server)
    } catch {
      _ = try? server.end()
      throw error
    }
    let cost = try server.end()
    guard isServed else { throw BenchError.failed("fetch \(path)") }
    return cost
  }

  private static func fetch(_ path: String, port: UInt16, from server: ChildProcess) throws -> Bool
  {
    var socket = try connected(to: port)
    while socket == nil {
      if server.hasEnded() { throw BenchError.failed("serve \(path)") }
      // It listens once it has read the profile, which can take minutes.
      usleep(20_000)
      socket = try connected(to: port)
    }
    guard let socket else { return false }
    defer { close(socket) }
    let request = Array("GET \(path) HTTP/1.0\r\nHost: localhost:\(port)\r\n\r\n".utf8)
    guard write(socket, request, request.count) == request.count else {
      throw BenchError.system("write", errno)
    }
    var first: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(socket, &buffer, buffer.count)
      if count < 0 { throw BenchError.system("read", errno) }
      if count == 0 { break }
      if first.isEmpty { first = Array(buffer[..<count]) }
    }
    return String(decoding: first.prefix(16), as: UTF8.self).contains(" 200 ")
  }

  /// A connection to the port; nil where nobody listens there yet.
  private static func connected(to port: UInt16) throws -> Int32? {
    let socket = try newSocket()
    var address = address(port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return socket }
    close(socket)
    return nil
  }

  /// A port that nobody listens at, as the system hands them out.
  private static func freePort() throws -> UInt16 {
    let socket = try newSocket()
    defer { close(socket) }
    var address = address(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 ? getsockname(socket, $0, &size) : -1
      }
    }
    guard result == 0 else { throw BenchError.system("bind", errno) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func newSocket() throws -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw BenchError.system("socket", errno) }
    return socket
  }

  /// 127.0.0.1 at the port.
  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
