import { Client } from 'pg';

/** How many queued tasks admission has decided on so far: admitted, or looked at and left where they are. */
export async function countDecisions(client: Client): Promise<{
  rounds: number;
  admitted: number;
  held: number;
}> {
  const { rows } = await client.query<Record<string, string>>(
    'select rounds, admitted, held from admission_totals',
  );
  return {
    rounds: Number(rows[0]?.rounds ?? 0),
    admitted: Number(rows[0]?.admitted ?? 0),
    held: Number(rows[0]?.held ?? 0),
  };
}
