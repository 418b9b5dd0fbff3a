import Foundation
import Testing

/// The Go program, built once and running; ends with this.
final class PprofServer {
  let ports: [Int]
  private let process: ChildProcess
  private let scratch: Scratch
  private let input = Pipe()

  /// Go's command: what `GO` names, or the one in the path.
  private static let go: String? = {
    let environment = ProcessInfo.processInfo.environment
    let folders = environment["PATH", default: ""].split(separator: ":").map { "\($0)/go" }
    let candidates = (environment["GO"].map { [$0] } ?? []) + folders + ["/usr/local/go/bin/go"]
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  static var isPossible: Bool { go != nil }

  private static let built: Result<(Scratch, String), any Error> = Result {
    let scratch = try Scratch()
    let program = scratch.folder.appendingPathComponent("server").path
    let build = try ChildProcess(
      try #require(go), ["build", "-o", program, "main.go"],
      environment: ProcessInfo.processInfo.environment.map { "\($0)=\($1)" },
      in: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Servers/pprofserver").path,
      streams: [.null, .null, .descriptor(STDERR_FILENO)])
    try #require(build.wait() == 0)
    return (scratch, program)
  }

  init() throws {
    scratch = try Scratch()
    let output = Pipe()
    process = try ChildProcess(
      try Self.built.get().1, [scratch.folder.path], environment: [],
      streams: [
        .descriptor(input.fileHandleForReading.fileDescriptor),
        .descriptor(output.fileHandleForWriting.fileDescriptor),
        .descriptor(STDERR_FILENO),
      ])
    // Its end is seen once nobody here holds the pipe open.
    try output.fileHandleForWriting.close()
    var text = ""
    while !text.hasSuffix("ready\n") {
      let bytes = output.fileHandleForReading.availableData
      try #require(!bytes.isEmpty, "the server ended")
      text += String(decoding: bytes, as: UTF8.self)
    }
    ports = text.split(separator: "\n").compactMap { Int($0) }
    try #require(ports.count == 3)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.wait()
  }

  func file(_ name: String) -> String { scratch.folder.appendingPathComponent(name).path }
}
