import ProfileModel
import Testing

@Suite struct ColumnTests {
  @Test func `a column keeps what was appended across growth`() {
    var builder = ColumnBuilder<UInt64>(capacity: 1)
    for value in 0..<100_000 as Range<UInt64> { builder.append(value &* 3) }
    builder.truncate(to: 99_999)
    let column = builder.finish()
    #expect(column.count == 99_999)
    #expect(column.enumerated().allSatisfy { $0.element == UInt64($0.offset) * 3 })
  }

  @Test func `an empty column has an empty span and equals another`() {
    let column = Column<Int32>()
    let isEmpty = column.span.isEmpty
    #expect(isEmpty)
    #expect(column == ColumnBuilder<Int32>().finish())
  }

  @Test func `span reads what subscript reads`() {
    let column: Column<Int> = [3, 1, 2]
    var read: [Int] = []
    let span = column.span
    for index in span.indices { read.append(span[index]) }
    #expect(read == Array(column))
  }
}
