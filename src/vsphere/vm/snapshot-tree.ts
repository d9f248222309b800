import { data, patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualMachineSnapshotInfo,
  VirtualMachineSnapshotTree,
} from '#vim25/generated/types.js'

/** All nodes of a VM's snapshot tree, parents before their children. */
export function treeSnapshots(
  info: VirtualMachineSnapshotInfo | undefined,
): readonly VirtualMachineSnapshotTree[] {
  const walk = (trees: readonly VirtualMachineSnapshotTree[]): VirtualMachineSnapshotTree[] =>
    trees.flatMap((tree) => [tree, ...walk(tree.childSnapshotList ?? [])])
  return walk(info?.rootSnapshotList ?? [])
}

/** The way from a root to the node, both included; empty when it is not in the tree. */
export function pathTo(
  info: VirtualMachineSnapshotInfo | undefined,
  snapshot: string,
): readonly VirtualMachineSnapshotTree[] {
  const find = (trees: readonly VirtualMachineSnapshotTree[]): VirtualMachineSnapshotTree[] => {
    for (const tree of trees) {
      if (tree.snapshot.value === snapshot) return [tree]
      const below = find(tree.childSnapshotList ?? [])
      if (below.length > 0) return [tree, ...below]
    }
    return []
  }
  return find(info?.rootSnapshotList ?? [])
}

/** The tree with a new node below the current one, which becomes the current one. */
export function withSnapshot(
  info: VirtualMachineSnapshotInfo | undefined,
  node: VirtualMachineSnapshotTree,
): VirtualMachineSnapshotInfo {
  const current = info?.currentSnapshot?.value
  const add = (trees: readonly VirtualMachineSnapshotTree[]): VirtualMachineSnapshotTree[] =>
    trees.map((tree) =>
      tree.snapshot.value === current
        ? patch(tree, { childSnapshotList: [...(tree.childSnapshotList ?? []), node] })
        : patch(tree, { childSnapshotList: add(tree.childSnapshotList ?? []) }),
    )
  const roots = info?.rootSnapshotList ?? []
  return data('VirtualMachineSnapshotInfo', {
    currentSnapshot: node.snapshot,
    rootSnapshotList: current === undefined ? [...roots, node] : add(roots),
  })
}

/** The tree with one node changed. */
export function withNode(
  info: VirtualMachineSnapshotInfo,
  snapshot: string,
  changes: Partial<VirtualMachineSnapshotTree>,
): VirtualMachineSnapshotInfo {
  const change = (trees: readonly VirtualMachineSnapshotTree[]): VirtualMachineSnapshotTree[] =>
    trees.map((tree) =>
      tree.snapshot.value === snapshot
        ? patch(tree, changes)
        : patch(tree, { childSnapshotList: change(tree.childSnapshotList ?? []) }),
    )
  return patch(info, { rootSnapshotList: change(info.rootSnapshotList) })
}

/**
 * The tree without a node, whose children move up to its parent (`withChildren`: they go as well); undefined when none is
 * left. Where the current snapshot goes, its nearest remaining ancestor becomes the current one.
 */
export function withoutSnapshot(
  info: VirtualMachineSnapshotInfo,
  snapshot: string,
  withChildren: boolean,
): { info: VirtualMachineSnapshotInfo | undefined; gone: readonly ManagedObjectReference[] } {
  const path = pathTo(info, snapshot)
  const node = path.at(-1)
  if (!node) return { info, gone: [] }
  const gone = withChildren
    ? treeSnapshots(data('VirtualMachineSnapshotInfo', { rootSnapshotList: [node] })).map(
        (each) => each.snapshot,
      )
    : [node.snapshot]
  const drop = (trees: readonly VirtualMachineSnapshotTree[]): VirtualMachineSnapshotTree[] =>
    trees.flatMap((tree) =>
      tree.snapshot.value === snapshot
        ? withChildren
          ? []
          : (tree.childSnapshotList ?? [])
        : [patch(tree, { childSnapshotList: drop(tree.childSnapshotList ?? []) })],
    )
  const rootSnapshotList = drop(info.rootSnapshotList)
  if (rootSnapshotList.length === 0) return { info: undefined, gone }
  const current = gone.some((ref) => ref.value === info.currentSnapshot?.value)
    ? path.at(-2)?.snapshot
    : info.currentSnapshot
  return { info: data('VirtualMachineSnapshotInfo', { currentSnapshot: current, rootSnapshotList }), gone }
}
