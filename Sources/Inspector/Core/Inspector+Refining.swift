import ProfileAnalysis
import TerminalUI

/// Narrowing down what all views show, and undoing it.
extension Inspector {
  /// Focuses on what is selected, drops it, or hides it.
  mutating func refineBySelection(_ command: Command) {
    guard let session else { return }
    if let offer = panes[open].refinement(for: command, in: context(session, layout)) {
      switch offer {
      case .step(let step): refine(step)
      case .refusal(let reason): say(reason, .refusal)
      }
      return
    }
    guard let node = shownSymbol, let (pattern, label) = SymbolPattern.of(node, in: session.nodes)
    else {
      return say("no symbol with a name is selected", .refusal)
    }
    let kind: Refinement.Kind = command == .focus ? .focus : command == .ignore ? .ignore : .hide
    refine(Refinement(kind, pattern, label: label))
  }

  /// Puts a refinement on the stack, and says what it leaves.
  mutating func refine(_ step: Refinement) {
    guard var session else { return }
    if session.refinements.steps.last == step {
      return say(
        "\(step.crumb) is what was done last: \(settings.key(of: .undo)) undoes it", .refusal)
    }
    let before = session.profile
    let notices: [FilterNotice]
    do {
      notices = try session.refine(step)
    } catch {
      return say("\(error)", .error)
    }
    guard isWanted() else { return }
    for notice in notices { note(notice) }
    let changesNothing = notices.contains { notice in
      if case .matchedNothing = notice { return true }
      return false
    }
    if changesNothing, session.profile.samples.count == before.samples.count {
      return say("\(session.matchedNothingText(step)): nothing changes", .refusal)
    }
    show(refined: session)
    if session.profile.samples.count == 0 {
      say(EmptyNotice.reason(session, settings), .refusal)
    } else {
      say(step.kind.changesProfile ? "\(step.crumb): \(session.leftText)" : step.kind.summary)
    }
  }

  /// Puts a refinement of which there is one at most on the stack, or takes it off.
  mutating func toggle(_ step: Refinement) {
    guard var session else { return }
    let known = session.refinements.steps.last {
      step.kind.isSingle ? $0.kind == step.kind : $0 == step
    }
    guard let known else { return refine(step) }
    session.undo(known)
    show(refined: session)
    say("\(step.crumb) undone")
  }

  /// What tells project code by name: what is set, else what the program says of its main module, else
  /// nothing, which `ProjectCode` has a rule for.
  var projectPattern: String {
    guard settings.project.isEmpty else { return settings.project }
    return session?.escapes.mainModule.map(ProjectCode.pattern(ofModule:)) ?? ""
  }

  mutating func undoRefinement() {
    guard var session else { return }
    guard let last = session.undoRefinement() else {
      return say("no refinement to undo", .refusal)
    }
    show(refined: session)
    let count = session.refinements.steps.count
    say("undid \(last.crumb)" + (count == 0 ? "" : ", \(count) left"))
  }

  mutating func clearRefinements() {
    guard var session else { return }
    let count = session.refinements.steps.count
    guard count > 0 else { return say("no refinement to undo", .refusal) }
    session.clearRefinements()
    show(refined: session)
    say("undid \(Plural.text(count, "refinement", "refinements"))")
  }

  mutating func show(refined session: ProfileSession) {
    self.session = session
    researchIfNeeded()
  }

  /// Keeps what a filter has to say besides with the messages.
  private mutating func note(_ notice: FilterNotice) {
    switch notice {
    case .matchedNothing: break
    case .readAsRange, .mixedUnits, .gaveUp, .unreadableFramePattern:
      messages.append(Message(notice.description))
    }
  }
}

extension PaneRequest {
  /// What a view asks for where it offers something to refine by.
  init(_ offer: RefinementOffer) {
    switch offer {
    case .step(let step): self = .refine(step)
    case .refusal(let reason): self = .refuse(reason)
    }
  }
}

/// What to refine by, as a view offers it.
package enum RefinementOffer: Sendable {
  case step(Refinement)
  /// Why what is selected is nothing to refine by.
  case refusal(String)
}

extension ProfileSession {
  /// `47.1% of total, 12 of 93 functions`.
  var leftText: String {
    let left = leftTotal(ofType: sampleType)
    let share = "\(Share.text(left, of: wholeTotal(ofType: sampleType))) of total"
    return "\(share), \(rowCounts.all) \(granularity.noun.many)"
  }

  /// `focus=json matches 0 of 93 functions`.
  func matchedNothingText(_ step: Refinement) -> String {
    switch step.kind {
    case .tagRoot, .tagLeaf, .tagFocus, .tagIgnore, .tagShow, .tagHide:
      "\(step.crumb) matches no label of this profile"
    case .focus, .ignore, .hide, .show, .showFrom, .pruneFrom, .project, .foldRecursion,
      .granularity:
      "\(step.crumb) matches 0 of \(Plural.text(wholeFunctionCount, "function", "functions"))"
    }
  }

  /// Which refinement left no sample, in words; nil where none did.
  var refinementThatLeftNothing: String? {
    guard let step = refinements.profileSteps.last else { return nil }
    let matchedNothing = notices.contains { notice in
      if case .matchedNothing = notice { return true }
      return false
    }
    return matchedNothing ? matchedNothingText(step) : "\(step.crumb) leaves no sample"
  }
}
