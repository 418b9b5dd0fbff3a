import ProfileModel

/// Which samples and labels to show, by labels.
public struct TagFilters: Sendable {
  /// Keeps only samples that meet the condition.
  public var focus: TagCondition?
  /// Leaves out samples that meet the condition.
  public var ignore: TagCondition?
  /// Keeps only labels whose key matches.
  public var show: Pattern?
  /// Leaves out labels whose key matches.
  public var hide: Pattern?

  public init(
    focus: TagCondition? = nil, ignore: TagCondition? = nil, show: Pattern? = nil,
    hide: Pattern? = nil
  ) {
    self.focus = focus
    self.ignore = ignore
    self.show = show
    self.hide = hide
  }
}

extension Profile {
  /// The profile with the samples and labels that the filters leave.
  ///
  /// - Parameters:
  ///   - units: those of the profile, before anything was left out of it.
  ///   - notices: gets an entry for each filter that matched nothing.
  public func filtered(
    by filters: TagFilters, units: LabelUnits, notices: inout [FilterNotice]
  ) -> Profile {
    selectingSamples(filters, units, &notices).selectingLabels(filters, &notices)
  }

  private func selectingSamples(
    _ filters: TagFilters, _ units: LabelUnits, _ notices: inout [FilterNotice]
  ) -> Profile {
    guard filters.focus != nil || filters.ignore != nil else { return self }
    let isFocused = filters.focus?.decisions(in: self, units: units, notices: &notices)
    let isIgnored = filters.ignore?.decisions(in: self, units: units, notices: &notices)
    let used = labelSetsInUse()
    if let isFocused, !used.contains(where: { isFocused[$0.index] }) {
      notices.append(.matchedNothing("TagFocus"))
    }
    if let isIgnored, !used.contains(where: { isIgnored[$0.index] }) {
      notices.append(.matchedNothing("TagIgnore"))
    }
    return replacing(
      samples: samples.selecting { sample in
        let set = samples.labelSet(sample).index
        return (isFocused?[set] ?? true) && !(isIgnored?[set] ?? false)
      })
  }

  private func selectingLabels(_ filters: TagFilters, _ notices: inout [FilterNotice]) -> Profile {
    guard filters.show != nil || filters.hide != nil else { return self }
    let isShown = filters.show.map { keyDecisions($0, "TagShow", &notices) }
    let isHidden = filters.hide.map { keyDecisions($0, "TagHide", &notices) }
    return replacingLabels { labels in
      labels.filter { (isShown?[$0.key] ?? true) && !(isHidden?[$0.key] ?? false) }
    }
  }

  /// Whether each label key that samples have matches.
  private func keyDecisions(
    _ pattern: Pattern, _ option: String, _ notices: inout [FilterNotice]
  ) -> [StringID: Bool] {
    var decisions = StringDecisions(pattern, strings)
    var result: [StringID: Bool] = [:]
    for set in labelSetsInUse() {
      for label in labelSets[set] { result[label.key] = decisions.matches(label.key) }
    }
    if decisions.gaveUp { notices.append(.gaveUp(option: option.lowercased())) }
    if !result.values.contains(true) { notices.append(.matchedNothing(option)) }
    return result
  }

  /// The profile with the labels that `rewrite` makes of each set of labels in use.
  func replacingLabels(
    strings: StringTable? = nil, _ rewrite: (Slice<Column<Label>>) -> [Label]
  ) -> Profile {
    var builder = LabelTableBuilder()
    var ids = [LabelSetID](repeating: .empty, count: labelSets.count)
    for set in labelSetsInUse() { ids[set.index] = builder.intern(rewrite(labelSets[set])) }
    let sets = builder.finish()
    var column = ColumnBuilder<LabelSetID>()
    if sets.count > 1 {
      for sample in samples.indices { column.append(ids[samples.labelSet(sample).index]) }
    }
    return replacing(
      strings: strings, labelSets: sets,
      samples: SampleTable(
        stacks: samples.stacks, values: samples.values, labelSets: column.finish(),
        origins: samples.originColumn))
  }
}
