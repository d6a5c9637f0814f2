/** The kinds of node that have a global id. @public */
export type NodeKind =
  | 'U'
  | 'O'
  | 'BOT'
  | 'R'
  | 'PR'
  | 'PRR'
  | 'IC'
  | 'CR'
  | 'CS'
  | 'SC'
  | 'WFR'
  | 'LA'
  | 'T'
  | 'A'
  | 'DE';

const MARK = 'kwDO';

/**
 * A global id as GraphQL has it: its kind, then the repository (0 where there is none) and the database id.
 *
 * @public
 */
export function nodeId(options: {
  kind: NodeKind;
  repositoryId?: number;
  id: number;
}): string {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(options.repositoryId ?? 0, 0);
  bytes.writeUInt8(0xce, 4);
  bytes.writeBigUInt64BE(BigInt(options.id), 5);
  return `${options.kind}_${MARK}${bytes.toString('base64url')}`;
}

/** What a global id stands for; `undefined` when it is none of ours. @public */
export function parseNodeId(
  globalId: string,
): { kind: NodeKind; repositoryId: number; id: number } | undefined {
  const match = /^([A-Z]+)_kwDO([\w-]{18})$/.exec(globalId);
  if (!match) {
    return undefined;
  }
  const bytes = Buffer.from(match[2], 'base64url');
  if (bytes.length !== 13 || bytes.readUInt8(4) !== 0xce) {
    return undefined;
  }
  return {
    kind: match[1] as NodeKind,
    repositoryId: bytes.readUInt32BE(0),
    id: Number(bytes.readBigUInt64BE(5)),
  };
}
