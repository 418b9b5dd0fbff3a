import Foundation
import Testing

/// Debian's nginx in front of a program, as proxies stand in front of services; ends with this.
final class Nginx {
  /// One without TLS, and one that wants certificates of clients.
  let ports: [Int]
  private let scratch: Scratch

  /// Where Debian has it; nil where it is not installed.
  private static let executable = ["/usr/sbin/nginx", "/usr/bin/nginx"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static var isPossible: Bool { executable != nil }

  /// - Parameter server: what is behind it.
  init(before server: PprofServer) throws {
    scratch = try Scratch()
    ports = try [Self.freePort(), Self.freePort()]
    _ = try scratch.file("users", Data("ann:{PLAIN}s3cret\n".utf8))
    _ = try scratch.file("nginx.conf", Data(configuration(server).utf8))
    // It goes to the background once it listens.
    try #require(try run([]) == 0, "\(log("errors"))")
  }

  deinit { _ = try? run(["-s", "quit"]) }

  /// What was asked for, a line each: path, status, encoding of the answer, whether a login came.
  var requests: [String] {
    // Lines are written when an answer is over, which may be after the client has it.
    _ = try? run(["-s", "reopen"])
    return log("requests").split(separator: "\n").map(String.init)
  }

  private func log(_ name: String) -> String {
    (try? String(contentsOf: scratch.folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
  }

  private func run(_ arguments: [String]) throws -> Int32 {
    let folder = scratch.folder.path
    return try ChildProcess(
      try #require(Self.executable),
      ["-p", folder, "-c", "\(folder)/nginx.conf", "-e", "\(folder)/errors"] + arguments,
      environment: []
    ).wait()
  }

  private func configuration(_ server: PprofServer) -> String {
    let behind = "http://unix:\(server.file("app.sock")):"
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \($0);" }.joined(separator: " ")
    return """
      \(geteuid() == 0 ? "user root;" : "")
      worker_processes 1;
      pid pid;
      events {}
      http {
        \(folders)
        log_format short '$uri $status $sent_http_content_encoding $remote_user';
        access_log requests short;
        gzip on; gzip_min_length 1; gzip_types application/octet-stream;
        server {
          listen 127.0.0.1:\(ports[0]);
          location /open/ { proxy_pass \(behind)/debug/pprof/; }
          location /private/ {
            auth_basic who; auth_basic_user_file users; proxy_pass \(behind)/debug/pprof/;
          }
          location = /moved { return 302 /private/heap; }
          location = /away { return 302 http://localhost:\(ports[0])/private/heap; }
          location = /loop { return 302 /loop; }
        }
        server {
          listen 127.0.0.1:\(ports[1]) ssl;
          ssl_certificate \(server.file("server.pem"));
          ssl_certificate_key \(server.file("server.key"));
          ssl_client_certificate \(server.file("ca.pem"));
          ssl_verify_client on;
          location / { proxy_pass \(behind)/debug/pprof/; }
          location = /down { return 302 http://127.0.0.1:\(ports[0])/open/heap; }
        }
      }
      """
  }

  /// A port that nobody listens at.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) | getsockname(descriptor, pointer, &size)
      }
    }
    try #require(code == 0)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
