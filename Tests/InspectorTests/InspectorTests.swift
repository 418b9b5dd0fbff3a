import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// What the inspector does when keys are typed at it.
struct InspectorTests {
  private let profile = Profile.stacks([
    "main;parse;read": 50, "main;parse": 20, "main;json.Decode;read": 25, "main;Write": 5,
  ])

  // MARK: Selection

  @Test func `the selected symbol is the same in every view`() throws {
    for view in ["2", "4", "2 1"] {
      let typed = try typing("j \(view)", in: profile)
      #expect(typed.rows[21].hasPrefix("─ json.Decode ─") == false)
      #expect(typed.rows[21].hasPrefix("─ parse ─"), "after \(view)")
    }
  }

  @Test func `the selected symbol survives another order, type and granularity`() throws {
    for keys in ["s n", "s c", "S", "a", "a a a a a a"] {
      let typed = try typing("j \(keys)", in: profile)
      #expect(typed.rows[21].hasPrefix("─ parse"), "after \(keys)")
    }
  }

  @Test func `Enter in a filtered list acts on the row that is shown`() throws {
    let typed = try typing("& \"write\" Enter Enter", in: profile)
    #expect(typed.rows[1].contains("[4 Calls]"))
    #expect(typed.rows[21].hasPrefix("─ Write ─"))
  }

  // MARK: Views

  @Test func `Enter shows the callers and callees, Backspace comes back`() throws {
    let there = try typing("j Enter", in: profile)
    #expect(there.rows[1].contains("[4 Calls]"))
    #expect(there.rows.contains { $0.hasSuffix("┌─ main") })
    #expect(there.rows.contains { $0.hasSuffix("└─ read") })
    let back = try typing("j Enter Backspace", in: profile)
    #expect(back.rows[1].contains("[1 Top]"))
    #expect(back.rows[21].hasPrefix("─ parse ─"))
    let forth = try typing("j Enter Backspace >", in: profile)
    #expect(forth.rows[1].contains("[4 Calls]"))
  }

  @Test func `Enter brings a caller or callee to the middle, < and > walk through them`() throws {
    func middle(_ keys: String) throws -> String {
      let rows = try typing(keys, in: profile).rows
      let callee = try #require(rows.firstIndex { $0.contains("└─ ") || $0.contains("(it calls") })
      return rows[callee - 1].split(separator: " ").last.map(String.init) ?? ""
    }
    // main calls parse, which calls read.
    #expect(try middle("j Enter") == "parse")
    #expect(try middle("j Enter j Enter") == "read")
    #expect(try middle("j Enter k Enter") == "main")
    #expect(try middle("j Enter k Enter j Enter") == "parse")
    #expect(try middle("j Enter j Enter <") == "parse")
    #expect(try middle("j Enter j Enter < >") == "read")
    // Opened from another view it is about what was selected there.
    #expect(try middle("j Enter j 1 Enter") == "read")
  }

  @Test func `calls weigh what pprof's peek says`() throws {
    let typed = try typing("Enter", in: profile)
    // read: 50 by parse, 25 by json.Decode, of 75.
    #expect(typed.rows[3].contains("25ns   33.3%"))
    #expect(typed.rows[4].contains("50ns   66.7%"))
    #expect(typed.rows[6].hasSuffix("(it calls nobody)"))
  }

  @Test func `with nowhere to go back to it says so`() throws {
    #expect(try typing("<", in: profile).message == "nowhere to go back to")
  }

  // MARK: Search

  @Test func `a search counts its matches and the share that passes through any of them`() throws {
    let typed = try typing("/ \"e\" Enter", in: profile)
    // read, parse, Write, json.Decode: all samples have one of them.
    #expect(typed.message == "1/4 · 100% of total")
    let read = try typing("/ \"re\" Enter", in: profile)
    #expect(read.message == "1/1 · 75.0% of total")
  }

  @Test func `a search goes on with n and comes round`() throws {
    let typed = try typing("/ \"a\" Enter n n n", in: profile)
    #expect(typed.message == "1/3 · 100% of total · came round")
  }

  @Test func `case matters where a capital was typed`() throws {
    #expect(try typing("/ \"wri\" Enter", in: profile).message.hasPrefix("1/1"))
    #expect(try typing("/ \"Wri\" Enter", in: profile).message.hasPrefix("1/1"))
    #expect(try typing("/ \"wRi\" Enter", in: profile).message.hasPrefix("/wRi matches 0 of 5 fn"))
  }

