import Foundation
import Testing

/// The program and a server with Debian's nginx between them.
@Suite(
  .enabled(
    if: PprofServer.isPossible && Nginx.isPossible, "needs go and nginx (Debian's nginx-light)"))
struct `A proxy` {
  @Test func `with logins, redirects, gzip and certificates is gone through`() throws {
    let server = try PprofServer()
    let nginx = try Nginx(before: server)
    let (open, closed) = (nginx.ports[0], nginx.ports[1])
    let scratch = try Scratch()
    let config = try scratch.file(
      "config", Data("login 127.0.0.1:\(open) user ann\nlogin 127.0.0.1 password s3cret\n".utf8))
    let certificates = [
      "-tls_ca=" + server.file("ca.pem"), "-tls_cert=" + server.file("client.pem"),
      "-tls_key=" + server.file("client.key"),
    ]
    let ways = [
      ["http://127.0.0.1:\(open)/open/heap"],
      ["http://ann:s3cret@127.0.0.1:\(open)/private/heap"],
      ["http://ann:s3cret@127.0.0.1:\(open)/moved"],
      ["-config=\(config)", "http://127.0.0.1:\(open)/moved"],
      certificates + ["https://127.0.0.1:\(closed)/heap"],
    ]
    for way in ways {
      let outcome = try Program.run(["-top", "-inuse_space"] + way)
      #expect(outcome.status == 0, "\(way): \(outcome.errors)")
      #expect(outcome.text.contains("main.keep"), "\(way)")
      #expect(outcome.errors.isEmpty)
    }
    let faults = [
      (["http://127.0.0.1:\(open)/private/heap"], "answers 401"),
      (["http://ann:wr0ng@127.0.0.1:\(open)/private/heap"], "answers 401"),
      // A login is for the host that it was given for.
      (["http://ann:s3cret@127.0.0.1:\(open)/away"], "answers 401"),
      (["-config=\(config)", "http://localhost:\(open)/moved"], "answers 401"),
      (["http://127.0.0.1:\(open)/loop"], "redirected more than 10 times"),
      (["-tls_ca=" + server.file("ca.pem"), "https://127.0.0.1:\(closed)/heap"], "answers 400"),
      (["https://127.0.0.1:\(closed)/heap"], "certificate does not fit"),
      (certificates + ["https://127.0.0.1:\(closed)/down"], "from https to http"),
    ]
    for (arguments, words) in faults {
      let outcome = try Program.run(["-top"] + arguments)
      #expect(outcome.status == 1, "\(arguments)")
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!outcome.errors.contains("s3cret") && !outcome.errors.contains("wr0ng"))
    }
    let requests = nginx.requests
    #expect(requests.contains("/open/heap 200 gzip -"), "\(requests)")
    #expect(requests.contains("/private/heap 200 gzip ann"), "\(requests)")
  }
}
