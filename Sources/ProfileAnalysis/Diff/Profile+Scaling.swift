import ProfileModel

extension Profile {
  /// The profile with the values of each type multiplied and rounded, without the samples that are
  /// zero throughout then.
  ///
  /// - Parameter ratios: one for each sample type. Where all are 1, nothing changes.
  public func scaled(by ratios: [Double]) -> Profile {
    precondition(ratios.count == samples.values.count, "a ratio for each sample type")
    guard ratios.contains(where: { $0 != 1 }) else { return self }
    let values = zip(samples.values, ratios).map { column, ratio in
      ratio == 1 ? column : Column(column.map { $0.scaled(by: ratio) })
    }
    let scaled = SampleTable(
      stacks: samples.stacks, values: values, labelSets: samples.labelSetColumn,
      origins: samples.originColumn)
    return replacing(
      samples: scaled.selecting { sample in values.contains { $0[sample] != 0 } })
  }

  /// The profile scaled so that each sample type sums to what it sums to in `base`.
  ///
  /// - Throws: `MergeError` where the sample types of the two differ.
  public func normalized(to base: Profile) throws(MergeError) -> Profile {
    let none = ValueType(type: "", unit: "")
    let (mine, theirs) = (header.periodType ?? none, base.header.periodType ?? none)
    guard mine == theirs else { throw .incompatiblePeriodTypes(mine, theirs) }
    guard header.sampleTypes == base.header.sampleTypes else {
      throw .differentSampleTypes(header.sampleTypes, base.header.sampleTypes)
    }
    let ratios = zip(samples.values, base.samples.values).map { mine, theirs -> Double in
      let (sum, baseSum) = (mine.reduce(0, &+), theirs.reduce(0, &+))
      return sum == 0 ? 0 : Double(baseSum) / Double(sum)
    }
    return scaled(by: ratios)
  }

  /// The profile with a label of one value on every sample, in place of what the key had for text.
  public func labelled(_ key: String, _ value: String) -> Profile {
    let (keyed, key) = strings.adding(key)
    let (strings, value) = keyed.adding(value)
    let label = Label(key: key, string: value)
    return replacingLabels(strings: strings) { labels in
      labels.filter { $0.isNumeric || $0.key != label.key } + [label]
    }
  }
}