  @Test func `what occurs nowhere as it stands is taken as a regular expression`() throws {
    #expect(try typing("/ \"^p.*e$\" Enter", in: profile).message.hasPrefix("1/1"))
    #expect(try typing("/ \"(\" Enter", in: profile).message.hasPrefix("/( matches 0 of 5 fn"))
  }

  @Test func `Esc in a search goes back to where it began`() throws {
    let typed = try typing("/ \"write\" Esc", in: profile)
    #expect(typed.rows[21].hasPrefix("─ read ─"))
    #expect(typed.inspector.search == nil)
  }

  @Test func `a search in the tree finds what is folded and opens the way to it`() throws {
    let typed = try typing("2 g h h h h / \"decode\" Enter", in: profile)
    #expect(typed.message == "1/1 · 25.0% of total")
    #expect(typed.rows[21].hasPrefix("─ json.Decode ─"))
  }

  @Test func `a star searches the symbol under the cursor and nothing longer`() throws {
    let profile = Profile.stacks(["main;f": 3, "main;ff": 2, "main;g;f": 1])
    let typed = try typing("2 / \"f\" Enter *", in: profile)
    #expect(typed.message.hasPrefix("2/2 · 66.7%"))
  }

  @Test func `rows are filtered as one types, and the header tells`() throws {
    let typed = try typing("& \"re\"", in: profile)
    #expect(typed.rows[0].hasSuffix("1 of 5 fn  &re"))
    let none = try typing("& \"zzz\" Enter", in: profile)
    #expect(none.message == "&zzz matches 0 of 5 fn: & and Enter shows all again")
    let all = try typing("& \"zzz\" Enter & C-u Enter", in: profile)
    #expect(all.rows[0].hasSuffix("5 fn  no filters"))
  }

  // MARK: Data

  @Test func `a type that is 0 says which one is not, and the key for it`() throws {
    let typed = try typing("", in: StrangeProfiles.named("zero-type"))
    let text = typed.rows.joined(separator: "\n")
    #expect(text.contains("inuse_space is 0 here; alloc_space has 2.35GB: press t 2 times"))
    let there = try typing("t t", in: StrangeProfiles.named("zero-type"))
    #expect(there.rows[3].contains("2.35GB"))
    #expect(there.rows[1].hasSuffix("t:alloc_space 2/4"))
  }

  @Test func `percentages are of the total, or of what the filters leave`() throws {
    let profile = Profile.stacks(["main;parse": 20, "main;write": 60])
    let whole = try typing("F \"parse\" Enter", in: profile)
    #expect(whole.rows[0].hasSuffix("cpu 20ns of 80ns  2 fn  focus=parse"))
    #expect(whole.rows[3].contains("20ns  25.0%  25.0%"))
    let relative = try typing("F \"parse\" Enter %", in: profile)
    #expect(relative.rows[0].hasSuffix("cpu 20ns of 80ns  2 fn  focus=parse"))
    #expect(relative.rows[3].contains("20ns   100%   100%"))
    let message = try typing("%", in: profile).message
    #expect(message == "nothing was filtered: all percentages are of the total")
  }

