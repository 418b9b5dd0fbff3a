import Foundation
import ProfileFormats
import TestSupport
import Testing

/// Logins in the configuration: sent to their host, and seen nowhere.
@Suite struct `A login` {
  private func server() throws -> LoopbackServer {
    try LoopbackServer { _ in
      LoopbackServer.response(
        bytes: PprofEncoder.encode(.stacks(["main;a": 1], type: "inuse_space", unit: "bytes")))
    }
  }

  private func configuration(_ text: String, _ scratch: Scratch) throws -> String {
    let file = try scratch.file("config", Data(text.utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    return file
  }

  @Test(arguments: [
    ("login 127.0.0.1 user ann\nlogin 127.0.0.1 password s3cret\n", "Basic YW5uOnMzY3JldA=="),
    ("login 127.0.0.1 token s3cret\n", "Bearer s3cret"),
    ("login 127.0.0.1:1 token s3cret\nlogin example.com token s3cret\n", nil),
  ])
  func `goes to its host and to no other`(text: String, header: String?) throws {
    let server = try server()
    defer { server.stop() }
    let scratch = try Scratch()
    let config = try configuration(text + "login 127.0.0.1 tenant shop\n", scratch)
    let outcome = try Program.run(["-top", "-config=\(config)", server.url + "/debug/pprof/heap"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let request = try #require(server.requests.first)
    #expect(request.headers["authorization"] == header)
    #expect(request.headers["x-scope-orgid"] == "shop")
  }

  @Test func `counts for less than a token that was given`() throws {
    let server = try server()
    defer { server.stop() }
    let scratch = try Scratch()
    let config = try configuration("login 127.0.0.1 user ann\n", scratch)
    let token = try scratch.file("token", Data("given\n".utf8))
    _ = try Program.run([
      "-top", "-config=\(config)", "-bearer_file=\(token)", server.url + "/debug/pprof/heap",
    ])
    #expect(server.requests.first?.headers["authorization"] == "Bearer given")
  }

  @Test func `is never printed, and a bad one is told of without what is in it`() throws {
    let server = try server()
    defer { server.stop() }
    let scratch = try Scratch()
    let config = try configuration(
      "set theme=light\nlogin 127.0.0.1 token s3cret\nlogin 127.0.0.1 tokn s3cret\n", scratch)
    let printed = try Program.run(["-config=\(config)", "-print_config"])
    #expect(printed.text.contains("set theme=light"))
    #expect(printed.errors.contains("\(config):3: login HOST user|password|token"))
    let keys = try scratch.file(
      "keys", Data("O\nscreen\nq\n:\ntype messages\nEnter\nscreen\nq\n0\nscreen\n".utf8))
    let screens = try Program.run([
      "-config=\(config)", "-script=\(keys)", server.url + "/debug/pprof/heap",
    ])
    #expect(screens.status == 0, "\(screens.errors)")
    for outcome in [printed, screens] {
      #expect(!outcome.text.contains("s3cret") && !outcome.errors.contains("s3cret"))
    }
  }

  @Test func `in a file that others can read is warned of`() throws {
    let scratch = try Scratch()
    let config = try scratch.file("config", Data("login example.com token s3cret\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: config)
    let outcome = try Program.run(["-config=\(config)", "-print_config"])
    #expect(outcome.errors.contains("chmod 600"))
    #expect(!outcome.errors.contains("s3cret"))
  }
}
