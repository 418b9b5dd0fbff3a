#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread of the system that runs one piece of work. Each is to be joined or detached, once.
package struct SystemThread: @unchecked Sendable {
  private let thread: pthread_t

  /// - Returns: nil when the system has no thread to give: the work is not done then.
  package init?(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return nil
    }
    self.thread = thread
  }

  /// Whether there is a processor for another thread while this one works.
  package static let canRunBeside = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

  /// Waits until the work is done.
  package func join() { pthread_join(thread, nil) }

  /// Leaves the work alone: nobody waits for it.
  package func detach() { pthread_detach(thread) }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
