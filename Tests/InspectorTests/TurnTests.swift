import Dispatch
import EscapeAnalysis
import ProfileModel
import Synchronization
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// What can take long, which is done beside the loop.
@Suite struct TurnTests {
  @Test func `a key of a large profile is handled beside the loop`() throws {
    let typed = try workingBeside("j 2", late: [])
    #expect(typed.turns > 2)
    #expect(typed.rows[1].contains("[2 Tree]"))
    #expect(!typed.frames.contains { $0.contains("working") })
  }

  @Test func `a small profile needs no other thread`() throws {
    let typed = try workingBeside("j 2", in: .stacks(["main;work": 3]), late: [])
    #expect(typed.turns == 0)
    #expect(typed.rows[1].contains("[2 Tree]"))
  }

  @Test func `what takes long leaves the screen with a note until it is there`() throws {
    // The first turn draws, the second is that of the key.
    let typed = try workingBeside("2", late: [1], then: [.wake])
    let note = try #require(typed.frames.first { $0.contains("working") })
    #expect(note.contains("[1 Top]"))
    #expect(note.contains("… working: Esc gives up"))
    #expect(typed.rows[1].contains("[2 Tree]"))
  }

  @Test func `Esc gives up what takes long`() throws {
    let typed = try workingBeside("2 Esc", late: [1], then: [.wake])
    #expect(typed.rows[1].contains("[1 Top]"))
    #expect(typed.rows.contains { $0.hasPrefix("given up") })
  }

  @Test func `keys typed meanwhile come after it`() throws {
    let typed = try workingBeside("2 3", late: [1], then: [.wake])
    #expect(typed.rows[1].contains("[3 Flame]"))
  }

  @Test func `a new size is heeded meanwhile`() throws {
    let typed = try workingBeside("2 60x20", late: [1], then: [.wake])
    let note = try #require(typed.frames.first { $0.contains("working") && $0.count == 20 })
    #expect(note.allSatisfy { $0.count <= 60 })
    #expect(typed.rows.count == 20)
    #expect(typed.rows[1].contains("[2 Tree]"))
  }

  @Test func `leaving waits for nothing`() throws {
    #expect(try workingBeside("2 q", late: [1]).leaving == .done)
    #expect(try workingBeside("2 C-c", late: [1]).leaving == .done)
  }

  @Test func `a letter that is typed ahead for a prompt or a popup does not leave`() throws {
    for keys in ["2 / \"Qq\" Enter", "/ \"q\" Enter", "2 ? q", "? q", "2 O j Q", "W q"] {
      let typed = try workingBeside(keys, late: [1], then: [.wake])
      #expect((typed.leaving == .done) == keys.hasSuffix("Q"), "\(keys)")
      #expect(typed.frames.contains { $0.contains("working") })
    }
    #expect(try workingBeside("2 / \"Qq\"", late: [1], then: [.wake]).rows.contains("/Qq"))
    #expect(try workingBeside("2 j 3 f q", late: [1]).leaving == .done)
    #expect(try workingBeside("2 j 3 f Q", late: [1]).leaving == .done)
    #expect(try workingBeside("2 / C-c", late: [1]).leaving == .done)
  }

  @Test func `what lays something over a view is known to do so`() throws {
    for binding in GlobalKeys.bindings + PaneFacts.all.flatMap(\.bindings) {
      guard let key = binding.keys.first else { continue }
      for pane in PaneFacts.all.map(\.key) {
        var inspector = try typing(pane, in: .stacks(["main;work": 3])).inspector
        _ = inspector.handle(.input(.key(key)))
        if !inspector.overlays.isEmpty {
          #expect(Inspector.opening.contains(binding.command), "\(binding.command.name)")
        }
      }
    }
  }

  @Test func `the loss of the terminal waits for nothing`() throws {
    #expect(try workingBeside("2", late: [1]).leaving == .signalled(1))
  }

