import type { Octokit } from 'octokit';
export * as lib from 'octokit';
export declare const clients: { Octokit: Octokit; Rest: Octokit['rest']; Scope: Octokit['rest']['issues'] };
