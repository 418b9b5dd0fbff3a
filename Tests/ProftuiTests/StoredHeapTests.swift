import Foundation
import ProfileFormats
import ProfileModel
import TestSupport
import Testing

@testable import LiveSources

/// Heaps out of a store that keeps their four sample types apart.
@Suite struct `A stored heap` {
  private static let types = ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]

  private static func id(_ type: String) -> String {
    "memory:\(type):\(type.hasSuffix("objects") ? "count" : "bytes"):space:bytes"
  }

  /// A server that lists the four types of one service, and has these profiles of them.
  private func serve(_ profiles: [String: [UInt8]]) throws -> LoopbackServer {
    try LoopbackServer { request in
      switch request.path.split(separator: "/").last {
      case "Series":
        var answer: [UInt8] = []
        for type in Self.types {
          let set =
            Self.field(1, Self.label("service_name", "shop"))
            + Self.field(1, Self.label("__profile_type__", Self.id(type)))
          answer += Self.field(2, set)
        }
        return LoopbackServer.response(type: "application/proto", bytes: answer)
      case "SelectMergeProfile":
        let type = ProtobufFields(request.body[...]).first { $0.field == 1 }?.content.text ?? ""
        let name = Self.types.first { Self.id($0) == type } ?? ""
        return LoopbackServer.response(type: "application/proto", bytes: profiles[name] ?? [])
      case "SelectSeries":
        return LoopbackServer.response(
          type: "application/proto", bytes: Self.field(1, Self.point(1_048_576, at: 1_500_000)))
      default: return LoopbackServer.response(type: "application/proto", bytes: [])
      }
    }
  }

  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    precondition(bytes.count < 128 * 128)
    let size = [UInt8(bytes.count & 0x7f | 0x80), UInt8(bytes.count >> 7)]
    return [number << 3 | 2] + size + bytes
  }

  /// A point of a series: what was measured, and when, in milliseconds.
  private static func point(_ value: Double, at time: UInt64) -> [UInt8] {
    let bits = withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    var varint: [UInt8] = []
    var rest = time
    while rest > 127 {
      varint.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return field(2, [0x09] + bits + [0x10] + varint + [UInt8(rest)])
  }

  private static func label(_ name: String, _ value: String) -> [UInt8] {
    field(1, Array(name.utf8)) + field(2, Array(value.utf8))
  }

  /// Flat values by line of code, without type arguments: the store drops those, and so makes one
  /// function of several.
  private func values(_ source: String, _ type: String) throws -> [String: Int] {
    let outcome = try Program.run([
      "-top", "-lines", "-nodefraction=0", "-nodecount=100000", "-unit=bytes",
      "-sample_index=\(type)", source,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.text.split(separator: "\n").drop { !$0.contains("flat%") }.dropFirst()
    return rows.reduce(into: [:]) { values, row in
      let words = row.split(separator: " ")
      let name = words[5...].joined(separator: " ").replacing(/\[.*\]| \(.*inline\)/, with: "")
      values[name, default: 0] += Int(words[0].filter(\.isNumber)) ?? 0
    }
  }

  @Test func `is joined stack by stack`() throws {
    let path = Program.top.appendingPathComponent("Samples/go/config-store/mem.pprof").path
    let profile = try ProfileFormats.decode(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    var parts: [String: [UInt8]] = [:]
    for (index, type) in profile.header.sampleTypes.enumerated() {
      var header = profile.header
      header.sampleTypes = [type]
      let samples = SampleTable(
        stacks: profile.samples.stacks, values: [profile.samples.values[index]])
      parts[type.type] = PprofEncoder.encode(profile.replacing(header: header, samples: samples))
    }
    let server = try serve(parts)
    defer { server.stop() }
    for type in Self.types {
      let joined = try values("pyroscope+\(server.url)?sum=1", type)
      #expect(try joined == values(path, type), "\(type)")
      #expect(joined.count > 100)
    }
  }

  private static let recording = Program.top.deletingLastPathComponent()
    .appendingPathComponent("shared/backends/heap4")

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: recording.path), "needs ../shared/backends"))
  func `equals the one that a real store was given`() throws {
    var parts: [String: [UInt8]] = [:]
    for type in Self.types {
      let file = Self.recording.appendingPathComponent("\(type).resp.body")
      parts[type] = Array(try Data(contentsOf: file))
    }
    let server = try serve(parts)
    defer { server.stop() }
    let pushed = Self.recording.appendingPathComponent("pushed.pb.gz").path
    for type in Self.types {
      let joined = try values("pyroscope+\(server.url)?service=shop&sum=1", type)
      #expect(try joined == values(pushed, type), "\(type)")
    }
  }

  @Test func `is chosen on the screen, and what the server cut off is named`() throws {
    let part = PprofEncoder.encode(
      .stacks(["main;other": 3, "main;a": 1], type: "inuse_space", unit: "bytes"))
    let server = try serve(["inuse_space": part])
    defer { server.stop() }
    let scratch = try Scratch()
    let keys = try scratch.file("keys", Data("screen\no\nscreen\nL\nscreen\n".utf8))
    let outcome = try Program.run([
      "--script", keys, "pyroscope+\(server.url)?from=1000&until=2000",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count > 48)
    #expect(lines[2].contains("shop  (1 of 1)"), "\(lines[2])")
    #expect(lines[6].contains("about one profile, of 00:25:00: 1MB"), "\(lines[6])")
    #expect(lines[24].contains("inuse_space 4B"), "\(lines[24])")
    #expect(lines[27].contains("other (cut off by the server)"), "\(lines[27])")
    #expect(lines[48].contains("choose a profile"))
  }

  @Test func `says which services there are where it was not told`() throws {
    let server = try serve([:])
    defer { server.stop() }
    let nobody = try Program.run(["-top", "pyroscope+\(server.url)?service=nope"])
    #expect(nobody.status == 1)
    #expect(nobody.errors.contains("no service nope in this time; there are shop"))
    let nothing = try Program.run(["-top", "pyroscope+\(server.url)?type=cpu"])
    #expect(nothing.errors.contains("shop has no cpu; there are alloc_objects"))
    let empty = try Program.run(["-top", "pyroscope+\(server.url)"])
    #expect(empty.status == 1)
    #expect(empty.errors.contains("from= and until= choose others"))
    let odd = try Program.run(["-top", "pyroscope+\(server.url)?from=yesterday"])
    #expect(odd.errors.contains("yesterday is no time"))
  }
}
