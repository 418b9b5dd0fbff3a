import Testing

@testable import LiveSources

@Suite struct `Addresses` {
  @Test(arguments: [
    ("http://box:6060/debug/pprof/heap", "http://box:6060/debug/pprof/heap"),
    ("box:6060/debug/pprof/heap?gc=1", "http://box:6060/debug/pprof/heap?gc=1"),
    ("localhost:6060", "http://localhost:6060"),
    ("https+insecure://box/x", "https://box/x"),
    ("HTTPS://box", "https://box"),
    ("[::1]:80/x", "http://[::1]:80/x"),
    ("unix:/run/app.sock", "http://localhost"),
    ("unix:///run/app.sock:/debug/pprof/allocs", "http://localhost/debug/pprof/allocs"),
    ("http+unix://%2Frun%2Fapp.sock/debug/pprof/heap?x=1", "http://localhost/debug/pprof/heap?x=1"),
    ("pyroscope+https://grafana.example/prefix", "https://grafana.example/prefix"),
    ("http://box/x#part", "http://box/x"),
  ])
  func `are fetched from where they say`(text: String, url: String) throws {
    #expect(LiveAddress.isMeant(by: text))
    let address = try LiveAddress(text)
    #expect(address.url == url)
  }

  @Test func `name sockets and services`() throws {
    let plain = try LiveAddress("unix:/run/my app.sock".replacing(" ", with: "-"))
    #expect(plain.socket == "/run/my-app.sock")
    let encoded = try LiveAddress("http+unix://%2Frun%2Fa%20b.sock/debug/pprof/heap")
    #expect(encoded.socket == "/run/a b.sock")
    let parca = try LiveAddress("parca+http://box:7070")
    #expect(parca.service == .parca)
    let insecure = try LiveAddress("pyroscope+https+insecure://box")
    #expect(!insecure.verifiesPeer)
    let secure = try LiveAddress("https://box")
    #expect(secure.verifiesPeer)
  }

  @Test(arguments: [
    "mem.pprof", "dir/mem.pprof", "a:b", "C:\\heap", "cpu:12x", "-", "", ":6060", "host:123456",
  ])
  func `are no file names`(text: String) {
    #expect(!LiveAddress.isMeant(by: text))
  }

  @Test(arguments: [
    "file:///etc/passwd", "gopher://x/", "ftp://x", "data://x", "http://", "http:///path",
    "unix:relative.sock", "http+unix://run/app.sock", "http+unix://%zz/x", "http://a b/",
    "http://box/\u{1b}[31m", "http://box/\r\nX: y", "http://:80/",
  ])
  func `that cannot be are refused with a line`(text: String) {
    #expect {
      try LiveAddress(text)
    } throws: { error in
      guard let error = error as? LiveError else { return false }
      return error.kind == .address && error.description.allSatisfy { !$0.isNewline }
    }
  }

  @Test(arguments: [
    "http://ann:s3cret@box/x", "https+insecure://:s3cret@box",
    "http://tok%2Fs3cret:s3cret@box:80/?a=b",
  ])
  func `keep what is secret to themselves`(text: String) throws {
    let address = try LiveAddress(text)
    #expect(!address.description.contains("s3cret"))
    #expect(!address.name.contains("s3cret"))
    #expect(!address.url.contains("s3cret"))
    #expect(address.password == (text.contains(":s3cret@") ? "s3cret" : nil))
  }

  @Test func `escape what queries hold`() {
    #expect(LiveAddress.percentEncoded("a{b=\"ü\"}~") == "a%7Bb%3D%22%C3%BC%22%7D~")
    #expect(LiveAddress.percentDecoded("a%2fb") == "a/b")
    #expect(LiveAddress.percentDecoded("a%f") == nil)
    #expect(LiveAddress.percentDecoded("%ff") == nil)
  }
}

@Suite struct `Lines from strangers` {
  @Test func `are one line without control characters`() {
    #expect(OneLine.of("a\n\tb\u{1b}[31m\u{202e}c\r\n") == "a b[31mc")
    #expect(OneLine.of(String(repeating: "x", count: 5000)).count == OneLine.limit + 1)
    #expect(OneLine.of([0x61, 0xff, 0x0a]) == "a\u{fffd}")
  }
}
