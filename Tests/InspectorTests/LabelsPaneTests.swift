import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

struct LabelsPaneTests {
  private static let profile = {
    var builder = ProfileBuilder(sampleTypes: ("samples", "count"), ("cpu", "nanoseconds"))
    let texts = [("/api/users", "a", 40), ("/api/orders", "b", 35), ("/health", "a", 5)]
    for (route, tenant, value) in texts {
      let labels = [
        Label(key: builder.string("route"), string: builder.string(route)),
        Label(key: builder.string("tenant"), string: builder.string(tenant)),
        Label(
          key: builder.string("size"), number: Int64(value) * 1024, unit: builder.string("bytes")),
      ]
      builder.addSample(
        builder.locations("main;serve"), values: [Int64(100 - value), Int64(value)], labels: labels)
    }
    builder.addSample(builder.locations("main;idle"), values: [1, 20])
    return builder.finish()
  }()

  private func selected(_ typed: Typed) -> String {
    typed.rows.first { $0.hasPrefix(">") } ?? ""
  }

  @Test func `keys have their values below them, the heaviest first`() throws {
    let rows = try typing("7", in: Self.profile).rows
    let texts = rows[3..<12].map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      texts == [
        "> 80ns 80.0% route", "40ns 40.0% /api/users", "35ns 35.0% /api/orders",
        "5ns 5.0% /health", "80ns 80.0% size", "40ns 40.0% 40kB", "35ns 35.0% 35kB", "5ns 5.0% 5kB",
        "80ns 80.0% tenant",
      ])
  }

  @Test func `keys go from key to key`() throws {
    #expect(selected(try typing("7 }", in: Self.profile)).hasSuffix("size"))
    #expect(selected(try typing("7 } }", in: Self.profile)).hasSuffix("tenant"))
    #expect(try typing("7 } } }", in: Self.profile).message == "the last key")
    #expect(selected(try typing("7 } j {", in: Self.profile)).hasSuffix("size"))
    #expect(try typing("7 {", in: Self.profile).message == "the first key")
  }

  @Test func `the details tell the share of a value in its key`() throws {
    let typed = try typing("7 j", in: Self.profile)
    #expect(typed.rows.contains { $0.contains("route=/api/users ─ 40ns 40.0% ─ 50.0% of route") })
    #expect(
      try typing("7", in: Self.profile).rows.contains {
        $0.contains("route ─ 80ns 80.0% ─ 3 values")
      })
  }

  @Test func `beside the labels stands what costs most with them`() throws {
    func beside(_ keys: String, _ columns: Int = 200, _ rows: Int = 60) throws -> [String] {
      try typing(keys, at: columns, rows, in: Self.profile).rows.map {
        ($0.split(separator: "│").last ?? "").split(separator: " ").joined(separator: " ")
      }
    }
    let value = try beside("7 j")
    #expect(value[2...4] == ["route=/api/users", "symbols, by FLAT", "40ns 100% serve"])
    #expect(try beside("7")[2...4] == ["route", "symbols, by FLAT", "80ns 100% serve"])
    #expect(try beside("7 } j j")[2...4] == ["size=35kB", "symbols, by FLAT", "35ns 100% serve"])
    #expect(try beside("7 j", 120, 40).contains("40ns 100% serve"))
    #expect(try !beside("7 j", 80, 24).contains("symbols, by FLAT"))
    let callers = try typing("7 j Tab j j Enter", at: 200, 60, in: Self.profile)
    #expect(callers.rows[1].contains("[4 Calls]"))
    #expect(callers.rows.contains { $0.contains("main") && $0.contains("100%") })
  }

  @Test func `another sample type keeps the label`() throws {
    let typed = try typing("7 j t", in: Self.profile)
    #expect(selected(typed).hasSuffix("/api/users"))
    #expect(selected(typed).contains("60"))
  }

  @Test func `keys and values are searched`() throws {
    let typed = try typing("7 / \"API\" Esc / \"api\" Enter", in: Self.profile)
    #expect(selected(typed).hasSuffix("/api/users"))
    #expect(typed.message == "1/2")
  }

  @Test func `values that cost nothing are counted, not listed`() throws {
    var builder = ProfileBuilder(sampleTypes: ("alloc", "bytes"), ("inuse", "bytes"))
    for (tenant, inuse) in [("a", 7), ("b", 0), ("c", 3), ("d", 0)] as [(String, Int64)] {
      let labels = [
        Label(key: builder.string("tenant"), string: builder.string(tenant)),
        Label(key: builder.string("zone"), string: builder.string(inuse == 0 ? "far" : "near")),
      ]
      builder.addSample(builder.locations("f"), values: [10, inuse], labels: labels)
    }
    let profile = builder.finish()
    func names(_ keys: String) throws -> [String] {
      try typing(keys, in: profile).rows[3..<20].filter { !$0.isEmpty }
        .compactMap { $0.split(separator: " ").last.map(String.init) }
    }
    #expect(try names("7") == ["tenant", "a", "c", "zone", "near"])
    #expect(try names("7 t") == ["tenant", "a", "b", "c", "d", "zone", "far", "near"])
    let typed = try typing("7", in: profile)
    #expect(typed.rows.contains { $0.contains("─ 2 of 4 values, the others are 0 ─") })
    let message = try typing("7 / \"far\" Enter", in: profile).message
    #expect(message.hasPrefix("/far matches 0 of"))
    #expect(selected(try typing("7 } j", in: profile)).hasSuffix("near"))
  }

  @Test func `a profile without labels says how they come about`() throws {
    let typed = try typing("7", in: .stacks(["f": 1]))
    #expect(typed.rows.contains { $0.contains("no sample in this profile has a label") })
    #expect(try typing("7", in: .stacks([:])).rows.contains { $0.contains("no samples in this") })
  }

  // MARK: Refining

  @Test func `Enter and f keep the samples with the label, x drops them`() throws {
    for key in ["Enter", "f"] {
      let typed = try typing("7 j \(key)", in: Self.profile)
      #expect(typed.rows[0].contains("cpu 40ns of 100ns"))
      #expect(typed.rows[0].hasSuffix("tagfocus=route=/api/users"))
      #expect(selected(typed).hasSuffix("/api/users"))
    }
    let dropped = try typing("7 j x", in: Self.profile)
    #expect(dropped.rows[0].contains("cpu 60ns of 100ns"))
    let whole = try typing("7 Enter", in: Self.profile)
    #expect(whole.message == "tagfocus=route=: 80.0% of total, 2 fn")
  }

  @Test func `numbers are refined by as they read`() throws {
    let typed = try typing("7 } j Enter", in: Self.profile)
    #expect(typed.rows[0].hasSuffix("tagfocus=size=40kB"))
    #expect(typed.message == "tagfocus=size=40kB: 40.0% of total, 2 fn")
    #expect(try typing("7 } Enter", in: Self.profile).message.hasPrefix("no expression of pprof's"))
  }

  @Test func `numbers that read alike are refined by together`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    for number: Int64 in [16_384, 16_385, 20_000] {
      let label = Label(
        key: builder.string("bytes"), number: number, unit: builder.string("bytes"))
      builder.addSample(builder.locations("f"), values: [10], labels: [label])
    }
    let typed = try typing("7 j Enter", in: builder.finish())
    #expect(typed.message == "tagfocus=bytes=16kB: 66.7% of total, 1 fn")
  }

  @Test(arguments: ["a,b", "k=v", "^(x)$", "日本", ""])
  func `any text can be a label to refine by`(text: String) throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    for value in [text, "other"] {
      for key in ["plain", "with=sign"] {
        let label = Label(key: builder.string(key), string: builder.string(value))
        builder.addSample(
          builder.locations("f"), values: [value == text ? 30 : 10], labels: [label])
      }
    }
    let profile = builder.finish()
    for keys in ["7 j Enter", "7 } j Enter"] {
      #expect(try typing(keys, in: profile).message.hasSuffix("37.5% of total, 1 fn"))
    }
  }

  @Test func `a label becomes the root or the leaf of every stack, and no longer`() throws {
    let root = try typing("7 ( 2", in: Self.profile)
    #expect(root.rows[0].hasSuffix("tagroot=route"))
    #expect(root.rows.contains { $0.hasSuffix("▸ /api/users") || $0.hasSuffix("▾ /api/users") })
    let flame = try typing("7 ( 3", in: Self.profile)
    #expect(flame.rows[4].contains("/api/users"))
    let leaf = try typing("7 } } ) 1", in: Self.profile)
    #expect(leaf.rows[0].hasSuffix("tagleaf=tenant"))
    #expect(leaf.rows[3].hasSuffix("a"))
    #expect(try typing("7 ( (", in: Self.profile).rows[0].hasSuffix("no filters"))
  }

  @Test func `H hides the labels of the key`() throws {
    let typed = try typing("7 H", in: Self.profile)
    #expect(typed.rows[0].hasSuffix("taghide=route"))
    #expect(typed.rows.contains { $0.hasSuffix("route") && $0.contains("80.0%") } == false)
  }

  @Test(arguments: [(20, 5), (40, 12), (80, 24), (120, 40), (200, 60)])
  func `labels of a sample look as they should`(columns: Int, rows: Int) throws {
    let typed = try typing("7 } j", at: columns, rows, in: Self.profile)
    expectGolden(typed.screen, "labels-refine-\(columns)x\(rows)")
  }

  @Test func `texts of strangers are shown, not obeyed`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    let long = String(repeating: "long ", count: 700)
    for (index, text) in ["\u{1B}[2J", "日本語\n\t", long, ""].enumerated() {
      let label = Label(key: builder.string(text), string: builder.string(text))
      builder.addSample(builder.locations("f"), values: [Int64(index) - 1], labels: [label])
    }
    let profile = builder.finish()
    for keys in ["7", "7 G", "7 l l l", "7 } } } }"] {
      let typed = try typing(keys, in: profile)
      #expect(!typed.rows.joined().unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test(arguments: ["40x12", "80x24", "120x40", "200x60"])
  func `the screen looks as it should`(size: String) throws {
    let screens = try ["7", "7 } j"].map { try typing("\(size) \($0)", in: Self.profile).view }
    expectScreens(screens, "labels-\(size)")
  }
}
