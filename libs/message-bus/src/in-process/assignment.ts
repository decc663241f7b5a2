/**
 * Shares partitions among the members that want them: loads differ by as little as a greedy choice allows, and a
 * partition stays with its owner unless balance needs it elsewhere.
 */
export function assignPartitions<P, M>(
  partitions: readonly P[],
  members: readonly M[],
  wants: (member: M, partition: P) => boolean,
  previous: ReadonlyMap<P, M>,
): Map<P, M> {
  const wanted = partitions.filter((partition) => members.some((member) => wants(member, partition)));
  const fairShare = Math.ceil(wanted.length / Math.max(members.length, 1));
  const load = new Map(members.map((member) => [member, 0]));
  const owners = new Map<P, M>();
  const give = (partition: P, member: M): void => {
    owners.set(partition, member);
    load.set(member, (load.get(member) ?? 0) + 1);
  };
  for (const partition of wanted) {
    const owner = previous.get(partition);
    if (owner === undefined || !load.has(owner) || !wants(owner, partition)) continue;
    if ((load.get(owner) ?? 0) < fairShare) give(partition, owner);
  }
  for (const partition of wanted) {
    if (owners.has(partition)) continue;
    const candidates = members.filter((member) => wants(member, partition));
    const idlest = candidates.reduce<M | undefined>(
      (best, member) =>
        best === undefined || (load.get(member) ?? 0) < (load.get(best) ?? 0) ? member : best,
      undefined,
    );
    if (idlest !== undefined) give(partition, idlest);
  }
  return owners;
}
