export * as lib from 'mollitia';
