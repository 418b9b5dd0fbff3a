import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// The pane of details, beside or below the view.
struct SymbolDetailTests {
  @Test func `with the focus in the details the keys are those of the details`() throws {
    let profile = Profile.stacks(["main;a;b": 1])
    let typed = try typing("3 G Tab", at: 120, 40, in: profile)
    #expect(typed.rows.last?.contains("zoom") == false)
    #expect(typed.rows.last?.contains("⏎ calls") == false)
    let onCall = try typing("3 G Tab j j j", at: 120, 40, in: profile)
    #expect(onCall.rows.last?.contains("⏎ calls") == true)
    let gone = try typing("3 G Tab j j j Enter", at: 120, 40, in: profile)
    #expect(gone.rows[1].contains("[4 Calls]"), "\(gone.message)")
  }

  @Test func `without the focus details show some callers and some callees`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for caller in 0..<20 {
      builder.addSample(builder.locations("caller\(caller);hub;leaf\(caller % 7)"), values: [1])
    }
    builder.addSample(builder.locations("hub"), values: [100])
    let profile = builder.finish()
    let rows = try typing("1", at: 120, 40, in: profile).rows
    #expect(rows.contains { $0.hasPrefix("  callers (… ") && $0.hasSuffix(" more)") })
    #expect(rows.contains { $0.hasPrefix("  callees (… ") && $0.hasSuffix(" more)") })
    #expect(
      rows.contains { $0.hasSuffix("%  caller0") } && rows.contains { $0.hasSuffix("%  leaf0") })
    let focused = try typing("1 Tab G", at: 120, 40, in: profile).rows
    #expect(focused.contains { $0.hasPrefix("> ") && $0.hasSuffix("leaf6") })
  }

  @Test func `in the details numbers of any length end in one column`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"), ("money", "widgets"))
    builder.addSample(builder.locations("f"), values: [7, 9_007_199_254_740_993])
    let rows = try typing("", at: 120, 40, in: builder.finish()).rows
    let cpu = try #require(rows.first { $0.hasPrefix("  cpu ") })
    let money = try #require(rows.first { $0.hasPrefix("  money ") })
    #expect(cpu.count == money.count && money.contains("900719925474099"))
  }
}
