// The loop that polls, in a process of its own. The argument is a JSON file with a `PollingLoopSetup`.
import { readFileSync } from 'node:fs';
import { PollingLoop } from './PollingLoop';

PollingLoop.create(JSON.parse(readFileSync(process.argv[2], 'utf8')))
  .run()
  .catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
