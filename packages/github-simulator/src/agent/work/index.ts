import { SeededRandom } from '../../random/SeededRandom';
import { addMigration } from './addMigration';
import { AgentWork, WorkPlanner, WorkRequest } from './AgentWork';
import { bumpDependency } from './bumpDependency';
import { breakTests, changeCode } from './changeCode';
import { changeWorkflow } from './changeWorkflow';
import { fixLint } from './fixLint';
import { writeDocs } from './writeDocs';

export type { AgentWork } from './AgentWork';

/** What a prompt says to what is done; the first that fits and finds something to do wins. */
const KINDS: [pattern: RegExp, planner: WorkPlanner][] = [
  [/\bbreaks? (?:\w+ )?tests\b/i, breakTests],
  [/\.github\/workflows|\bgithub actions\b|\bci workflow/i, changeWorkflow],
  [/\bmigrations?\b/i, addMigration],
  [
    /\b(?:bump|upgrade)|\bupdate\b[^.\n]{0,60}\b(?:dependenc|package|version)|\bdependenc(?:y|ies)\b/i,
    bumpDependency,
  ],
  [/lint|prettier|\bcode style\b/i, fixLint],
  [/\bdocs?\b|\bdocument|\breadme\b/i, writeDocs],
];

/** A real change on the real files of a repository, of the kind that the prompt asks for. */
export function planWork(
  request: WorkRequest & { realChanges: boolean },
): AgentWork {
  if (!request.realChanges) {
    return minimalChange(request);
  }
  const instructions = instructionsOf(request.prompt);
  // What is wanted stands first; what follows are details and constraints, which name other things too.
  const [first] = instructions.trim().split(/\n\s*\n/);
  for (const text of [first, instructions]) {
    for (const [pattern, planner] of KINDS) {
      if (pattern.test(text)) {
        const work = planner({ ...request, prompt: instructions });
        if (work) {
          return work;
        }
      }
    }
  }
  return changeCode(request);
}

/** As many files as small changes may leave behind before one of them removes the others. */
const MAX_SMALL_CHANGES = 20;

/**
 * A file of its own, since changes of one repository must not conflict; trees stay small, since each commit holds its
 * whole tree and benchmarks merge thousands of these.
 */
function minimalChange({ name, files, random }: WorkRequest): AgentWork {
  const earlier = Object.keys(files).filter(path =>
    path.startsWith('changes/'),
  );
  const removed = earlier.length >= MAX_SMALL_CHANGES ? earlier : [];
  const id = random.hex(16);
  return {
    kind: 'minimal',
    title: name,
    summary: 'A change of one line.',
    commits: [
      {
        message: name,
        files: {
          ...Object.fromEntries(removed.map(path => [path, undefined])),
          [`changes/${id}.md`]: `${id}\n`,
        },
      },
    ],
    breaksChecks: [],
  };
}

/**
 * A prompt without the portal's marker, without the tags around what came from a form, and without the lines that say what
 * must not be done.
 */
function instructionsOf(prompt: string): string {
  return prompt
    .replace(/<\/?data\b[^>]*>/g, '')
    .replace(/<!--[\s\S]*?-->|agent-task-marker:?\s*\S*|\batt_\w+/g, '')
    .split('\n')
    .filter(
      line =>
        !/\b(?:do not|don't|never|must not|may not|no changes? (?:to|in)|leave .* alone|forbidden|not allowed|outside of?)\b/i.test(
          line,
        ),
    )
    .join('\n');
}

const OPENERS = ['Implement', 'Address', 'Handle', 'Prepare', 'Work on'];

/** A name for a task as an AI would give it: never the prompt itself, so nobody can match on it. */
export function rewrittenName(options: {
  prompt: string;
  random: SeededRandom;
}): string {
  const { prompt, random } = options;
  const words = prompt
    .replace(/<!--[\s\S]*?-->|att_\w+|[#*`>_{}[\]()]/g, ' ')
    .split(/\s+/)
    .filter(word => /^[\w@./-]{2,24}$/.test(word))
    .slice(0, 6)
    .join(' ');
  return `${random.pick(OPENERS)}: ${words || 'requested change'}`;
}
