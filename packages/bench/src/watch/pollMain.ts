// What one writes first: asks for each task and its pull request, one by one, every so many seconds. It goes on until it
// is ended. The argument is a JSON file with a `PollingSetup`.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PollingSetup } from './PollingSetup';

async function main([setupFile]: string[]): Promise<void> {
  const setup: PollingSetup = JSON.parse(readFileSync(setupFile, 'utf8'));
  const { apiUrl, token, tasks, pollSeconds } = setup;
  const get = async (path: string) => {
    const response = await fetch(`${apiUrl}${path}`, {
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2026-03-10',
      },
    });
    await response.arrayBuffer();
  };
  await Promise.all(
    tasks.map(async ({ repository, id, number }, index) => {
      // Spread over the time, so that a second is like another.
      await sleep((index / tasks.length) * pollSeconds * 1000);
      for (;;) {
        const begin = Date.now();
        await get(`/agents/repos/${repository}/tasks/${id}`);
        await get(`/repos/${repository}/pulls/${number}`);
        await sleep(Math.max(0, begin + pollSeconds * 1000 - Date.now()));
      }
    }),
  );
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
