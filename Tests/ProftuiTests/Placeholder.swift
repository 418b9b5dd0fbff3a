import Testing
@Suite struct PlaceholderProftuiTests {}
