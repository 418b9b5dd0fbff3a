import Glibc
import ProfileModel
import Synchronization

/// Runs work beside the loop.
enum WorkerThread {
  /// - Returns: false when the system has no thread to give.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = SystemThread(body) else { return false }
    thread.detach()
    return true
  }

  /// Starts work that nobody waits for on a thread that gives way to all others.
  ///
  /// - Returns: false when the system has no thread to give.
  static func startAside(_ body: @escaping @Sendable () -> Void) -> Bool {
    start {
      #if os(Linux)
        // There a thread has a niceness of its own; 0 stands for the one that asks.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
      #endif
      body()
    }
  }

  /// Runs work on another thread, and waits a moment for it; on this one where there is no other.
  ///
  /// - Parameters:
  ///   - work: what to do.
  ///   - late: called on the other thread after work that was not done in time.
  /// - Returns: whether it is done.
  static func run(
    _ work: @escaping @Sendable () -> Void, late: @escaping @Sendable () -> Void
  ) -> Bool {
    let meeting = Meeting()
    let isStarted = start {
      work()
      if !meeting.arrive() { late() }
    }
    if !isStarted { work() }
    return !isStarted || meeting.wait(milliseconds: patience)
  }

  /// Nobody feels less than that, in milliseconds.
  private static let patience = 40

  /// Where one thread waits for another, for so long.
  private final class Meeting: Sendable {
    private let semaphore = Semaphore()
    /// Set by who is first: by the one that arrives, or by the one that waited long enough.
    private let isDecided = Atomic<Bool>(false)

    /// - Returns: Whether somebody still waits.
    func arrive() -> Bool {
      if isDecided.exchange(true, ordering: .acquiringAndReleasing) { return false }
      semaphore.post()
      return true
    }

    /// - Returns: Whether the other arrived in time.
    func wait(milliseconds: Int) -> Bool {
      if semaphore.wait(milliseconds: milliseconds) { return true }
      return isDecided.exchange(true, ordering: .acquiringAndReleasing)
    }
  }
}
