/// The views, in the order of their tabs.
package enum Panes {
  package static let all: [any Pane.Type] = [
    TopPane.self,
    CallTreePane.self,
    FlamePane.self,
    CallsPane.self,
    SourcePane.self,
    EscapesPane.self,
    LabelsPane.self,
    FindingsPane.self,
    SeriesPane.self,
    InfoPane.self,
  ]
}

extension Command {
  /// Opens a view.
  package static func show(_ pane: any Pane.Type) -> Command {
    Command(pane.name.lowercased(), pane.summary)
  }
}
