export { innerLoopProblems } from './inner-loop-problems.ts';
export { registerInnerLoop } from './register-inner-loop.ts';