  @Test func `a letter of a search that takes long is given up alone`() throws {
    let typed = try workingBeside("/ \"f\" Esc", late: [2], then: [.wake])
    #expect(typed.rows.contains { $0 == "/" })
  }

  @Test func `turns taken ahead show what the keys show`() throws {
    let keys = "j 2 a 3 5 6 1 G f u k Enter 4 H U p p 7 8 0"
    let foreseen = try workingBeside(keys, late: [], aside: atOnce)
    let plain = try workingBeside(keys, late: [])
    #expect(foreseen.frames == plain.frames)
    #expect(plain.turns > 20)
    #expect(foreseen.turns < 8)
  }

  @Test func `what is refined ahead leaves other views as they were`() throws {
    // More is refined ahead than is kept, and so what the first key left is made again.
    let keys = "F \"f1\" Enter 4 j j 1 u j j k k F \"f1\" Enter 4"
    let foreseen = try workingBeside(keys, late: [], aside: atOnce)
    let plain = try workingBeside(keys, late: [])
    #expect(foreseen.frames == plain.frames)
  }

  @Test(arguments: 1...2)
  func `turns taken ahead make no difference whatever is typed`(seed: Int) throws {
    var generator = RandomKeysTests.SeededGenerator(state: UInt64(seed))
    let likely = "j j j k k 1 2 3 4 5 6 7 8 9 0 f x H p u u u U a a Enter l o i G g Tab < > t S"
    let choices = likely.split(separator: " ")
    let keys = (0..<16).map { _ in choices.randomElement(using: &generator) ?? "j" }
      .joined(separator: " ")
    let foreseen = try workingBeside(keys, late: [], aside: atOnce)
    let plain = try workingBeside(keys, late: [])
    for (index, (seen, wanted)) in zip(foreseen.frames, plain.frames).enumerated() {
      guard seen != wanted else { continue }
      Issue.record(
        "frame \(index) of \(keys)\n\(seen.joined(separator: "\n"))\n\(wanted.joined(separator: "\n"))"
      )
      return
    }
    #expect(foreseen.frames.count == plain.frames.count)
  }

