import { createHash } from 'crypto';
import { AgentWork, WorkRequest } from './AgentWork';

type Dependencies = Record<string, string>;

/** Manifests of npm, each with its lockfile beside or above it; else one of the other ecosystems. */
export function bumpDependency(request: WorkRequest): AgentWork | undefined {
  return bumpNpm(request) ?? bumpPinned(request);
}

/** What a prompt asks for: `bump lodash to 4.17.21`, `` `@types/node` from 18 to 22.1.0 ``, `dependency: x`. */
export function requestedBump(options: { prompt: string; known: string[] }): {
  name?: string;
  version?: string;
} {
  const { prompt, known } = options;
  const quoted = [...prompt.matchAll(/[`"']([^`"'\s]+)[`"']/g)].map(m => m[1]);
  const words = prompt
    .split(/[\s,;:()]+/)
    .map(word => word.replace(/[.`"']+$/, ''));
  const name =
    quoted.find(word => known.includes(word)) ??
    words.find(word => known.includes(word)) ??
    [...known]
      .sort((a, b) => b.length - a.length)
      .find(candidate => prompt.toLocaleLowerCase('en-US').includes(candidate));
  const version =
    (/\bto\b[^\n]{0,40}?[\^~]?v?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)/i.exec(
      prompt,
    ) ?? /version["'`:\s]+[\^~]?v?(\d+\.\d+(?:\.\d+)?)/i.exec(prompt))?.[1];
  return { name, version };
}

function bumpNpm(request: WorkRequest): AgentWork | undefined {
  const { files, prompt, random } = request;
  const manifests = Object.keys(files).filter(path =>
    /(^|\/)package\.json$/.test(path),
  );
  const parsed = manifests.flatMap(path => {
    try {
      const content = JSON.parse(files[path]) as {
        dependencies?: Dependencies;
        devDependencies?: Dependencies;
      };
      return [
        { path, all: { ...content.devDependencies, ...content.dependencies } },
      ];
    } catch {
      return [];
    }
  });
  const known = [...new Set(parsed.flatMap(({ all }) => Object.keys(all)))];
  if (known.length === 0) {
    return undefined;
  }
  const asked = requestedBump({ prompt, known });
  const name = asked.name ?? random.pick(known);
  const affected = parsed.filter(({ all }) => name in all);
  const before = affected[0].all[name].replace(/^[\^~]/, '');
  const version = asked.version ?? nextVersion(before, random.pick([1, 2, 2]));
  const changed: Record<string, string> = {};
  for (const { path } of affected) {
    changed[path] = files[path].replace(
      new RegExp(`("${escape(name)}"\\s*:\\s*")([\\^~]?)[^"]*(")`, 'g'),
      `$1$2${version}$3`,
    );
  }
  for (const path of Object.keys(files)) {
    if (/(^|\/)package-lock\.json$/.test(path)) {
      changed[path] = bumpPackageLock(files[path], name, version);
    } else if (/(^|\/)yarn\.lock$/.test(path)) {
      changed[path] = bumpYarnLock(files[path], name, version);
    }
  }
  return describe({ name, before, version, changed, files, random });
}

function bumpPackageLock(lock: string, name: string, version: string): string {
  const entry = new RegExp(
    `("(?:node_modules/)?${escape(name)}"\\s*:\\s*\\{[^}]*?"version"\\s*:\\s*")[^"]*(")((?:[^}]*?"resolved"\\s*:\\s*")[^"]*("))?((?:[^}]*?"integrity"\\s*:\\s*")[^"]*("))?`,
    'g',
  );
  const file = name.replace(/^@[^/]+\//, '');
  return lock
    .replace(entry, (match: string) =>
      match
        .replace(/("version"\s*:\s*")[^"]*/, `$1${version}`)
        .replace(
          /("resolved"\s*:\s*"[^"]*\/)[^"/]*/,
          `$1${file}-${version}.tgz`,
        )
        .replace(/("integrity"\s*:\s*")[^"]*/, `$1${integrity(name, version)}`),
    )
    .replace(
      new RegExp(`("${escape(name)}"\\s*:\\s*")([\\^~]?)\\d[^"]*(")`, 'g'),
      `$1$2${version}$3`,
    );
}

function bumpYarnLock(lock: string, name: string, version: string): string {
  const file = name.replace(/^@[^/]+\//, '');
  return lock
    .split('\n\n')
    .map(entry =>
      new RegExp(`^"?${escape(name)}@`, 'm').test(entry)
        ? entry
            .replace(
              new RegExp(`(${escape(name)}@(?:npm:)?[\\^~]?)\\d[^":,]*`, 'g'),
              `$1${version}`,
            )
            .replace(/(\n\s+version:? "?)[^"\n]*/, `$1${version}`)
            .replace(
              /(\n\s+resolved "[^"]*\/)[^"/]*/,
              `$1${file}-${version}.tgz`,
            )
            .replace(/(\n\s+integrity )\S*/, `$1${integrity(name, version)}`)
        : entry,
    )
    .join('\n\n');
}

/** `name==1.2.3` in requirements.txt, `name v1.2.3` in go.mod. */
function bumpPinned(request: WorkRequest): AgentWork | undefined {
  const { files, prompt, random } = request;
  for (const [path, pattern] of [
    ['requirements.txt', /^([\w.-]+)==([\w.]+)/gm],
    ['go.mod', /^\s+(\S+\.\S+\/\S+) v([\w.-]+)/gm],
  ] as const) {
    const content = files[path];
    const pins = content ? [...content.matchAll(pattern)] : [];
    if (pins.length > 0) {
      const known = pins.map(pin => pin[1]);
      const asked = requestedBump({ prompt, known });
      const name = asked.name ?? random.pick(known);
      const pin = pins.find(candidate => candidate[1] === name)!;
      const version = asked.version ?? nextVersion(pin[2], 2);
      return describe({
        name,
        before: pin[2],
        version,
        changed: {
          [path]: content.replace(pin[0], pin[0].replace(pin[2], version)),
        },
        files,
        random,
      });
    }
  }
  return undefined;
}

function describe(options: {
  name: string;
  before: string;
  version: string;
  changed: Record<string, string>;
  files: Record<string, string>;
  random: WorkRequest['random'];
}): AgentWork | undefined {
  const { name, before, version, changed, files, random } = options;
  const effective = Object.fromEntries(
    Object.entries(changed).filter(([path, text]) => files[path] !== text),
  );
  if (Object.keys(effective).length === 0) {
    return undefined;
  }
  const major = before.split('.')[0] !== version.split('.')[0];
  return {
    kind: 'bump-dependency',
    title: `Bump ${name} from ${before} to ${version}`,
    summary: [
      `Bumps \`${name}\` from ${before} to ${version}.`,
      '',
      ...Object.keys(effective).map(path => `- \`${path}\``),
    ].join('\n'),
    commits: [
      {
        message: `Bump ${name} from ${before} to ${version}`,
        files: effective,
      },
    ],
    // Major releases now and then break something.
    breaksChecks: major && random.next() < 0.3 ? ['test'] : [],
  };
}

function nextVersion(version: string, part: number): string {
  const numbers = version.split('.').map(piece => Number.parseInt(piece, 10));
  const [major = 1, minor = 0, patch = 0] = numbers.map(n =>
    Number.isNaN(n) ? 0 : n,
  );
  return part === 1
    ? `${major}.${minor + 1}.0`
    : `${major}.${minor}.${patch + 1}`;
}

/** As long as a real one, and the same each time. */
function integrity(name: string, version: string): string {
  return `sha512-${createHash('sha512')
    .update(`${name}@${version}`)
    .digest('base64')}`;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
