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

  @Test func `a profile without labels says how they come about`() throws {
    let typed = try typing("7", in: .stacks(["f": 1]))
    #expect(typed.rows.contains { $0.contains("no sample in this profile has a label") })
    #expect(try typing("7", in: .stacks([:])).rows.contains { $0.contains("no samples in this") })
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
