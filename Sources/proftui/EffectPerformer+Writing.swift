import Glibc
import Inspector
import Synchronization

/// Writing what the inspector shows to files.
extension EffectPerformer {
  /// Writes the file; what takes longer than a moment goes on beside the loop, and its outcome comes later.
  func write(_ request: WriteRequest) -> Event {
    let path = UserFiles.expanded(request.path)
    guard files.withLock({ $0.insert(path).inserted }) else {
      return .failed(Failure(request.path, "is being written"))
    }
    if isSynchronous { return written(request, to: path) { true } }
    let outcome = Outcome()
    let own = writeGeneration.load(ordering: .relaxed)
    let isWanted: @Sendable () -> Bool = { self.writeGeneration.load(ordering: .relaxed) == own }
    let isDone = WorkerThread.run {
      let event = self.written(request, to: path, while: isWanted)
      outcome.event.withLock { $0 = event }
    } late: {
      self.post(.writingEnded(request))
      if isWanted(), let event = outcome.event.withLock({ $0 }) { self.post(event) }
    }
    let event = isDone ? outcome.event.withLock { $0 } : nil
    return event ?? .writing(request)
  }

  private final class Outcome: Sendable {
    let event = Mutex<Event?>(nil)
  }

  /// Waits until all files are whole, and says so.
  func finishWriting() {
    for file in files.withLock({ $0.sorted() }) {
      StandardStreams.complain("still writing \(file)")
    }
    while files.withLock({ !$0.isEmpty }) { usleep(10_000) }
  }

  private func written(
    _ request: WriteRequest, to path: String, while isWanted: @escaping () -> Bool
  ) -> Event {
    defer { files.withLock { _ = $0.remove(path) } }
    if !request.overwrites, ReportOutput.isInTheWay(path) { return .fileExists(request) }
    let environment = SystemEnvironment.make()
    do throws(CommandFailure) {
      try ReportOutput.write(to: path, overwrites: request.overwrites, while: isWanted) {
        (output) throws(CommandFailure) in
        do throws(Failure) {
          try request.body(environment, &output)
        } catch {
          throw CommandFailure(error.subject, error.reason)
        }
      }
      return .told("wrote \(request.path)")
    } catch {
      return .failed(Failure(error.subject ?? request.path, error.message))
    }
  }
}
