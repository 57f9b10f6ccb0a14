import type Anthropic from '@anthropic-ai/sdk';
export * as lib from '@anthropic-ai/sdk';
export declare const entry: '@anthropic-ai/sdk';
export declare const clients: {
  Anthropic: Anthropic;
  Messages: Anthropic['messages'];
  Resource: Anthropic['messages']['batches'];
};
