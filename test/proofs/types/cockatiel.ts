export * as lib from 'cockatiel';
