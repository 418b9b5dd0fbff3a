import Testing

@testable import Reports

@Suite struct GoWordsTests {
  @Test(
    arguments: [
      (0, "0s"), (1, "1ns"), (1100, "1.1µs"), (903_950_000, "903.95ms"),
      (2_000_000_000, "2s"), (61_500_000_000, "1m1.5s"), (3_600_000_000_000, "1h0m0s"),
      (-1_000_000, "-1ms"), (Int64.min, "-2562047h47m16.854775808s"),
    ] as [(Int64, String)])
  func `durations read as in Go`(nanos: Int64, expected: String) {
    #expect(GoTime.duration(nanos) == expected)
  }

  @Test func `times read as in Go`() {
    let zone = { (seconds: Int64) in
      var time = LocalTime(utc: seconds - 5400)
      time.offset = -5400
      time.zone = "XST"
      return time
    }
    #expect(
      GoTime.description(1_700_000_000_250_000_000, local: zone)
        == "2023-11-14 20:43:20.25 -0130 XST")
    #expect(
      GoTime.description(-1, local: { LocalTime(utc: $0) })
        == "1969-12-31 23:59:59.999999999 +0000 UTC")
  }

  @Test func `columns end where a line has no cell in them`() {
    var columns = AlignedColumns()
    columns.append("a:\t first\n \tlonger:\t x\n \ts:\t y\n\nkey:\t z\n")
    var output = OutputBuffer()
    columns.write(to: &output)
    #expect(
      String(decoding: output.finish(), as: UTF8.self)
        == " a: first\n    longer: x\n         s: y\n\n key: z\n")
  }
}
