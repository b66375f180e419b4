import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';

const modifiedAt = (path) => statSync(path).mtimeMs;
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);

const built = 'dist/cli/index.js';
const inputs = [...filesBelow('src'), 'package.json', 'tsup.config.ts', 'tsconfig.json'];

if (!existsSync(built) || inputs.some((input) => modifiedAt(input) > modifiedAt(built))) {
  execSync('npm run --silent build', { stdio: 'inherit' });
}
