import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// Random keys and sizes, the same ones each time.
struct RandomKeysTests {
  /// A generator that gives the same numbers for the same seed (SplitMix64).
  struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  /// Every key with a meaning but those that leave, and some letters for prompts.
  private static let keys: [Key] = {
    let rows = PaneFacts.all.flatMap(\.bindings) + GlobalKeys.bindings
    let meant = rows.filter { $0.command != .close && $0.command != .quit }.flatMap(\.keys)
    let letters = Array("main(*[;ab").map { Key.character($0) }
    return meant + letters + [Key.enter, .escape, .backspace, .delete]
  }()

  private func randomInput(_ generator: inout SeededGenerator) -> TerminalInput {
    if Int.random(in: 0..<12, using: &generator) == 0 {
      let columns = [0, 1, 20, 33, 60, 80, 120, 161, 200].randomElement(using: &generator) ?? 80
      let rows = [0, 1, 5, 9, 12, 24, 31, 60].randomElement(using: &generator) ?? 24
      return .resize(GridSize(columns: columns, rows: rows))
    }
    return .key(Self.keys.randomElement(using: &generator) ?? .escape)
  }

  @Test(arguments: StrangeProfiles.names, 1...3)
  func `any keys and any sizes leave a screen that holds together`(
    profile: String, seed: Int
  ) throws {
    try type(
      seed: UInt64(seed) &* 7919,
      at: ProfileSession(name: profile, profile: StrangeProfiles.named(profile)))
  }

  @Test(arguments: StrangeProfiles.names)
  func `any keys leave a screen of two profiles that holds together`(profile: String) throws {
    let (old, new) = (StrangeProfiles.named("nameless"), StrangeProfiles.named(profile))
    for (seed, sides) in [(old, new), (new, old), (new, new)].enumerated() {
      // Sides without a sample type in common are refused before there is a screen.
      guard let session = try? ComparisonScreenTests.session(sides.0, sides.1) else { continue }
      try type(seed: UInt64(seed) &+ 4201, at: session)
    }
  }

  /// Types 150 random keys, with other sizes in between, and looks at each screen.
  private func type(seed: UInt64, at session: ProfileSession) throws {
    var generator = SeededGenerator(state: seed)
    var inspector = Inspector(
      source: ProfileSource(paths: [session.name]), size: GridSize(columns: 80, rows: 24))
    _ = inspector.handle(.loaded(session))
    for _ in 0..<150 {
      let input = randomInput(&generator)
      for effect in inspector.handle(.input(input)) {
        if case .load = effect { _ = inspector.handle(.loaded(session)) }
        if case .quit = effect { Issue.record("\(input) quits") }
      }
      let grid = inspector.render()
      check(grid, inspector, after: input)
    }
  }

  private func check(_ grid: CellGrid, _ inspector: Inspector, after input: TerminalInput) {
    #expect(grid.size == inspector.size)
    for row in 0..<grid.size.rows {
      var width = 0
      for cell in grid.row(row) { width += Int(cell.width) }
      #expect(width == grid.size.columns, "row \(row) after \(input)")
    }
    let layout = inspector.layout
    if let cursor = inspector.cursor {
      #expect(cursor.row < grid.size.rows && cursor.column < grid.size.columns, "after \(input)")
    }
    if let session = inspector.session {
      #expect(session.refinements.steps.isEmpty || session.refinements.steps.count < 400)
      #expect(session.totals.flat.count == session.nodes.count)
    }
    guard !layout.isTooSmall, inspector.overlays.isEmpty, let session = inspector.session,
      !layout.list.size.isEmpty,
      inspector.panes[inspector.open].position(in: inspector.context(session, layout)) != nil
    else { return }
    let columns = layout.list.columns
    let emphasized = layout.list.rows.map { row in
      columns.contains { column in
        let cell = grid[GridPoint(row: row, column: column)]
        return (cell?.style.emphasis ?? Emphasis.none) != Emphasis.none
      }
    }
    let selected = emphasized.filter { $0 }.count
    #expect(selected == 1, "one row is selected and in sight after \(input)")
  }
}
