import smokeModule from './smoke.cjs';

await smokeModule.smoke((name) => import(name));
