// The workers of a general job queue. The argument is a JSON file with a `PeerSetup`.
import { readFileSync, writeFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
import { startGraphileWorker } from './graphileWorkerPeer';
import { GO_CHANNEL, PeerSetup } from './Peer';
import { startPgBoss } from './pgBossPeer';

async function main([setupFile]: string[]): Promise<void> {
  const setup: PeerSetup = JSON.parse(readFileSync(setupFile, 'utf8'));
  const { connectionString, workers, peer } = setup;
  const pool = new Pool({
    connectionString,
    max: workers + 2,
    // Connections that idle between rounds would have to be made again within one.
    idleTimeoutMillis: 0,
  });
  const { nudge } =
    peer.name === 'graphile-worker'
      ? await startGraphileWorker({ pool, workers, setup: peer })
      : await startPgBoss({ pool, workers, setup: peer });
  const listener = new Client({ connectionString });
  await listener.connect();
  listener.on('notification', nudge);
  await listener.query(`listen ${GO_CHANNEL}`);
  writeFileSync(setup.readyFile, '');
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`\nThe workers did not start. ${error.stack}\n`);
  process.exit(1);
});
