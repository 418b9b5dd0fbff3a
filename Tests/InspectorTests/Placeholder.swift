import Testing
@Suite struct PlaceholderInspectorTests {}
