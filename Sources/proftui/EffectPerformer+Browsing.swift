import Glibc
import Inspector
import LiveSources

/// Asking live sources what they have.
extension EffectPerformer {
  /// - Parameter question: what a picker wants to know; nil for all that there is to choose from.
  func browse(_ source: ProfileSource, _ question: StoreQuestion?) -> [Event] {
    let own = fetchGeneration.load(ordering: .relaxed)
    let isCurrent: @Sendable () -> Bool = {
      self.fetchGeneration.load(ordering: .relaxed) == own
    }
    let work: @Sendable () -> Void = {
      do throws(CommandFailure) {
        let catalog = try LiveCatalog(self.invocation.sources)
        guard let question else { return self.post(.offered(try catalog.offers())) }
        let answer = try catalog.answer(question)
        if isCurrent() { self.post(.answered(answer)) }
      } catch {
        self.post(.answered(.failed(Failure(source.name, error.message))))
      }
    }
    if isSynchronous {
      work()
      return collect()
    }
    guard WorkerThread.start(work) else {
      return [.answered(.failed(Failure(source.name, "no thread to ask it on")))]
    }
    return []
  }

  /// What is to be chosen before the source can be read; nil where it says that itself.
  func offersBeforeLoading(_ source: ProfileSource) throws(CommandFailure) -> LiveOffers? {
    guard let live = source.live, live.choice == .whole, live.isBrowsable else { return nil }
    let catalog = try LiveCatalog(invocation.sources)
    return try catalog.mustBeAsked(isWatched: live.isWatched) ? catalog.offersIfAny() : nil
  }
}
