// The simulator of GitHub in a process of its own, with people who review and merge. The argument is a JSON file with a
// `SimulatorSetup`.
import { readFileSync } from 'node:fs';
import { GithubSimulator, SeededRandom } from '@agent-tasks/github-simulator';
import { reviewChanges } from './reviewChanges';
import { SimulatorSetup } from './SimulatorSetup';

async function main([setupFile]: string[]): Promise<void> {
  const setup: SimulatorSetup = JSON.parse(readFileSync(setupFile, 'utf8'));
  const simulator = await GithubSimulator.start(setup);
  reviewChanges({
    simulator,
    reviewSeconds: setup.reviewSeconds,
    random: SeededRandom.create(setup.random + 1),
  });
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`The simulator did not start: ${error.stack}\n`);
  process.exit(1);
});
