import Inspector
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Synchronization

/// Fetching snapshots of a live source.
extension EffectPerformer {
  func fetch(_ source: ProfileSource) -> [Event] {
    let own = fetchGeneration.add(1, ordering: .relaxed).newValue
    let isCurrent: @Sendable () -> Bool = {
      self.fetchGeneration.load(ordering: .relaxed) == own
    }
    let post: @Sendable (Event) -> Void = { if isCurrent() { self.post($0) } }
    let work: @Sendable () -> Void = {
      do throws(Failure) {
        // What there is to say of the source was said of the first snapshot.
        let quiet: @Sendable (Event) -> Void = { if case .progress = $0 { post($0) } }
        let session = try self.fetchedSession(source, isCurrent: isCurrent, post: quiet)
        post(.snapshot(try self.prepared(session) { _ in }))
      } catch {
        post(.missed(error))
      }
    }
    if isSynchronous {
      work()
      return collect()
    }
    guard WorkerThread.start(work) else {
      return [.missed(Failure(source.name, "no thread to fetch it on"))]
    }
    return []
  }

  /// A new snapshot with the history up to it.
  func fetchedSession(
    _ source: ProfileSource, isCurrent: @escaping @Sendable () -> Bool,
    post: @escaping @Sendable (Event) -> Void
  ) throws(Failure) -> ProfileSession {
    do throws(CommandFailure) {
      var taker = SnapshotTaker(invocation.sources, warn: { post(.told($0)) })
      taker.choice = source.live?.choice ?? ""
      taker.progress = { progress in
        switch progress {
        case .received(let received): post(.progress(LoadingProgress(received)))
        case .measuring(let elapsed, let seconds):
          post(.progress(.measuring(elapsed: elapsed, of: seconds)))
        }
        return isCurrent()
      }
      let snapshot = try taker.take()
      guard isCurrent() else { throw CommandFailure(source.name, "given up") }
      let series = try history.add(snapshot) { post(.told($0)) }
      do throws(SampleTypeSelectionError) {
        var session = try ProfileSession(
          name: source.name, profile: snapshot.profile, sampleType: source.sampleType,
          escapes: escapes(of: snapshot.profile) { post(.told($0)) })
        session.series = series
        return session
      } catch {
        throw CommandFailure(source.name, error.description)
      }
    } catch {
      throw Failure(error.subject ?? source.name, error.message)
    }
  }

  /// The profile in bytes that were fetched before; nil where they are none any more.
  func profile(_ bytes: [UInt8]) -> Profile? {
    let loader = ProfileLoader(sources: invocation.sources, normalizes: false, warn: { _ in })
    return try? loader.decode(bytes: bytes)
  }
}
