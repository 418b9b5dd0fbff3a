import TestSupport
import Testing

@testable import LiveSources

@Suite struct `A Go server` {
  private func server(_ url: String, _ change: (inout HTTPSettings) -> Void = { _ in }) throws
    -> GoServer
  {
    var settings = HTTPSettings()
    settings.timeout = 5
    change(&settings)
    return GoServer(try LiveAddress(url), settings: settings)
  }

  /// The error that fetching from the server comes to.
  private func failure(
    _ path: String = "/debug/pprof/heap", sizeLimit: Int = 256 << 20,
    of answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  ) throws -> LiveError? {
    let loopback = try LoopbackServer(answer)
    defer { loopback.stop() }
    do {
      _ = try server(loopback.url + path) { $0.sizeLimit = sizeLimit }.profile()
    } catch let error as LiveError {
      return error
    }
    return nil
  }

  // MARK: What is asked for

  @Test(arguments: ["", "/", "/debug/pprof", "/debug/pprof/"])
  func `gives its heap where only the index is named`(path: String) throws {
    let loopback = try LoopbackServer { _ in LoopbackServer.response(bytes: [1, 2, 3]) }
    defer { loopback.stop() }
    let server = try server(loopback.url + path)
    #expect(server.isIndex)
    #expect(try server.profile() == [UInt8]([1, 2, 3]))
    #expect(try server.profile(named: "goroutine") == [UInt8]([1, 2, 3]))
    #expect(loopback.requests.map(\.target) == ["/debug/pprof/heap", "/debug/pprof/goroutine"])
  }

  @Test func `is told what to measure, but for what the address says`() {
    let measurement = GoServer.Measurement(seconds: 5, collectsGarbage: true)
    #expect(GoServer.query("", path: "/debug/pprof/heap", measurement) == "seconds=5&gc=1")
    #expect(GoServer.query("seconds=9", path: "/debug/pprof/heap", measurement) == "seconds=9&gc=1")
    #expect(GoServer.query("gc=0&x", path: "/heap", measurement) == "gc=0&x&seconds=5")
    #expect(GoServer.query("", path: "/debug/pprof/profile", measurement) == "seconds=5")
  }

  @Test func `lists its profiles`() throws {
    let page = """
      <html><body><table><thead><td>Count</td><td>Profile</td></thead>
      <tr><td>12</td><td><a href='allocs?debug=1'>allocs</a></td></tr>
      <tr><td>0</td><td><a href='cmdline?debug=1'>cmdline</a></td></tr>
      <tr><td>7</td><td><a href="goroutine?debug=1">goroutine</a></td></tr>
      <tr><td>0</td><td><a href='trace?debug=1'>trace</a></td></tr>
      <a href='../../etc?debug=1'>odd</a> <a href='goroutine?debug=2'>full</a>
      """
    let loopback = try LoopbackServer { _ in LoopbackServer.response(type: "text/html", text: page)
    }
    defer { loopback.stop() }
    let offers = try server(loopback.url).offers()
    #expect(offers.map(\.name) == ["allocs", "goroutine"])
    #expect(offers.map(\.count) == [12, 7])
    #expect(offers.allSatisfy { !$0.summary.isEmpty })
  }

  // MARK: What goes wrong

  @Test func `says why it has no profile only where it is Go's own word`() throws {
    let own = try failure { _ in
      LoopbackServer.response(
        "404 Not Found", headers: ["X-Go-Pprof: 1"], text: "Unknown\u{1b}[31m profile\n")
    }
    #expect(own?.description == "the server says: Unknown[31m profile")
    let foreign = try failure { _ in LoopbackServer.response("404 Not Found", text: "<script>") }
    #expect(foreign?.description == "the server answers 404 Not Found; is the path right?")
  }

  @Test func `that answers with something else is told so`() throws {
    let page = try failure { _ in
      LoopbackServer.response(type: "text/html; charset=utf-8", text: "<p>")
    }
    #expect(page?.description == "answered with a web page, not with a profile")
    let trace = try failure { _ in LoopbackServer.response(text: "go 1.27 trace\0\0") }
    #expect(trace?.description.contains("go tool trace") == true)
    let nothing = try failure { _ in LoopbackServer.response(text: "") }
    #expect(nothing?.description == "the answer is empty")
  }

  @Test func `that is not there is told so`() throws {
    let loopback = try LoopbackServer { _ in [] }
    loopback.stop()
    // Nobody listens at the port any more, or soon will not.
    #expect(throws: LiveError.self) { try server("http://127.0.0.1:1/").profile() }
    #expect(throws: LiveError.self) { try server("unix:/nonexistent/app.sock").profile() }
  }

