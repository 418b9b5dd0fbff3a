import ProfileAnalysis

/// The rows of the list in order, with the sums of their flat values down to each.
struct TopRows: Sendable {
  /// What the rows depend on.
  struct Key: Hashable, Sendable {
    let answers: ProfileSession.AnswerKey
    let order: SortOrder
    let filter: String?

    init(_ session: ProfileSession) {
      answers = session.answerKey
      order = session.order
      filter = session.rowFilter?.query.text
    }
  }

  let key: Key?
  let nodes: [NodeID]
  let sums: [Int64]

  init() {
    key = nil
    nodes = []
    sums = []
  }

  /// The nodes that have a value, ordered as `pprof` orders them.
  ///
  /// - Complexity: O(*n*) in nodes once their names are in order.
  init(_ session: ProfileSession) {
    key = Key(session)
    let table = session.nodes
    let totals = session.totals
    let (flat, cumulative) = (totals.flat, totals.cumulative)
    var sorting = RowSorting(session.rowsByName(), in: table)
    switch session.showsChange ? session.order.change : nil {
    case .growth:
      sorting.sort(by: [
        { RowSorting.bits(Double(flat[$0.index])) }, { flat[$0.index].magnitude },
      ])
    case .ratio:
      sorting.sort(by: [
        { RowSorting.bits(session.comparedFlat($0)?.ratio ?? 1) }, { flat[$0.index].magnitude },
      ])
    case nil:
      switch session.order.key {
      case .flat:
        sorting.sort(
          by: [{ flat[$0.index].magnitude }], last: { cumulative[$0.index].magnitude })
      case .cumulative:
        sorting.sort(
          by: [{ cumulative[$0.index].magnitude }], last: { flat[$0.index].magnitude })
      case .name: sorting.sort(by: [])
      }
    }
    nodes = session.order.isReversed ? sorting.nodes.reversed() : sorting.nodes
    var sum: Int64 = 0
    sums = nodes.map {
      sum &+= flat[$0.index]
      return sum
    }
  }
}

extension ProfileSession {
  /// The nodes that have a value and that the filter leaves, by name.
  fileprivate func rowsByName() -> RankedNodes {
    let totals = totals
    let (flat, cumulative) = (totals.flat, totals.cumulative)
    let filter = rowFilter
    func isRow(_ node: NodeID) -> Bool {
      (flat[node.index] != 0 || cumulative[node.index] != 0) && (filter?[node] ?? true)
    }
    let nodes = nodes
    let count = filter?.count ?? rowCounts.all
    // To put all in order pays where most are shown, or will be later.
    guard count > nodes.count / 8 else {
      return RankedNodes(
        nodes.indices.map { NodeID($0) }.filter(isRow), in: nodes, by: answers.nameOrder(nodes))
    }
    return answers.nodesByName(granularity).filtered(isRow)
  }
}
