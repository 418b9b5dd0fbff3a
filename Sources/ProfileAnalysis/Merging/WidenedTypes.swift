import ProfileModel

extension Profile {
  /// The same samples with a column for each of `types`: zeros where this profile has no such type.
  ///
  /// So profiles that each hold one sample type of the same program merge into one with all of them,
  /// stack by stack.
  public func widened(to types: [ValueType]) -> Profile {
    let zeros = Column(repeating: Int64(0), count: samples.count)
    let values = types.map { type in
      self.header.sampleTypes.firstIndex(of: type).map { samples.values[$0] } ?? zeros
    }
    var header = self.header
    header.sampleTypes = types
    return replacing(
      header: header,
      samples: SampleTable(
        stacks: samples.stacks, values: values, labelSets: samples.labelSetColumn))
  }
}
