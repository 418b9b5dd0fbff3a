import ProfileAnalysis
import TerminalUI

/// Why a view has nothing to show, and what to do about it.
enum EmptyNotice {
  static func grid(in context: PaneContext) -> CellGrid {
    grid(reason(context.session, context.settings), in: context)
  }

  static func grid(_ text: String, in context: PaneContext) -> CellGrid {
    let lines = TextWrapping.lines(text, width: max(context.size.columns - 4, 1))
    return .centred(lines, size: context.size, role: .message)
  }

  /// The reason in one line: `inuse_space is 0 here; alloc_space has 2.52GB: press t`.
  static func reason(_ session: ProfileSession, _ settings: Settings) -> String {
    let type = session.valueType.type
    if session.showsChange, session.profile.samples.count > 0, session.rowFilter == nil {
      return "\(type) is the same in both, sample by sample: "
        + "\(settings.key(of: .nextSide)) shows either, \(settings.key(of: .nextSampleType)) another type"
    }
    if session.profile.samples.count == 0, let reason = session.refinementThatLeftNothing {
      return "\(reason): \(settings.key(of: .undo)) undoes it"
    }
    if session.profile.samples.count == 0 {
      return "no samples in this profile: nothing was recorded; "
        + "\(settings.key(of: .show(InfoPane.self))) shows what the file tells"
    }
    if let filter = session.rowFilter, filter.count == 0 {
      let noun = session.granularity.noun.many
      return "&\(filter.query.text) matches 0 of \(session.rowCounts.all) \(noun): "
        + undoing(settings)
    }
    if session.leftTotal(ofType: session.sampleType) != 0 {
      return session.rowFilter == nil
        ? "no sample of \(type) has a stack: there is a total, but nobody to put it down to"
        : "no row that matches &\(session.rowFilter?.query.text ?? "") has a value: "
          + undoing(settings)
    }
    let types = session.sampleTypes
    let steps = (1..<max(types.count, 1)).map { ($0, (session.sampleType + $0) % types.count) }
    // One that is measured alike says more.
    let unit = session.valueType.unit
    let others =
      steps.filter { types[$0.1].unit == unit } + steps.filter { types[$0.1].unit != unit }
    for (steps, index) in others {
      let total = session.leftTotal(ofType: index)
      guard total != 0 else { continue }
      let label = Measurement.label(total, unit: types[index].unit)
      let next = settings.key(of: .nextSampleType)
      let previous = settings.key(of: .previousSampleType)
      let key =
        steps == 1 ? next : types.count - steps == 1 ? previous : "\(next) \(steps) times"
      return "\(type) is 0 here; \(types[index].type) has \(label): press \(key)"
    }
    if session.isPartOfWhole, let last = session.refinements.steps.last {
      return "all values that \(last.crumb) leaves are 0: \(settings.key(of: .undo)) undoes it"
    }
    return "all values in this profile are 0; "
      + "\(settings.key(of: .show(InfoPane.self))) shows what the file tells"
  }

  /// How to undo the filter of rows.
  private static func undoing(_ settings: Settings) -> String {
    "\(settings.key(of: .filterRows)) and Enter shows all again"
  }
}
