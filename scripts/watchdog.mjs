// Ends process groups when the process that started them is gone, however it went. The starter writes the id of each
// group as a line to this process's standard input, `-ID` when the group has ended by itself; the end of the input
// means that the starter is no more.
import { killTree, isTreeAlive } from './processes.mjs';

const GRACE_MS = 5_000;

const groups = new Set();
let pending = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', chunk => {
  const lines = (pending + chunk).split('\n');
  pending = lines.pop();
  for (const line of lines) {
    const id = Number(line);
    if (id > 0) {
      groups.add(id);
    } else {
      groups.delete(-id);
    }
  }
});
process.stdin.on('end', () => {
  for (const id of groups) {
    killTree(id, 'SIGTERM');
  }
  const deadline = Date.now() + GRACE_MS;
  const timer = setInterval(() => {
    const alive = [...groups].filter(isTreeAlive);
    if (alive.length === 0) {
      clearInterval(timer);
    } else if (Date.now() > deadline) {
      alive.forEach(id => killTree(id, 'SIGKILL'));
      clearInterval(timer);
    }
  }, 50);
});

// A Ctrl-C is for the starter, which then ends the groups itself and closes the input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}
