import type { Octokit } from 'octokit';
export * as lib from 'octokit';
export declare const clients: { Octokit: Octokit; Scope: Octokit['rest']['issues'] };
