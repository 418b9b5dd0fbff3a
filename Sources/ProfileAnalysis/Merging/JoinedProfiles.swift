import ProfileModel

extension Profile {
  /// The samples of this profile beside those of another, taken away, whether they are equal or not:
  /// for those who only add them up. Sooner made than what a `ProfileMerger` makes of both, and the
  /// sums are the same.
  ///
  /// - Parameter base: no sample of it has the labels of one of this profile.
  /// - Returns: nil where nothing but merging gives the same sums or types.
  /// - Complexity: O(*n*) in both, with a small factor for stacks.
  func joined(withNegated base: Profile) throws(MergeError) -> Profile? {
    guard canBeJoined, base.canBeJoined else { return nil }
    var types = MergedTypes(header)
    var isRescaled = false
    let columns = try types.add(base.header) { _, _ in isRescaled = true }
    let (kept, header) = try types.finish()
    guard !isRescaled, kept.elementsEqual(self.header.sampleTypes.indices),
      columns.allSatisfy({ $0?.ratio == 1 })
    else { return nil }
    var tables = MergedTables(width: 0)
    var first = MergeSource(self)
    try first.pourTables(into: &tables)
    // Stacks stay as they are.
    guard first.locations.indices.allSatisfy({ first.locations[$0].index == $0 }) else {
      return nil
    }
    var second = MergeSource(base)
    try second.pourTables(into: &tables)
    guard let stacks = stacks.joined(with: base.stacks, locations: second.locations.span) else {
      return nil
    }
    let joined = samples.joined(
      with: base.samples, stacks, first.labelSets.span, second.labelSets.span,
      valuesOfSecond: columns.map { $0?.index ?? 0 })
    return tables.finish(
      header: header, stacks: stacks.table, samples: joined,
      warnings: warnings + base.warnings.filter { !warnings.contains($0) })
  }

  /// Whether the magnitude of a sum of values is that of all magnitudes, and merging would leave no
  /// sample out.
  private var canBeJoined: Bool {
    guard samples.count > 0, !hasZeroSamples else { return false }
    return samples.values.allSatisfy { column in
      let values = column.span
      var (sum, bits, overflows): (Int64, Int64, Bool) = (0, 0, false)
      for sample in values.indices {
        bits |= values[sample]
        let next = sum.addingReportingOverflow(values[sample])
        (sum, overflows) = (next.partialValue, overflows || next.overflow)
      }
      return bits >= 0 && !overflows
    }
  }
}

extension SampleTable {
  /// These samples, and those of another table, taken away.
  ///
  /// - Parameter valuesOfSecond: which of the values of `other` each one here is.
  fileprivate func joined(
    with other: SampleTable, _ joinedStacks: StackTable.Joined,
    _ labelSetsOfFirst: Span<LabelSetID>, _ labelSetsOfSecond: Span<LabelSetID>,
    valuesOfSecond: [Int]
  ) -> SampleTable {
    let count = self.count + other.count
    var stacks = ColumnBuilder<StackID>(capacity: count)
    stacks.append(contentsOf: self.stacks)
    for stack in other.stacks { stacks.append(joinedStacks.id(ofSecond: stack)) }
    var labelSets = ColumnBuilder<LabelSetID>(capacity: count)
    for sample in indices { labelSets.append(labelSetsOfFirst[labelSet(sample).index]) }
    for sample in other.indices {
      labelSets.append(labelSetsOfSecond[other.labelSet(sample).index])
    }
    let values = zip(self.values, valuesOfSecond).map { mine, column in
      var sums = ColumnBuilder<Int64>(capacity: count)
      sums.append(contentsOf: mine)
      for value in other.values[column] { sums.append(value.scaled(by: -1)) }
      return sums.finish()
    }
    return SampleTable(stacks: stacks.finish(), values: values, labelSets: labelSets.finish())
  }
}
