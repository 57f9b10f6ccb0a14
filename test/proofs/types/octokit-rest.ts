import type { Octokit } from '@octokit/rest';
export * as lib from '@octokit/rest';
export declare const entry: '@octokit/rest';
export declare const clients: { Octokit: Octokit; Rest: Octokit['rest']; Scope: Octokit['rest']['issues'] };
