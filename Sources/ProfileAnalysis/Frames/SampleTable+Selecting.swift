import ProfileModel

extension SampleTable {
  /// The samples that `isKept` answers true for; the table itself where that is all of them.
  func selecting(_ isKept: (Int) -> Bool) -> SampleTable {
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for row in indices where isKept(row) { rows.append(row) }
    guard rows.count < count else { return self }
    return SampleTable(
      stacks: Self.gathered(stacks, rows), values: values.map { Self.gathered($0, rows) },
      labelSets: hasLabels ? Self.gathered(labelSetColumn, rows) : [],
      origins: originColumn.isEmpty
        ? Column(rows.map { UInt32(truncatingIfNeeded: $0) }) : Self.gathered(originColumn, rows))
  }

  private static func gathered<Element>(
    _ column: Column<Element>, _ rows: [Int]
  ) -> Column<Element> {
    var result = ColumnBuilder<Element>(capacity: rows.count)
    let elements = column.span
    for row in rows { result.append(elements[row]) }
    return result.finish()
  }
}
