import type OpenAI from 'openai6';
export * as lib from 'openai6';
export declare const entry: 'openai';
export declare const clients: {
  OpenAI: OpenAI;
  Models: OpenAI['responses'] & OpenAI['images'] & OpenAI['chat']['completions'];
  Resource: OpenAI['files'];
};
