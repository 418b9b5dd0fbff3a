import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite struct `With a terminal as standard output` {
  private let sample = "Samples/go/config-store/mem.pprof"

  @Test func `a report that is text is printed there`() throws {
    let terminal = try PseudoTerminal()
    let outcome = try Program.run(["-top", "-nodecount=1", sample], output: terminal.end)
    #expect(outcome.status == 0)
    #expect(terminal.written().contains("Showing top 1 nodes out of"))
  }

  @Test(arguments: ["proto", "topproto", "callgrind"])
  func `a report that is not text is refused, with what to do instead`(report: String) throws {
    let terminal = try PseudoTerminal()
    let outcome = try Program.run(["-\(report)", sample], output: terminal.end)
    #expect(outcome.status == 1)
    let hint = "\(report) is not for a terminal; give -output=FILE or redirect it"
    #expect(outcome.errors == "proftui: \(hint)\n")
    #expect(terminal.written().isEmpty)
  }

  @Test func `a report that is not text goes to the file that is named`() throws {
    let terminal = try PseudoTerminal()
    let scratch = try Scratch()
    let path = scratch.folder.appendingPathComponent("out.pb.gz").path
    let outcome = try Program.run(["-proto", "-output=\(path)", sample], output: terminal.end)
    #expect(outcome.status == 0)
    #expect(terminal.written().isEmpty)
    #expect(try Program.run(["-top", path]).text.contains("Type: inuse_space\n"))
  }
}

/// A terminal that nobody looks at.
private final class PseudoTerminal {
  struct NotThere: Error {}

  /// What programs have as their terminal.
  let end: FileHandle
  private let control: Int32

  init() throws {
    var descriptor: Int32 = -1
    var control: Int32 = -1
    guard openpty(&control, &descriptor, nil, nil, nil) == 0 else { throw NotThere() }
    self.control = control
    _ = fcntl(control, F_SETFL, O_NONBLOCK)
    end = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  deinit { close(control) }

  /// What was written since the last call.
  func written() -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(control, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
