import { type ChildProcess, fork } from 'node:child_process';

export interface Finished {
  readonly output: string;
  readonly errors: string;
}

/** Runs a Node program to its end. @throws {Error} with what it wrote when it fails. */
export function runNode(flags: readonly string[], args: readonly string[]): Promise<Finished> {
  const [file, ...rest] = args;
  const child = fork(file as string, rest, { execArgv: [...flags], silent: true, env: directEnvironment() });
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve({ output, errors });
      else reject(new Error(`${rest.join(' ')}: exit code ${code}\n${errors || output}`));
    });
  });
}

/** The next message of a child process. @throws {Error} when it ends before. */
export function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the child process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

/** Everything measured is on this machine: a proxy of the surroundings must not come between, nor be looked for. */
export function directEnvironment(): NodeJS.ProcessEnv {
  const isProxy = (name: string): boolean => /^(?:https?|all|no|ws|socks)_proxy$/i.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isProxy(name)));
}