  @Test func `the mean of objects is shown and the header says so`() throws {
    let typed = try typing("t t m", in: StrangeProfiles.named("zero-type"))
    #expect(typed.rows[0].contains("alloc_space per object 200.27MB"))
    #expect(typed.rows[3].contains("200.27MB"))
    #expect(
      try typing("m", in: profile).message == "no mean: cpu has no count of its own in this profile"
    )
  }

  @Test func `the order is chosen from a menu and reversed`() throws {
    #expect(try typing("s n", in: profile).rows[2].contains("FUNCTION▴"))
    #expect(try typing("s n", in: profile).rows[3].hasSuffix("Write"))
    #expect(try typing("s j Enter", in: profile).rows[2].contains("CUM▾"))
    #expect(try typing("S", in: profile).rows[2].contains("FLAT▴"))
  }

  @Test func `sums are those of the rows above, and numbers are whole`() throws {
    let typed = try typing("", in: profile)
    #expect(typed.rows[3] == ">     75ns  75.0%  75.0%       75ns  75.0%  read")
    #expect(typed.rows[4] == "      20ns  20.0%  95.0%       70ns  70.0%  parse")
    #expect(typed.rows[7] == "         0     0%   100%      100ns   100%  main")
  }

  @Test func `the copied name is the whole one`() throws {
    let typed = try typing("j y", in: profile)
    #expect(typed.terminal.copies == ["parse"])
    #expect(typed.message == "copied the name")
  }

  // MARK: Panes

  @Test func `v opens and closes the details, Tab goes there, Z gives them the screen`() throws {
    #expect(try typing("v", in: profile).rows.contains { $0.hasPrefix("  callers") })
    #expect(try typing("v v", in: profile).rows.contains { $0.hasPrefix("  callers") } == false)
    #expect(try typing("", in: profile).message.isEmpty)
    #expect(try typing("Tab", in: profile).message.hasPrefix("only one pane is open"))
    let maximised = try typing("v Tab Z", in: profile)
    #expect(maximised.rows[1] == "> read")
    #expect(try typing("v Tab Z Esc", in: profile).rows[1].hasPrefix("[1 Top]"))
  }

  @Test func `Enter on a caller in the details goes there`() throws {
    let typed = try typing("Tab G k Enter", at: 100, 40, in: profile)
    #expect(typed.rows[1].contains("[4 Calls]"))
    #expect(typed.rows.contains { $0.hasPrefix("─ json.Decode ─") })
    let title = try typing("Tab G Enter", at: 100, 40, in: profile)
    #expect(title.message == "no caller or callee in this row")
  }

  // MARK: Popups, prompts, messages

  @Test func `help opens with both keys and closes with q, which does not quit`() throws {
    for key in ["?", "F1"] {
      let open = try typing(key, in: profile)
      #expect(open.rows[0].contains("Top: what costs most"))
      let closed = try typing("\(key) q", in: profile)
      #expect(closed.leaving == .signalled(1))
      #expect(closed.rows[0].hasPrefix("proftui"))
    }
  }

  @Test func `a command is typed by name, and Tab completes it`() throws {
    #expect(try typing(": \"tree\" Enter", in: profile).rows[1].contains("[2 Tree]"))
    #expect(try typing(": \"tr\" Tab Enter", in: profile).rows[1].contains("[2 Tree]"))
    #expect(try typing(": \"sort_name\" Enter", in: profile).rows[2].contains("FUNCTION▴"))
    #expect(try typing(": \"by_lines\" Enter", in: profile).rows[2].contains("LINE"))
    #expect(try typing(": \"type_nope\" Enter", in: profile).message.contains("must be one of"))
    #expect(try typing(": \"nope\" Enter", in: profile).message.hasPrefix("nope: no such command"))
    #expect(try typing(": \"q\" Enter", in: profile).leaving == .done)
  }

  @Test func `messages are kept to be read again`() throws {
    let typed = try typing("< : \"messages\" Enter", in: profile)
    #expect(typed.rows.contains { $0.contains("nowhere to go back to") })
  }

  @Test func `a message stays until the next key`() throws {
    #expect(!(try typing("<", in: profile).message.isEmpty))
    #expect(try typing("< j", in: profile).message.isEmpty)
  }

  @Test func `a key without meaning says where the keys are told`() throws {
    #expect(try typing("~", in: profile).message == "~ has no meaning here: ? shows the keys")
  }

  // MARK: Leaving

  @Test func `q, Q and Ctrl-C quit, Esc never does`() throws {
    for key in ["q", "Q", "C-c"] { #expect(try typing(key, in: profile).leaving == .done) }
    let typed = try typing("Esc Esc Esc", in: profile)
    #expect(typed.leaving == .signalled(1))
    #expect(typed.message == "q quits")
  }

  @Test func `Ctrl-C leaves from a popup and cancels a prompt`() throws {
    #expect(try typing("? C-c", in: profile).leaving == .done)
    #expect(try typing("/ \"x\" C-c", in: profile).leaving == .signalled(1))
  }

  @Test func `Ctrl-Z suspends and Ctrl-L paints anew, also in a popup`() throws {
    #expect(try typing("C-z C-l ? C-z", in: profile).terminal.suspensions == 2)
    #expect(try typing("C-l ? C-l", in: profile).terminal.invalidations == 2)
  }

  @Test func `nothing is lost by a screen that was too small for a while`() throws {
    let typed = try typing("j j 3x2 80x24", in: profile)
    #expect(typed.rows == (try typing("j j", in: profile)).rows)
  }
}
