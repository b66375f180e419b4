import { createRequire, register } from 'node:module';

/** Prints every module that is loaded by importing the names on the command line, one URL or path per line. */
const hook = `import { writeSync } from 'node:fs';
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  writeSync(1, found.url + '\\n');
  return found;
}`;

register(`data:text/javascript,${encodeURIComponent(hook)}`);
for (const name of process.argv.slice(2)) await import(name);
console.log(Object.keys(createRequire(import.meta.url).cache).join('\n'));
