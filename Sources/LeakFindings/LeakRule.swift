/// A way to tell that something leaks or is wasted.
///
/// To add one, write a type that conforms, in a file of its own in `Rules/`, and its line in
/// `LeakRules.all`; rules that stand there first take what they claim from those after them.
public protocol LeakRule: Sendable {
  /// A word or two, with hyphens: `sync-map`.
  var name: String { get }
  /// A line of help, without a full stop.
  var summary: String { get }
  /// What it finds, and takes from the material.
  func findings(in material: inout LeakMaterial) -> [LeakFinding]
}

/// The rules, in the order in which they are asked.
public enum LeakRules {
  public static let all: [any LeakRule] = [
    LeakedGoroutinesRule(), GoroutineGrowthRule(), ReflectTypesRule(), TimersRule(),
    SyncMapRule(), UntypedJSONRule(), InterfaceMapRule(), MapGrowthRule(), PoolMissRule(),
    BoxedValuesRule(), LargerObjectRule(), RetainedMemoryRule(), MutexContentionRule(),
    BlockedRule(),
  ]
}
