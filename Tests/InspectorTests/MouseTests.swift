import ProfileModel
import TestSupport
import Testing

@testable import Inspector

@Suite struct MouseTests {
  /// `f0` costs most; thirty rows.
  private static let profile: Profile = {
    var builder = ProfileBuilder(sampleTypes: ("alloc", "bytes"), ("inuse", "bytes"))
    for index in 0..<30 {
      let stack = builder.locations("main;f\(index)")
      builder.addSample(stack, values: [Int64(100 - index), Int64(index)])
    }
    return builder.finish()
  }()

  private func selected(_ keys: String, at columns: Int = 80, _ rows: Int = 24) throws -> String {
    let typed = try typing(keys, at: columns, rows, in: Self.profile, sampleType: "alloc")
    return typed.inspector.session.flatMap { session in
      session.selection.map { session.nodes.printableName(of: $0) }
    } ?? ""
  }

  @Test func `a click selects the row under the pointer`() throws {
    #expect(try selected("click:3,20") == "f0")
    #expect(try selected("click:7,20") == "f4")
    #expect(try selected("G click:3,20 click:5,2") != "f2")
    #expect(try selected("click:7,20 click:4,70") == "f1")
  }

  @Test func `a click below the last row changes nothing`() throws {
    let keys = "& \"f2\" Enter j"
    #expect(try selected("\(keys) click:19,20") == selected(keys))
  }

  @Test func `a double click goes deeper`() throws {
    let typed = try typing("click:4,20 double:4,20", in: Self.profile, sampleType: "alloc")
    #expect(typed.rows[1].contains("[4 Calls]"))
    #expect(try selected("click:4,20 double:4,20") == "f1")
  }

  @Test func `the wheel moves in the list`() throws {
    #expect(try selected("down:5,5 down:5,5") == "f6")
    #expect(try selected("down:5,5 down:5,5 up:5,5") == "f3")
    #expect(try selected("up:5,5") == "f0")
  }

  @Test func `a click on a tab opens its view`() throws {
    let typed = try typing("click:1,10", in: Self.profile)
    #expect(typed.rows[1].contains("[2 Tree]"))
    #expect(try typing("click:1,79", in: Self.profile).rows[1].hasPrefix("[1 Top]"))
  }

  @Test func `a click on a head orders by it, and the next turns that round`() throws {
    let typed = try typing("click:2,33", in: Self.profile)
    #expect(typed.rows[2].contains("CUM▾"))
    #expect(try typing("click:2,33 click:2,33", in: Self.profile).rows[2].contains("CUM▴"))
    #expect(try typing("click:2,45", in: Self.profile).rows[2].contains("FUNCTION▴"))
    #expect(try typing("click:2,2", in: Self.profile).rows[2].contains("FLAT▾"))
    #expect(try typing("2 click:2,8", in: Self.profile).message.contains("heaviest branch"))
  }

  @Test func `a click in the flames selects the frame under the pointer`() throws {
    let typed = try typing("3 click:4,0", in: Self.profile, sampleType: "alloc")
    #expect(typed.rows.contains { $0.hasPrefix("─ main") })
    let child = try typing("3 click:5,0", in: Self.profile, sampleType: "alloc")
    #expect(child.rows.contains { $0.hasPrefix("─ f0") })
  }

  @Test func `popups answer to the mouse too`() throws {
    let menu = try typing("s click:11,35 double:11,35", in: Self.profile)
    #expect(menu.rows[2].contains("CUM▾") || menu.rows[2].contains("FUNCTION▴"))
    let closed = try typing("s click:0,0", in: Self.profile)
    #expect(!closed.rows.contains { $0.contains("sort by") })
    #expect(
      !(try typing("? click:0,0 click:0,79", in: Self.profile).rows.contains { $0.contains("┌") }))
  }

  @Test func `M turns the mouse on and off`() throws {
    #expect(try typing("M", in: Self.profile).inspector.settings.mouse)
    #expect(!(try typing("M M", in: Self.profile).inspector.settings.mouse))
  }

  @Test func `no click anywhere traps`() throws {
    for size in [(0, 0), (20, 5), (200, 60)] {
      for view in PaneFacts.all.map(\.key) {
        var keys = ["\(view)"]
        for row in stride(from: 0, to: 70, by: 14) {
          keys += ["click:\(row),\(row * 3)", "double:\(row),3", "down:\(row),150", "up:\(row),2"]
        }
        _ = try typing(keys.joined(separator: " "), at: size.0, size.1, in: Self.profile)
      }
    }
  }
}
