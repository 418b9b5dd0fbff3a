import Foundation
import Testing

/// The program beside a real server: a Go program with `net/http/pprof`.
@Suite(.enabled(if: PprofServer.isPossible, "needs go, in the path or named by GO"))
struct `A live process` {
  @Test func `is looked at over every way there is`() throws {
    let server = try PprofServer()
    let ports = server.ports
    let authority = "-tls_ca=" + server.file("ca.pem")
    let ways = [
      ["127.0.0.1:\(ports[0])"],
      ["http://127.0.0.1:\(ports[0])/debug/pprof/allocs?x=1"],
      ["unix:\(server.file("app.sock"))"],
      ["unix:\(server.file("app.sock")):/debug/pprof/heap"],
      [authority, "https://127.0.0.1:\(ports[1])/debug/pprof/heap"],
      ["https+insecure://127.0.0.1:\(ports[1])/debug/pprof/heap"],
      ["-insecure", "https://127.0.0.1:\(ports[1])"],
      [
        authority, "-tls_cert=" + server.file("client.pem"),
        "-tls_key=" + server.file("client.key"),
        "https://127.0.0.1:\(ports[2])/debug/pprof/heap",
      ],
      ["-gc", "http://ann:s3cret@127.0.0.1:\(ports[0])/private"],
    ]
    for way in ways {
      let outcome = try Program.run(["-top", "-inuse_space"] + way)
      #expect(outcome.status == 0, "\(way): \(outcome.errors)")
      #expect(outcome.text.contains("main.keep"), "\(way)")
      #expect(outcome.errors.isEmpty, "\(way)")
    }
  }

  @Test func `says in a line why it cannot be looked at, and nothing secret`() throws {
    let server = try PprofServer()
    let ports = server.ports
    let faults = [
      ("https://127.0.0.1:\(ports[1])/", "certificate does not fit"),
      ("https://ann:s3cret@127.0.0.1:\(ports[2])/", "certificate"),
      ("http://127.0.0.1:\(ports[1])/", "the server answers 400"),
      ("https://127.0.0.1:\(ports[0])/", "does the server speak https?"),
      ("http://127.0.0.1:\(ports[0])/private", "the server answers 401"),
      ("http://ann:s3cre@127.0.0.1:\(ports[0])/private", "the server answers 401"),
      ("http://127.0.0.1:\(ports[0])/debug/pprof/nope", "the server says: Unknown profile"),
      ("unix:\(server.file("no.sock"))", "cannot connect"),
      ("file:///etc/passwd", "is not fetched"),
    ]
    for (address, words) in faults {
      let outcome = try Program.run(["-top", address])
      #expect(outcome.status == 1, "\(address)")
      #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!outcome.errors.contains("s3cre"))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func `is told from itself a moment ago`() throws {
    let server = try PprofServer()
    let address = "http://127.0.0.1:\(server.ports[0])/debug/pprof/heap"
    let outcome = try Program.run(["-top", "-inuse_space", "-diff_base=\(address)", address])
    #expect(outcome.status == 0, "\(outcome.errors)")
    // What is kept since the start is on both sides.
    #expect(!outcome.text.contains("main.keep"))
  }
}
