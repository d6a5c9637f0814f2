// Writes what is derived from the API's OpenAPI document: the types for clients and the document as a value for
// the backend. `--check` writes nothing and fails when a derived file does not match the document.
//
//   yarn generate:api [--check]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTypes, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const DOCUMENT = new URL(
  'plugins/agent-tasks-backend/src/schema/openapi.yaml',
  root,
);
const TYPES = new URL(
  'plugins/agent-tasks-common/src/api/openapi.generated.ts',
  root,
);
const SPEC = new URL(
  'plugins/agent-tasks-backend/src/schema/openapi.generated.ts',
  root,
);

const banner = `// Generated from plugins/agent-tasks-backend/src/schema/openapi.yaml: change that file and run
// \`yarn generate:api\`.
`;

const nameOf = url => relative(fileURLToPath(root), fileURLToPath(url));

async function typesOf(text) {
  // Every schema also becomes a type with its own name (`Task`), not only `components['schemas']['Task']`.
  const ast = await openapiTypes(text, {
    alphabetize: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    // A default makes a property of a request optional, not one that every caller sends.
    defaultNonNullable: false,
  });
  return `${banner}\n${astToString(ast)}`;
}

function specOf(text) {
  const json = JSON.stringify(parse(text), undefined, 2);
  return `${banner}\nexport const spec = ${json} as const satisfies object;\n`;
}

async function readIfThere(url) {
  return readFile(url, 'utf8').catch(() => undefined);
}

async function main(args) {
  const unknown = args.find(arg => arg !== '--check');
  if (unknown) {
    throw new Error(`Unknown option ${unknown}; there is only --check`);
  }
  const text = await readFile(DOCUMENT, 'utf8').catch(error => {
    throw new Error(`${nameOf(DOCUMENT)} cannot be read: ${error.message}`);
  });

  const outputs = [
    [TYPES, await typesOf(text)],
    [SPEC, specOf(text)],
  ];
  const stale = [];
  for (const [url, content] of outputs) {
    if ((await readIfThere(url)) !== content) {
      stale.push([url, content]);
    }
  }

  if (!args.includes('--check')) {
    for (const [url, content] of stale) {
      await mkdir(new URL('.', url), { recursive: true });
      await writeFile(url, content);
      console.log(`✓ ${nameOf(url)}`);
    }
    if (stale.length === 0) {
      console.log('✓ nothing to do: the derived files match the document');
    }
    return;
  }
  if (stale.length > 0) {
    const names = stale.map(([url]) => nameOf(url)).join(' and ');
    throw new Error(
      `${names} does not match ${nameOf(DOCUMENT)}: run \`yarn generate:api\` and commit the result`,
    );
  }
  console.log('✓ the derived files match the document');
}

main(process.argv.slice(2)).catch(error => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
