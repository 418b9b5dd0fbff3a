import ProfileAnalysis
import Testing

struct MeasurementTests {
  private func rows(_ table: String) -> [[String]] {
    table.split(separator: "\n").map { row in
      row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func `numbers print with two decimals as Go prints them`() throws {
    for row in rows(GoTables.fixed) {
      let value = Double(bitPattern: try #require(UInt64(row[0], radix: 16)))
      #expect(DecimalFormat.fixed(value, fractionDigits: 2) == row[1])
    }
  }

  @Test func `numbers print with significant digits as Go prints them`() throws {
    for row in rows(GoTables.general) {
      let value = Double(bitPattern: try #require(UInt64(row[0], radix: 16)))
      #expect(DecimalFormat.general(value, significantDigits: 2) == row[1])
      #expect(DecimalFormat.general(value, significantDigits: 4) == row[2])
    }
  }

  @Test func `labels are those of pprof in every unit`() throws {
    for row in rows(GoTables.labels) {
      let value = try #require(Int64(row[0]))
      let label = Measurement.scaledLabel(value, from: row[1], to: row[2])
      #expect(label == row[3], "\(row)")
    }
  }

  @Test func `percentages are those of pprof`() throws {
    for row in rows(GoTables.shares) {
      let (value, total) = (try #require(Int64(row[0])), try #require(Int64(row[1])))
      #expect(Measurement.percentage(value, of: total) == row[2], "\(row)")
    }
  }

  @Test func `a value is scaled into the unit asked for`() {
    let (value, unit) = Measurement.scale(1536, from: "bytes", to: "kB")
    #expect(value == 1.5)
    #expect(unit == "kB")
    #expect(Measurement.label(-90_000_000_000, unit: "nanoseconds") == "-90s")
    #expect(Measurement.label(5, unit: "objects") == "5")
  }

  @Test func `numbers that are not finite have names`() {
    #expect(DecimalFormat.fixed(.nan, fractionDigits: 2) == "NaN")
    #expect(DecimalFormat.general(-.infinity, significantDigits: 2) == "-Inf")
  }

  @Test func `a report is printed in the unit of its smallest value`() {
    #expect(Measurement.commonUnit(minimum: 2 << 20, maximum: 90 << 20, unit: "bytes") == "MB")
  }

  @Test func `a much larger total makes the unit larger`() {
    #expect(Measurement.commonUnit(minimum: 512 << 10, maximum: 90 << 20, unit: "bytes") == "MB")
    let whole = Measurement.commonUnit(
      minimum: 512 << 10, maximum: 90 << 20, unit: "bytes", prefersLarger: false)
    #expect(whole == "kB")
  }

  @Test func `a unit of no known kind stays as it is`() {
    #expect(Measurement.commonUnit(minimum: 1, maximum: 9, unit: "objects") == "objects")
  }

  @Test func `without any value the total decides on the unit`() {
    #expect(Measurement.commonUnit(minimum: 0, maximum: 3_000_000_000, unit: "ns") == "s")
  }

  @Test func `what values are divided by decides on the unit`() {
    let unit = Measurement.commonUnit(
      minimum: 4 << 20, maximum: 8 << 20, unit: "bytes", ratio: 1.0 / 1024)
    #expect(unit == "kB")
  }

  @Test func `units of one kind convert and others do not`() {
    #expect(Measurement.areConvertible("bytes", "MB"))
    #expect(!Measurement.areConvertible("bytes", "seconds"))
    #expect(Measurement.areConvertible("objects", "objects"))
    #expect(Measurement.isTime("milliseconds"))
    #expect(!Measurement.isTime("count"))
  }
}
