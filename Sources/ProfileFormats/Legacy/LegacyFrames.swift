import ProfileModel

/// The frames that profilers leave in profiles of their own workings, as regular expressions: the
/// old formats cannot say so themselves.
enum LegacyFrames {
  /// Allocation, in heap profiles.
  static let allocators = [
    "calloc", "cfree", "malloc", "free", "(do_)?memalign", "(__)?posix_memalign", #"p?valloc"#,
    "realloc",
    "tcmalloc::.*", "tc_(calloc|cfree|malloc|free|memalign|posix_memalign|p?valloc|realloc)",
    "tc_(new|delete)(array)?", "tc_new(array)?_nothrow",
    "malloc_zone_(malloc|calloc|valloc|realloc|memalign|free)",
    #"runtime\..*"#,
    "BaseArena::.*", "(::)?do_malloc(_no_errno|_pages)?", "DoSampledAllocation",
    "MallocedMemBlock::MallocedMemBlock", "_M_allocate", "__builtin_(vec_)?(delete|new)",
    "__gnu_cxx::new_allocator::allocate", "__libc_malloc", "__malloc_alloc_template::allocate",
    "allocate", "cpp_alloc", #"operator new(\[\])?"#, "simple_alloc::allocate",
  ].joined(separator: "|")

  /// What of Go's runtime stands in the middle of stacks and stays.
  static let keptRuntime = #"runtime\.(panic|reflectcall|call[0-9]*)"#

  /// Locking, in contention profiles.
  static let locks = [
    "(base::)?(RecordLockProfileData|Submit(Mutex|SpinLock)ProfileData).*",
    "((base::)?Mutex::)?(AwaitCommon|(Reader)?Unlock|UnlockSlow).*",
    "((base::)?MutexLock::)?~MutexLock.*", "(SpinLock::)?(Slow)?Unlock.*",
    "(SpinLockHolder::)?~SpinLockHolder.*",
  ].joined(separator: "|")

  /// The profiler's signal handler, in all others.
  static let signalHandlers = [
    "ProfileData::(Add|prof_handler)", "CpuProfiler::prof_handler", "__pthread_sighandler",
    "__restore",
  ].joined(separator: "|")
}

extension ProfileHeader {
  /// Sets the frames to drop and to keep, by what the profile measures.
  mutating func setLegacyFrames() {
    switch sampleTypes.map(\.type) {
    case ["allocations", "size"], ["objects", "space"], ["inuse_objects", "inuse_space"],
      ["alloc_objects", "alloc_space"],
      ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]:
      dropFrames = LegacyFrames.allocators
      keepFrames = LegacyFrames.keptRuntime
    case ["contentions", "delay"]: dropFrames = LegacyFrames.locks
    default: dropFrames = LegacyFrames.signalHandlers
    }
  }
}
