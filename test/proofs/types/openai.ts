import type OpenAI from 'openai';
export * as lib from 'openai';
export declare const entry: 'openai';
export declare const clients: {
  OpenAI: OpenAI;
  Models: OpenAI['responses'] & OpenAI['images'] & OpenAI['chat']['completions'];
  Resource: OpenAI['files'];
};