  @Test func `that breaks off is told so`() throws {
    let short = try failure { _ in
      [.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789".utf8))]
    }
    #expect(short?.kind == .transport)
    #expect(short?.description == "the answer broke off after 10 bytes")
    let silent = try failure { _ in [] }
    #expect(silent?.description == "the server closed the connection without an answer")
    let reset = try failure { _ in
      [.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n01".utf8)), .reset]
    }
    #expect(reset?.kind == .transport)
    let strange = try failure { _ in [.send(Array("SSH-2.0-OpenSSH\r\n".utf8))] }
    #expect(strange != nil)
  }

  @Test func `that never ends is cut`() throws {
    let head = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
    let endless = try failure("/x", sizeLimit: 1 << 20) { _ in
      [.send(head), .sendForever([UInt8](repeating: 0, count: 1 << 16))]
    }
    #expect(endless?.kind == .size)
    // What is compressed counts as what it comes to.
    let zeros: [UInt8] = Self.compressedZeros
    let bomb = try failure("/x", sizeLimit: 50_000) { _ in
      LoopbackServer.response(headers: ["Content-Encoding: gzip"], bytes: zeros)
    }
    #expect(bomb?.kind == .size)
  }

  /// 100,000 zeros, as gzip has them.
  private static let compressedZeros: [UInt8] =
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xed, 0xc1, 0x31, 1, 0, 0, 0, 0xc2, 0xa0, 0xf5]
    + [0x4f, 0x6d, 0x0d, 0x0f, 0xa0] + [UInt8](repeating: 0, count: 96)
    + [0x80, 0x57, 3, 0x7d, 0x95, 0x11, 0xd4, 0xa0, 0x86, 1, 0]

  @Test func `that stalls is left when the time is up`() throws {
    let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".utf8)
    let loopback = try LoopbackServer { _ in [.send(head), .wait] }
    defer { loopback.stop() }
    var request = HTTPRequest(try LiveAddress(loopback.url), timeout: 0.05)
    request.path = "/"
    #expect {
      try CurlTransport(HTTPSettings()).send(request) { _ in true }
    } throws: { ($0 as? LiveError)?.kind == .timeout }
  }

  @Test func `is left when the caller gives up`() throws {
    let loopback = try LoopbackServer { _ in
      LoopbackServer.response(bytes: [UInt8](repeating: 7, count: 9))
    }
    defer { loopback.stop() }
    #expect {
      try server(loopback.url).profile { _ in false }
    } throws: { ($0 as? LiveError)?.kind == .cancelled }
  }

  // MARK: Redirects and secrets

  @Test func `may lead elsewhere, but not for ever`() throws {
    let loopback = try LoopbackServer { request in
      request.path == "/there"
        ? LoopbackServer.response(bytes: [9])
        : LoopbackServer.response("302 Found", headers: ["Location: /there"])
    }
    defer { loopback.stop() }
    #expect(try server(loopback.url + "/here").profile() == [UInt8]([9]))
    let loop = try failure("/loop") { _ in
      LoopbackServer.response("302 Found", headers: ["Location: /loop"])
    }
    #expect(loop?.description == "redirected more than 10 times")
    let file = try failure { _ in
      LoopbackServer.response("302 Found", headers: ["Location: file:///etc/passwd"])
    }
    #expect(file?.description == "redirected to file:, which is not fetched")
  }

  @Test func `that leads elsewhere is not told who we are there`() throws {
    let other = try LoopbackServer { _ in LoopbackServer.response(bytes: [9]) }
    defer { other.stop() }
    let url = other.url
    let home = try LoopbackServer { _ in
      LoopbackServer.response("302 Found", headers: ["Location: \(url)/x"])
    }
    defer { home.stop() }
    let secretive = try server("http://ann:s3cret@127.0.0.1:\(home.port)/") {
      $0.credentials.tenant = "us"
      $0.credentials.headerLines = ["X-Key: s3cret"]
    }
    #expect(try secretive.profile() == [UInt8]([9]))
    let first = try #require(home.requests.first).headers
    #expect(first["authorization"] == "Basic YW5uOnMzY3JldA==")
    #expect(first["x-key"] == "s3cret")
    #expect(first["x-scope-orgid"] == "us")
    let second = try #require(other.requests.first).headers
    #expect(second["authorization"] == nil)
    #expect(second["x-key"] == nil)
    #expect(second["x-scope-orgid"] == nil)
  }

  @Test func `is shown a token where that is what we have`() throws {
    let loopback = try LoopbackServer { _ in LoopbackServer.response(bytes: [9]) }
    defer { loopback.stop() }
    _ = try server(loopback.url) {
      $0.credentials = Credentials(.pyroscope) { $0 == "PROFILECLI_TOKEN" ? "t\r\nX: y" : nil }
    }.profile()
    // A line break ends no header.
    #expect(loopback.requests.first?.headers["authorization"] == "Bearer tX: y")
  }
}
