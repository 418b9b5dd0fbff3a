import Glibc
import Synchronization

/// Says every second how many went by: more than one where the program was stopped meanwhile.
final class Ticker: Sendable {
  /// Goes up with each start and stop: threads of older ones end.
  private let generation = Atomic<Int>(0)

  func run(_ runs: Bool, tick: @escaping @Sendable (Int) -> Void) {
    let own = generation.add(1, ordering: .relaxed).newValue
    guard runs else { return }
    _ = WorkerThread.start {
      var told = ContinuousClock.now
      while self.generation.load(ordering: .relaxed) == own {
        usleep(200_000)
        let seconds = Int((ContinuousClock.now - told).components.seconds)
        guard seconds > 0 else { continue }
        told += .seconds(seconds)
        tick(seconds)
      }
    }
  }
}
