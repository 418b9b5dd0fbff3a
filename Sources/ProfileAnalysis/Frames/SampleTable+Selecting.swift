import ProfileModel

extension SampleTable {
  /// The samples that `isKept` answers true for; the table itself where that is all of them.
  func selecting(_ isKept: (Int) -> Bool) -> SampleTable {
    guard let firstGone = indices.first(where: { !isKept($0) }) else { return self }
    var rows = ColumnBuilder<UInt32>(capacity: count)
    for row in 0..<firstGone { rows.append(UInt32(truncatingIfNeeded: row)) }
    for row in firstGone &+ 1..<count where isKept(row) {
      rows.append(UInt32(truncatingIfNeeded: row))
    }
    return selecting(rows.finish())
  }

  /// The samples in these rows.
  private func selecting(_ rows: Column<UInt32>) -> SampleTable {
    SampleTable(
      stacks: Self.gathered(stacks, rows), values: values.map { Self.gathered($0, rows) },
      labelSets: hasLabels ? Self.gathered(labelSetColumn, rows) : [],
      origins: originColumn.isEmpty ? rows : Self.gathered(originColumn, rows))
  }

  private static func gathered<Element>(
    _ column: Column<Element>, _ rows: Column<UInt32>
  ) -> Column<Element> {
    var result = ColumnBuilder<Element>(capacity: rows.count)
    let (elements, rows) = (column.span, rows.span)
    for index in rows.indices { result.append(elements[Int(rows[index])]) }
    return result.finish()
  }
}
