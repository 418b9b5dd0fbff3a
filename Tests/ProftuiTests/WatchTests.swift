import Foundation
import ProfileFormats
import ProfileModel
import Synchronization
import TestSupport
import Testing

/// `proftui watch` beside a server whose heap grows with each request.
@Suite struct `A watch` {
  /// - Parameter failing: the requests, counted from 1, that get no profile.
  private func server(failing: Set<Int> = []) throws -> LoopbackServer {
    let count = Counter()
    return try LoopbackServer { request in
      let number = count.next()
      guard !failing.contains(number) else {
        return LoopbackServer.response("503 Service Unavailable", text: "later")
      }
      let grown = Int64(number) << 20
      return LoopbackServer.response(
        bytes: Gzip.compress(
          PprofEncoder.encode(
            .stacks(
              ["main;leak": grown, "main;steady": 8 << 20], type: "inuse_space", unit: "bytes"))))
    }
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  private func watch(
    _ script: String, _ address: String, _ flags: [String] = []
  ) throws -> Program.Outcome {
    let scratch = try Scratch()
    let keys = try scratch.file("keys", Data(script.utf8))
    return try Program.run(["watch"] + flags + ["--script", keys, address])
  }

  @Test func `puts what grows on top, with its history, as time goes by`() throws {
    let server = try server()
    defer { server.stop() }
    let outcome = try watch(
      "tick 10\ntick 20\nscreen\n", server.url + "/debug/pprof/heap", ["--every", "10s"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.text.split(separator: "\n")
    try #require(lines.count > 5)
    #expect(lines[0].contains("live ▁▃▆█ 0s"), "\(lines[0])")
    #expect(lines[4].contains("▁▃▆█") && lines[4].contains("!  leak"), "\(lines[4])")
    #expect(server.requests.count == 4)
  }

  @Test func `keeps what it has when the server fails, and nothing secret is seen`() throws {
    let server = try server(failing: [2, 3])
    defer { server.stop() }
    let address = "http://ann:s3cret@127.0.0.1:\(server.port)/debug/pprof/heap"
    // After one failure it waits for 20 seconds, after the second for 40.
    let outcome = try watch(
      "tick 10\nscreen\ntick 20\ntick 39\nscreen\ntick 1\nscreen\n: \ntype messages\nEnter\nscreen\n0\nscreen\n",
      address)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("the server answers 503"))
    #expect(outcome.text.contains("! 10s old ▁ next 20s"))
    #expect(outcome.text.contains("! 69s old ▁ next 1s"))
    #expect(outcome.text.contains("answers again"))
    #expect(!outcome.text.contains("s3cret"))
    #expect(server.requests.count == 4)
  }

  @Test func `compares snapshots that it keeps in memory, and lets the oldest go`() throws {
    let server = try server()
    defer { server.stop() }
    let outcome = try watch(
      "tick 50\n1\n[\n[\nscreen\n[\nscreen\n", server.url + "/debug/pprof/heap", ["--keep", "3"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("+2MB"), "\(outcome.text)")
    #expect(outcome.text.contains("there is no older snapshot"))
  }

  @Test func `keeps snapshots in a folder that a series opens`() throws {
    let server = try server()
    defer { server.stop() }
    let scratch = try Scratch()
    let folder = scratch.folder.appendingPathComponent("snapshots").path
    let outcome = try watch(
      "tick 20\nscreen\n", server.url + "/debug/pprof/heap", ["--folder", folder])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count == 3 && files.allSatisfy { $0.hasSuffix(".pb.gz") })
    let series = try Program.run(["series", folder])
    #expect(series.status == 0, "\(series.errors)")
    #expect(series.text.contains("leak"))
  }

  @Test func `of a server begins with its heap, and looking at it with what it lists`() throws {
    let heap = PprofEncoder.encode(.stacks(["main;a": 1], type: "inuse_space", unit: "bytes"))
    let server = try LoopbackServer { request in
      request.path == "/debug/pprof/"
        ? LoopbackServer.response(
          type: "text/html",
          text: "<tr><td>2<td><a href='heap?debug=1'>heap</a><tr><td>3<td><a href='mutex?debug=1'>x"
        )
        : LoopbackServer.response(bytes: heap)
    }
    defer { server.stop() }
    let scratch = try Scratch()
    let keys = try scratch.file("keys", Data("screen\nEnter\nscreen\n".utf8))
    let opened = try Program.run(["--script", keys, "127.0.0.1:\(server.port)"])
    #expect(opened.status == 0, "\(opened.errors)")
    #expect(opened.text.contains("profiles of 127.0.0.1:\(server.port)"))
    #expect(opened.text.contains("inuse_space 1B"))
    let watched = try watch("screen\n", "127.0.0.1:\(server.port)")
    #expect(watched.text.contains("live ▁ 0s"), "\(watched.text)")
    #expect(
      server.requests.map(\.path) == ["/debug/pprof/", "/debug/pprof/heap", "/debug/pprof/heap"])
  }

  @Test func `without a terminal fills a folder, or says that it wants one`() throws {
    let server = try server()
    defer { server.stop() }
    let address = server.url + "/debug/pprof/heap"
    let refused = try Program.run(["watch", address])
    #expect(refused.status == 64)
    #expect(refused.errorLines.count == 1 && refused.errors.contains("--folder"))
    let scratch = try Scratch()
    let folder = scratch.folder.appendingPathComponent("snapshots").path
    let outcome = try Program.run([
      "watch", "--every=1s", "--keep=2", "--folder=\(folder)", address,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.split(separator: "\n").count == 2)
  }

  @Test(arguments: [["nofile.pprof"], ["--every=0", "localhost:1"], ["--keep=1", "localhost:1"]])
  func `of what cannot be watched says so in a line`(arguments: [String]) throws {
    let outcome = try Program.run(["watch"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errorLines.count == 1)
  }
}
