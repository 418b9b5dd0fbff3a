import TestSupport
import Testing

@testable import LiveSources

@Suite struct `Stores` {
  @Test func `are all listed`() {
    #expect(ProfileStores.all.map { $0.service } == [.pyroscope, .parca])
  }

  @Test func `write selectors as Prometheus reads them`() {
    let selector = LabelSelector(["service_name": "a\"b\\c\nd", "pod": "x"])
    #expect(selector.text == #"{pod="x",service_name="a\"b\\c\nd"}"#)
    #expect(LabelSelector().text == "{}")
  }

  @Test func `keep four types of a heap apart`() {
    let type = StoredType("memory:inuse_space:bytes:space:bytes")
    #expect(
      type.siblings.map(\.sampleType) == [
        "alloc_objects", "alloc_space", "inuse_objects", "inuse_space",
      ])
    #expect(type.siblings.map(\.unit) == ["count", "bytes", "count", "bytes"])
    #expect(!type.isDelta)
    #expect(type.siblings[1].isDelta)
    let cpu = StoredType("process_cpu:cpu:nanoseconds:cpu:nanoseconds:delta")
    #expect(cpu.siblings == [cpu])
    #expect(StoredType("").sampleType == "")
  }

  // MARK: Time

  @Test func `are asked for a day at a time`() {
    let day: Int64 = 86_400_000
    let range = TimeRange(start: 1000, end: 1000 + 2 * day + 5)
    let pieces = range.pieces(of: day)
    #expect(pieces.count == 3)
    #expect(pieces.first?.start == 1000)
    #expect(pieces.last?.end == range.end)
    for (piece, next) in zip(pieces, pieces.dropFirst()) { #expect(piece.end + 1 == next.start) }
    #expect(TimeRange(start: 5, end: 5).pieces(of: day).count == 1)
    let far = TimeRange(start: Int64.max - 10, end: Int64.max)
    #expect(far.pieces(of: day) == [far])
  }

  @Test(
    arguments: [
      ("now", 1_000_000_000_000), ("now-1h30m", 999_994_600_000), ("1795376090", 1_795_376_090_000),
      ("1795376090000", 1_795_376_090_000), ("now-", nil), ("now-5", nil), ("yesterday", nil),
      ("-5", nil), ("now-99999999999999999999s", nil),
    ] as [(String, Int64?)])
  func `take times as people write them`(text: String, time: Int64?) {
    #expect(TimeRange.instant(text, now: 1_000_000_000_000) == time)
  }

  @Test(
    arguments: [0, 951_782_400_000, 1_795_379_690_123, -86_400_001, 253_402_300_799_999] as [Int64])
  func `read times as they write them`(time: Int64) {
    #expect(Timestamp.milliseconds(Timestamp.text(time)) == time)
  }

  @Test func `write times as the standard has them`() {
    #expect(Timestamp.text(951_782_400_000) == "2000-02-29T00:00:00.000Z")
    #expect(Timestamp.milliseconds("2026-11-22T20:56:43.361667836Z") == 1_795_381_003_361)
    #expect(Timestamp.milliseconds("2026-13-22T20:56:43Z") == nil)
    #expect(Timestamp.milliseconds("") == nil)
  }

  // MARK: Damaged answers

  @Test func `say what is inside errors inside errors`() {
    let inner = #"{\"code\":\"internal\",\"message\":\"unavailable:\u00a0dial tcp\"}"#
    let body = Array(#"{"code":"unknown","message":"\#(inner)"}"#.utf8)
    #expect(StoreErrors.message(in: body) == "unavailable: dial tcp")
    #expect(StoreErrors.message(in: Array("404 page not found".utf8)) == nil)
    #expect(StoreErrors.message(in: []) == nil)
    let deep = Array((String(repeating: "[", count: 10_000)).utf8)
    #expect(StoreErrors.message(in: deep) == nil)
  }

  @Test func `answer with fields, whole or damaged`() {
    var message = ProtobufMessage()
    message.add(1, "text")
    message.add(3, Int64.min)
    message.add(6, 15.5)
    message.add(7, "")
    message.add(8, Int64(0))
    var fields = ProtobufFields(message.bytes[...])
    #expect(fields.next()?.content.text == "text")
    #expect(fields.next()?.content.integer == .min)
    #expect(fields.next()?.content.double == 15.5)
    #expect(fields.next() == nil)
    #expect(fields.isIntact)
    // Whatever is cut off or overwritten ends the reading, and no more.
    for count in 0..<message.bytes.count {
      for value: UInt8 in [0, 1, 7, 0x7f, 0x80, 0xff] {
        var damaged = Array(message.bytes[...count])
        damaged[count] = value
        let read = Array(ProtobufFields(damaged[...]))
        #expect(read.count <= damaged.count)
      }
    }
  }

  @Test func `carry bytes as text`() {
    #expect(Base64.decode("AAEC/w==") == [0, 1, 2, 255])
    #expect(Base64.decode("") == [])
    #expect(Base64.decode("a b") == nil)
  }

  @Test func `that are no store are told so`() throws {
    let server = try LoopbackServer { _ in
      LoopbackServer.response(type: "text/html", text: "<html>")
    }
    defer { server.stop() }
    let range = TimeRange(start: 1, end: 2)
    for service in ["pyroscope", "parca"] {
      let address = try LiveAddress("\(service)+\(server.url)")
      let store = try #require(ProfileStores.store(at: address, settings: HTTPSettings()))
      #expect {
        try store.services(LabelSelector(), in: range)
      } throws: { "\($0)".hasPrefix("answered with a web page") }
    }
    let program = try LiveAddress(server.url)
    #expect(ProfileStores.store(at: program, settings: HTTPSettings()) == nil)
  }
}
