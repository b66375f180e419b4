import type { Program } from '../program.js';
import type { ArbCommand } from './arb-command.js';

/** Each command loads what it needs. */
export async function runArb(command: ArbCommand, program: Program): Promise<number> {
  switch (command.what) {
    case 'scan':
      return (await import('./scan.js')).runScan(command, program);
    case 'run':
      return (await import('./run-tasks.js')).runTasks(command, program);
    case 'states':
      program.stdout.write((await import('./states.js')).describeStates());
      return 0;
    default:
      return (await import('./show-tasks.js')).showTasks(command, program);
  }
}
