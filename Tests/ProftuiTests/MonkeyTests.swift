import Foundation
import ProfileFormats
import ProfileModel
import TestSupport
import Testing

/// The program in the hands of a monkey, which types, resizes, stops and ends it: nothing traps, and the
/// terminal comes back as it was.
@Suite(.serialized) struct `Whatever is typed` {
  /// The profiles by seed: those that are shipped as odd, and those made to be.
  private static let shipped: [String] =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: Program.top.appendingPathComponent("Samples/odd").path)) ?? []).sorted()
    .map { Program.top.appendingPathComponent("Samples/odd/\($0)").path }

  @Test(arguments: 0..<8)
  func `a hostile profile is looked at without a trap`(seed: Int) throws {
    let scratch = try Scratch()
    var random = SplitMix(state: UInt64(seed) &+ 77)
    for round in 0..<2 {
      let index = seed * 2 + round
      let strange = StrangeProfiles.names
      let path =
        index % 2 == 0
        ? Self.shipped[index / 2 % Self.shipped.count]
        : try scratch.file(
          "\(index).pb",
          Data(PprofEncoder.encode(StrangeProfiles.named(strange[index / 2 % strange.count]))))
      try look(at: [path], &random)
    }
  }

  @Test(arguments: [
    ["diff", "config-store/mem.1.pprof", "config-store/mem.pprof"],
    ["series", "reflect-types/mem.1.pprof", "reflect-types/mem.pprof", "healthy/mem.pprof"],
  ])
  func `several profiles are looked at without a trap`(words: [String]) throws {
    var random = SplitMix(state: UInt64(words.count))
    let folder = Program.top.appendingPathComponent("Samples/go").path
    try look(at: [words[0]] + words.dropFirst().map { "\(folder)/\($0)" }, &random)
  }

  @Test func `a large profile is looked at while keys are worked on`() throws {
    let scratch = try Scratch()
    var random = SplitMix(state: 5)
    try look(
      at: [scratch.file("large.pb", Data(PprofEncoder.encode(random.largeProfile())))], &random)
  }

  private func look(at arguments: [String], _ random: inout SplitMix) throws {
    let path = arguments.joined(separator: " ")
    let terms = ["xterm-256color", "linux", "vt100"]
    // How much freed memory the address sanitizer keeps, and what the thread sanitizer cannot see.
    let sanitizer = ["ASAN_OPTIONS", "TSAN_OPTIONS"].compactMap { name in
      ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
    }
    let session = try PtySession(
      arguments, term: terms[random.next(below: terms.count)],
      environment: sanitizer)
    #expect(session.read { $0.has("t:") }, "\(path)")
    var events = 0
    while events < 500, !session.isClosed {
      session.type(Self.keys(&random))
      session.settle()
      events += 20
      switch random.next(below: 4) {
      case 0: session.resize(random.next(below: 220), random.next(below: 70))
      case 1: session.resize(80, 24)
      case 2: session.signal(SIGWINCH)
      default:
        // On a screen of no size there is nothing to see it by that it is back.
        session.resize(80, 24)
        session.suspend()
      }
    }
    // None of its keys is one that leaves.
    #expect(!session.isClosed, "\(path)")
    #expect(session.outputCount > 4000, "\(path)")
    let memory = session.peakMemory
    session.signal(SIGTERM)
    session.signal(SIGCONT)
    #expect(session.readToEnd(), "\(path) is still there")
    let status = try session.status()
    let errors = try session.file("errors")
    #expect(status == 128 + SIGTERM, "\(path) \(errors)")
    #expect(try session.file("before") == session.file("after"), "\(path)")
    #expect(memory ?? 0 < 500 << 20, "\(path)")
    // What strangers' names say is shown, not sent.
    for evil in ["\u{1b}[2J\u{1b}]52;", "\u{1b}[31mred", "\u{1b}]52;c;ZXZpbA"] {
      #expect(!session.output.has(evil), "\(path)")
    }
    guard let left = session.output.last("\u{1b}[?1049l"),
      let entered = session.output.last("\u{1b}[?1049h")
    else { return }
    #expect(entered < left, "\(path)")
  }

  /// Twenty keys: those that mean something, words, and bytes that mean nothing. None of them leaves.
  private static func keys(_ random: inout SplitMix) -> String {
    let special = [
      "\r", "\t", "\u{1b}", "\u{7f}", "\u{1b}[A", "\u{1b}[B", "\u{1b}[C", "\u{1b}[D", "\u{1b}[5~",
      "\u{1b}[6~", "\u{1b}[H", "\u{1b}[F", "\u{1b}OP", "\u{1b}[Z", "\u{1b}[<0;20;8M",
      "\u{1b}[<65;4;5M", "\u{1b}[M !!", "\u{e}", "\u{10}", "\u{6}", "\u{2}", "\u{4}", "\u{15}",
      "\u{c}", "\u{1a}", "日", "é", "🦀", "\u{1b}x", "\u{1b}[200~paste\u{1b}[201~",
    ]
    let letters = Array(
      "abdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789/&:*%+-=<>{}[]()?.| ")
    return (0..<20).map { _ in
      random.next(below: 3) == 0
        ? special[random.next(below: special.count)]
        : String(letters[random.next(below: letters.count)])
    }.joined()
  }
}
