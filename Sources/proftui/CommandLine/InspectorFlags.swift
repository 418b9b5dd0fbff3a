/// The flags that only the inspector knows; their values land in `Invocation.inspector`.
enum InspectorFlags {
  static let all: [CommandFlag] = []
}