  @Test(arguments: ["j 2 o 3 l l", "f 2 a 4 j", "x 3 j 2 u", "/ \"f1\" Enter n 6 j", "G 4 l l"])
  func `sorted stacks change nothing that is shown`(keys: String) throws {
    let plain = try workingBeside(keys, late: [])
    let sorted = try workingBeside(keys, late: [], aside: atOnce)
    #expect(sorted.frames == plain.frames)
    let (old, new) = (try #require(plain.inspector.session), try #require(sorted.inspector.session))
    #expect(old.canBeSorted)
    #expect(!new.canBeSorted)
    #expect(new.whole.byteCount < old.whole.byteCount)
  }

  @Test func `where there was no thread for turns ahead, the next ones get another try`() throws {
    var tries = 0
    let refused = try workingBeside(
      "j 2 j", late: [],
      aside: { _ in
        tries += 1
        return false
      })
    #expect(tries >= 3)
    #expect(refused.frames == (try workingBeside("j 2 j", late: [])).frames)
  }

  @Test func `a turn taken ahead is that of its key alone`() throws {
    let typed = try workingBeside("j Down x u / \"j\" Enter j k", late: [], aside: atOnce)
    #expect(typed.frames == (try workingBeside("j Down x u / \"j\" Enter j k", late: [])).frames)
    let inspector = try typing(": \"bind_j_view_tree\" Enter", in: large).inspector
    let bound = try #require(Key(name: "j"))
    #expect(inspector.command(of: [.input(.key(bound))]) == nil)
    let other = try #require(Key(name: "Down"))
    #expect(inspector.command(of: [.input(.key(other))]) == .moveDown)
    #expect(inspector.command(of: [.input(.key(other)), .told("news")]) == nil)
  }

  @Test func `turns that are left are dropped when there is something to do`() throws {
    let inspector = try typing("", in: large).inspector
    let foresight = Foresight {}
    func turn() -> Turn { Turn(inspector, []) }
    #expect(!foresight.begin([]))
    let (first, second) = (turn(), turn())
    #expect(foresight.begin([.take(.moveDown, first), .take(.moveUp, second)]))
    // One thread is enough.
    #expect(!foresight.begin([.take(.moveDown, first), .take(.moveUp, second)]))
    foresight.run()
    #expect(first.outcome != nil && second.outcome != nil)
    #expect(foresight.end(for: .moveUp, isIdle: false) === second)
    #expect(foresight.end(for: .moveUp, isIdle: false) == nil)
    let third = turn()
    #expect(foresight.begin([.take(.moveDown, third)]))
    #expect(foresight.end(for: .moveDown, isIdle: false) == nil)
    foresight.run()
    #expect(third.outcome == nil)
  }

  @Test func `stacks that were sorted while a key was typed are taken when nothing is`() throws {
    let wakes = Atomic(0)
    let foresight = Foresight { wakes.add(1, ordering: .relaxed) }
    var inspector = try typing("j", in: large).inspector
    let old = try #require(inspector.session)
    #expect(foresight.begin([.sort(old), .resume(inspector)]))
    foresight.run()
    #expect(wakes.load(ordering: .relaxed) == 1)
    #expect(foresight.end(for: .moveDown, isIdle: false) == nil)
    // They are as they were when there is nothing to sort any more.
    inspector = try typing("j 4 j", in: large).inspector
    inspector.session = old
    #expect(foresight.begin([.resume(inspector)]) == true)
    foresight.run()
    #expect(foresight.end(for: nil, isIdle: true) == nil)
    #expect(foresight.begin([.sort(old), .resume(inspector)]))
    foresight.run()
    let turn = try #require(foresight.end(for: nil, isIdle: true))
    let new = try #require(turn.outcome?.inspector.session)
    #expect(!new.canBeSorted)
    #expect(new.selectedIdentity == old.selectedIdentity)
    #expect(foresight.end(for: nil, isIdle: true) == nil)
    // Those of one profile are nothing to another.
    var other = try typing("", in: large).inspector
    let effects = other.handle(.sorted(SortedProfile(old)))
    #expect(effects.isEmpty)
    #expect(try #require(other.session).canBeSorted)
  }

  @Test func `nothing comes of a turn that is over after its end`() throws {
    let isInside = DispatchSemaphore(value: 0)
    let mayGoOn = DispatchSemaphore(value: 0)
    let evidence: EscapeAnswers.EvidenceMaker = { profile, _ in
      isInside.signal()
      mayGoOn.wait()
      return EscapeEvidence(profile)
    }
    let session = try ProfileSession(
      name: "large", profile: large, escapes: EscapeAnswers(large, evidence: evidence))
    var inspector = try typing("", in: large).inspector
    _ = inspector.handle(.loaded(session))
    let escapes = Command.show(EscapesPane.self)
    let turn = Turn(inspector, [.input(.key(try #require(Key(name: "6"))))])
    let foresight = Foresight {}
    #expect(foresight.begin([.take(escapes, turn)]))
    let thread = try #require(SystemThread { foresight.run() })
    isInside.wait()
    #expect(foresight.end(for: escapes, isIdle: false) == nil)
    mayGoOn.signal()
    thread.join()
    #expect(foresight.end(for: escapes, isIdle: false) == nil)
    #expect(turn.outcome == nil)
  }

  @Test func `what is given up ends after the stage that it is in`() throws {
    var inspector = try typing("", in: large).inspector
    let key = try #require(Key(name: "2"))
    inspector.isWanted = { false }
    _ = inspector.handle(.input(.key(key)))
    inspector.isWanted = { true }
    let session = try #require(inspector.session)
    let context = inspector.context(session, inspector.layout)
    #expect(inspector.panes[inspector.open].rowCount(in: context) == 0)
    inspector.settle()
    #expect(inspector.panes[inspector.open].rowCount(in: context) > 0)
  }

  @Test func `a turn waits for one before it that is still running`() throws {
    let log = Mutex<[String]>([])
    let (isInside, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let evidence: EscapeAnswers.EvidenceMaker = { profile, _ in
      isInside.signal()
      mayGoOn.wait()
      log.withLock { $0.append("earlier") }
      return EscapeEvidence(profile)
    }
    let escapes = EscapeAnswers(large, evidence: evidence)
    let session = try ProfileSession(name: "large", profile: large, escapes: escapes)
    var inspector = try typing("", in: large).inspector
    _ = inspector.handle(.loaded(session))
    let earlier = Turn(inspector, [.input(.key(try #require(Key(name: "6"))))])
    let later = Turn(inspector, [], after: earlier)
    let first = try #require(SystemThread { earlier.run() })
    isInside.wait()
    earlier.giveUp()
    let second = try #require(
      SystemThread {
        later.run()
        log.withLock { $0.append("later") }
      })
    mayGoOn.signal()
    first.join()
    second.join()
    #expect(log.withLock { $0 } == ["earlier", "later"])
    #expect(earlier.outcome == nil && later.outcome != nil)
  }

  @Test func `a turn keeps none of those before it`() throws {
    let inspector = try typing("", in: .stacks(["main;work": 3])).inspector
    var earlier: Turn? = Turn(inspector, [])
    weak let seen = earlier
    let later = Turn(inspector, [], after: earlier)
    earlier = nil
    #expect(seen == nil)
    later.run()
    #expect(later.outcome?.screen != nil)
  }

  @Test func `what came from elsewhere survives giving up`() throws {
    // An event that was told comes with the key that is given up.
    let typed = try workingBeside("2 Esc", late: [1], then: [.wake], told: "from elsewhere")
    #expect(typed.inspector.messages.contains { $0.text == "from elsewhere" })
  }
}

private struct WorkingBeside {
  let inspector: Inspector
  let leaving: Leaving
  let turns: Int
  /// Without those that are as the one before, as after a wake.
  let frames: [[String]]
  var rows: [String] { frames.last ?? [] }
}

extension [String] {
  fileprivate func contains(_ text: String) -> Bool { contains { $0.contains(text) } }
}

extension [[String]] {
  fileprivate var withoutRepeats: [[String]] {
    indices.filter { $0 == 0 || self[$0] != self[$0 - 1] }.map { self[$0] }
  }
}

/// Types keys at a loop whose other thread is late with some turns, which are done when the loop asks
/// for events.
private func workingBeside(
  _ keys: String, in profile: Profile = large, late: Set<Int>, then more: [TerminalInput] = [],
  told: String? = nil, aside: InspectorLoop.Aside? = nil
) throws -> WorkingBeside {
  let session = try ProfileSession(name: "large.pprof", profile: profile)
  let terminal = ScriptedTerminal(inputs: inputs(keys) + more)
  var inspector = Inspector(source: ProfileSource(paths: ["large.pprof"]), size: terminal.size)
  var turns = 0
  var pending: [@Sendable () -> Void] = []
  var news = told.map { [Event.told($0)] } ?? []
  let loop = InspectorLoop(
    terminal: terminal,
    perform: { effect, _ in if case .load = effect { [.loaded(session)] } else { [] } },
    collect: {
      for work in pending { work() }
      pending = []
      defer { news = [] }
      return news
    },
    beside: { work in
      defer { turns += 1 }
      if late.contains(turns) {
        pending.append(work)
        return false
      }
      work()
      return true
    }, aside: aside, wake: terminal.waker)
  let leaving = loop.run(&inspector)
  return WorkingBeside(
    inspector: inspector, leaving: leaving, turns: turns,
    frames: terminal.frames.map(\.textRows).withoutRepeats)
}

/// There is always a thread: this one.
private func atOnce(_ work: @escaping @Sendable () -> Void) -> Bool {
  work()
  return true
}

private let large: Profile = {
  var random = SplitMix(state: 1)
  return random.largeProfile()
}()
