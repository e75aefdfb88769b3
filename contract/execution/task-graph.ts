// What waits for what. Plain data, so that workflows may load it.

export interface GraphNode {
  readonly id: string
  readonly depends_on: readonly string[]
}

/** Puts an index into an ascending list of indexes. */
function insert(sorted: number[], index: number): void {
  const place = sorted.findIndex((other) => other > index)
  sorted.splice(place === -1 ? sorted.length : place, 0, index)
}

/**
 * The nodes in an order in which each comes after all it depends on; of those that could come next, the one given first.
 * Nodes on a circle and all that depend on them are left out. Dependencies on ids that are not there are not waited for.
 */
export function orderByDependencies<N extends GraphNode>(nodes: readonly N[]): readonly N[] {
  const places = new Map(nodes.map(({ id }, place) => [id, place]))
  const needs = nodes.map(({ depends_on }) => new Set(depends_on.filter((id) => places.has(id))))
  const open = needs.map(({ size }) => size)
  const dependents = nodes.map((): number[] => [])
  for (const [place, ids] of needs.entries()) {
    for (const id of ids) dependents[places.get(id) ?? place]?.push(place)
  }
  const free = nodes.flatMap((_, place) => (open[place] === 0 ? [place] : []))
  const order: N[] = []
  for (let place = free.shift(); place !== undefined; place = free.shift()) {
    const node = nodes[place]
    if (node !== undefined) order.push(node)
    for (const dependent of dependents[place] ?? []) {
      const left = (open[dependent] ?? 0) - 1
      open[dependent] = left
      if (left === 0) insert(free, dependent)
    }
  }
  return order
}

/** Ids of nodes that stand on a circle or depend on one; empty when the graph can be worked through. */
export function findCircularTasks(nodes: readonly GraphNode[]): readonly string[] {
  const ordered = new Set(orderByDependencies(nodes))
  return nodes.filter((node) => !ordered.has(node)).map(({ id }) => id)
}

/** One circle of the graph, from a node to the one it waits for and on until the first again; null when there is none. */
export function findCircle(nodes: readonly GraphNode[]): readonly string[] | null {
  const stuck = new Set(findCircularTasks(nodes))
  const waitsFor = new Map(
    nodes.map(({ id, depends_on }) => [id, depends_on.find((need) => stuck.has(need))]),
  )
  const path: string[] = []
  // Whatever is stuck waits for something stuck, so this walk ends only where it has been before.
  for (let id = [...stuck][0]; id !== undefined; id = waitsFor.get(id)) {
    const seen = path.indexOf(id)
    if (seen !== -1) return [...path.slice(seen), id]
    path.push(id)
  }
  return null
}
