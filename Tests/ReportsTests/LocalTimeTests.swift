import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct LocalTimeTests {
  @Test(arguments: [
    (0, "1970-01-01 00:00:00"), (951_782_400, "2000-02-29 00:00:00"),
    (1_772_366_399, "2026-03-01 11:59:59"), (-1, "1969-12-31 23:59:59"),
    (-9_223_372_037, "1677-09-21 00:12:43"), (4_107_542_399, "2100-02-28 23:59:59"),
  ])
  func `UTC is told from seconds`(seconds: Int, expected: String) throws {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    builder.header.timeNanos =
      seconds == 0
      ? 1
      : Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000).overflow
        ? .min : Int64(seconds) * 1_000_000_000
    let profile = builder.finish()
    #expect(try text("top", of: profile).contains("Time: \(expected) UTC\n"))
  }
}
