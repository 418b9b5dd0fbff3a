import ProfileModel
import TestSupport
import Testing

@testable import Inspector

@Suite struct RememberingTests {
  private static let profile: Profile = {
    var builder = ProfileBuilder(sampleTypes: ("alloc", "bytes"), ("inuse", "bytes"))
    builder.addSample(builder.locations("main;a"), values: [1, 2])
    return builder.finish()
  }()

  /// What is kept after these keys.
  private func state(after keys: String, _ state: RememberedState = .init()) throws
    -> RememberedState
  {
    try typing(keys, in: Self.profile).inspector.remembered(in: state)
  }

  @Test func `the view, the order and the type of a kind of profile come back`() throws {
    var recollection = Recollection()
    recollection.state = try state(after: "T s c S 2")
    recollection.choosesType = true
    recollection.choosesSort = true
    let typed = try typing(in: Self.profile, recollection: recollection)
    #expect(typed.rows[1].contains("[2 Tree]"))
    #expect(typed.rows[1].contains("t:alloc 1/2"))
    #expect(typed.inspector.session?.order == SortOrder(key: .cumulative, isReversed: true))
    let other = try typing(in: .stacks(["main": 1]), recollection: recollection)
    #expect(other.rows[1].hasPrefix("[1 Top]"))
  }

  @Test(arguments: ["4", "5"])
  func `a view of one symbol that comes back is about the first`(view: String) throws {
    var recollection = Recollection()
    recollection.state = try state(after: view)
    let typed = try typing(in: Self.profile, recollection: recollection)
    let first = try typing(view, in: Self.profile)
    #expect(typed.rows[1].contains("[\(view) "))
    #expect(typed.inspector.session?.selection != nil)
    #expect(typed.view == first.view)
  }

  @Test func `what the command line chose stays`() throws {
    var recollection = Recollection()
    recollection.state = try state(after: "T s c")
    let typed = try typing(in: Self.profile, recollection: recollection)
    #expect(typed.rows[1].contains("t:inuse 2/2"))
    #expect(typed.inspector.session?.order == SortOrder())
  }

  @Test func `what was typed and saved comes back`() throws {
    var recollection = Recollection()
    recollection.state = try state(
      after: "/ \"main\" Enter F \"a\" Enter : \"save_mine\" Enter")
    let typed = try typing(
      "U / Up Enter : \"load_mine\" Enter", in: Self.profile, recollection: recollection)
    #expect(typed.inspector.search?.query.text == "main")
    #expect(typed.inspector.session?.refinements.steps.map(\.text) == ["focus=a"])
  }

  @Test func `a file says the same once it is read`() throws {
    var state = try state(after: "/ \"100%_a\" Enter F \"a_b\" Enter : \"save_x-1\" Enter")
    var look = RememberedState.Look()
    look.sampleType = "odd \n%\u{1b} ünï"
    state.remember(look, of: "")
    let text = state.text
    let read = try #require(RememberedState(text: text))
    #expect(read.text == text)
    #expect(read.look(at: "")?.sampleType == "odd \n%\u{1b} ünï")
    #expect(read.history["search"] == ["100% a"])
    #expect(!text.dropFirst().contains("\u{1b}"))
  }

  @Test func `a broken file counts for nothing`() throws {
    let whole = try state(after: "/ \"main\" Enter F \"a\" Enter : \"save_mine\" Enter").text
    #expect(RememberedState(text: whole) != nil)
    for text in [
      "", "x", "# proftui state 2\n", whole + "look a\n", whole + "typed search a%zz\n",
      whole + "saved ../x focus=a\n", whole + "look a b c d e\n", "\n" + "more",
    ] {
      #expect(RememberedState(text: text) == nil, "\(text)")
    }
  }

  @Test func `what is kept is bounded, and the latest stays`() throws {
    var state = RememberedState()
    for index in 0..<500 {
      state.remember(RememberedState.Look(), of: "kind\(index)")
      state.history["search", default: []].append("line\(index)")
      state.sets.append(
        RefinementSet(
          name: "set\(index)", steps: [Refinement(.focus, String(repeating: "x", count: 500))]))
    }
    state.history["search", default: []].append(String(repeating: "y", count: 5000))
    let read = try #require(RememberedState(text: state.text))
    #expect(read.looks.count == RememberedState.maximumLooks)
    #expect(read.history["search"]?.count == RememberedState.maximumLines)
    #expect(read.history["search"]?.last == "line499")
    #expect(read.sets.last?.name == "set499")
    #expect(state.text.utf8.count < RememberedState.maximumBytes)
  }

  @Test func `what other runs kept meanwhile is not lost`() throws {
    var other = RememberedState()
    other.remember(RememberedState.Look(), of: "other")
    other.history["search"] = ["theirs", "main"]
    let both = try state(after: "/ \"main\" Enter", other)
    #expect(both.looks.count == 2)
    #expect(both.history["search"] == ["theirs", "main"])
  }

  @Test func `the table of keys has every command, and what the user changed`() throws {
    var settings = Settings()
    #expect(
      settings.apply(configuration: "bind top J page-down\nbind q none\nbind C-t set theme=light\n")
        .isEmpty)
    let text = KeyTable.text(settings)
    for row in GlobalKeys.bindings where row.command != .close {
      #expect(text.contains(" \(row.command.name) "))
    }
    #expect(text.contains("set by you: set theme=light"))
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("leave") && $0.contains(" q ") })
    #expect(text.split(separator: "\n").contains { $0.hasPrefix("top") && $0.contains(" J ") })
  }
}
